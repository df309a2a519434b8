import subprocess
import sys

LOOK = """
import gc, sys
from shopcare.wsgi import application
print(callable(application), gc.get_freeze_count() > 10_000, "complaints.views" in sys.modules)
"""


def test_server_has_every_view_loaded_and_out_of_the_collectors_way(settings, tmp_path):
    env = {"DEBUG": "true", "SHOPCARE_DATA_DIR": str(tmp_path)}
    asked = [sys.executable, "-c", LOOK]
    found = subprocess.run(asked, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)
    assert found.stdout.split() == ["True", "True", "True"], found.stderr
