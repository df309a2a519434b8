"""`make run`: from a fresh clone to a running ShopCare.

Without servers everything runs in one web process, which this launcher becomes (exec), so Ctrl-C and the exit code are
the web server's own and nothing can be left behind. With DATABASE_URL and REDIS_URL set the processes of the Procfile
run, as in production.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from pathlib import Path

from tools import procfile, venv
from tools.process import is_free

ROOT = venv.ROOT
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"


def main() -> None:
    os.chdir(ROOT)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while installing: just end
    host, port = os.environ.get("HOST", "127.0.0.1"), read_port(os.environ.get("PORT", "8000"))
    if not is_free(port, host):
        raise SystemExit(f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}")
    python = venv.ensure("run")
    has_servers = bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
    os.environ.update(environment(port, has_servers))
    prepare(python, has_servers)
    if has_servers:
        raise SystemExit(procfile.run(ROOT / "Procfile", python))
    os.execv(python, [str(python), "-m", "gunicorn"])


def read_port(raw: str) -> int:
    if not (raw.isdigit() and 0 < int(raw) < 65536):
        raise SystemExit(f"PORT={raw}: write a number from 1 to 65535.")
    return int(raw)


def environment(port: int, has_servers: bool) -> dict[str, str]:
    """What the processes are told; whatever is already set stays."""
    defaults = {
        "PORT": str(port),
        "SITE_URL": f"http://localhost:{port}",
        "SHOPCARE_WELCOME": f"\nShopCare runs at http://localhost:{port}  (stop: Ctrl-C)",
        "CELERY_SKIP_CHECKS": "1",  # prepare() has just run them
    }
    if has_servers:
        key = kept_secret(Path(os.environ.get("SHOPCARE_DATA_DIR", ROOT / "var")))
        defaults |= {"SHOPCARE_EMBEDDED": "0", "HTTPS": "0", "ALLOWED_HOSTS": LOCAL_HOSTS, "SECRET_KEY_FILE": str(key)}
    else:
        defaults |= {"SHOPCARE_EMBEDDED": "1", "REDIS_URL": ""}
    return defaults | {name: os.environ[name] for name in defaults if name in os.environ and name != "REDIS_URL"}


def kept_secret(folder: Path) -> Path:
    """A secret key made once and kept with the data, for trying out on this machine."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path


def prepare(python: Path, has_servers: bool) -> None:
    """Database and demo shop, in one Django start; then the static files, which only production needs gathered."""
    commands = ["-m", "tools.prepare", *(["--collectstatic"] if has_servers else [])]
    result = subprocess.run([python, *commands], stdin=subprocess.DEVNULL)
    if result.returncode:
        raise SystemExit(result.returncode)


if __name__ == "__main__":
    main()
