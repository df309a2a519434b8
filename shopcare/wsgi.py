"""The WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopcare.settings")

application = get_wsgi_application()
_ = get_resolver().url_patterns  # every view is loaded now, not in somebody's first page
gc.collect()
gc.freeze()  # what is loaded stays for good: the collector need not walk through it in the middle of a page
