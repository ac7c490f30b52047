"""The service's settings, without those of the machine that runs the tests, and with SQLite in memory."""

import os

from app.config import Settings

for name in ("PORT", "SERVICE_PORT", *(field.upper() for field in Settings.model_fields)):
    os.environ.pop(name, None)
os.environ |= {"SERVICE_NAME": "test", "HEALTHCHECK_PATH": "/healthz", "TABLE_PREFIX": "Own_"}

from app.settings import *  # noqa: E402, F403

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
