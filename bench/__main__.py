"""`python -m bench`: every benchmark in turn, each in a process of its own. `python -m bench.NAME` runs one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run them all; the number that failed."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__main__")
    failed = 0
    for name in names:
        print(f"\n=== bench.{name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0
    print(f"\n{len(names) - failed} of {len(names)} benchmarks ran.")
    return failed


if __name__ == "__main__":
    sys.exit(main())
