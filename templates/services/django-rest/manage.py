#!/usr/bin/env python
"""Django's commands: `python manage.py makemigrations`, `migrate`, `shell`..."""

import os
import sys

from django.core.management import execute_from_command_line

from app.config import load_settings
from app.logging import configure_logging

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")
    configure_logging(load_settings())
    execute_from_command_line(sys.argv)
