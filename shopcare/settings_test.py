"""Settings for the tests: they differ from shopcare.settings for speed only."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("SHOPCARE_EMBEDDED", "1")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")

from shopcare.settings import *  # noqa: F403  (settings of this file override the real ones)
from shopcare.settings import MIDDLEWARE as REAL_MIDDLEWARE

# WhiteNoise looks for collected files, which tests do not make; the live server serves static files itself.
MIDDLEWARE = [name for name in REAL_MIDDLEWARE if not name.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
CELERY_TASK_ALWAYS_EAGER = True
