"""The real settings, with the bare page on the map and the collected files in the data folder."""

from shopcare import settings

vars().update({name: value for name, value in vars(settings).items() if name.isupper()})
ROOT_URLCONF = "bench.bare.urls"
STATIC_ROOT = settings.DATA_DIR / "staticfiles"
TEMPLATES = [
    {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], settings.BASE_DIR / "bench/bare/templates"]}
]
