"""Migrates in the background, as soon as the database answers, so that the service starts without it."""

import threading
import time

import structlog
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from app.config import load_settings

RETRY_SECONDS = 3

log = structlog.get_logger(__name__)
_wanted = threading.Event()
_wanted.set()


def start() -> None:
    if load_settings().database_url:
        threading.Thread(target=_run, name="migrator", daemon=True).start()


def wake() -> None:
    """Has it look again."""
    _wanted.set()


def is_done() -> bool:
    return not _wanted.is_set()


def _run() -> None:
    while _wanted.wait():
        try:
            call_command("migrate", interactive=False, fake_initial=True, verbosity=0)
        except (OperationalError, InterfaceError) as error:
            log.warning("migrations wait for the database", reason=str(error))
        except Exception:
            log.exception("migrations failed")
        else:
            _wanted.clear()
            log.info("migrated")
        finally:
            connection.close()
        if not is_done():
            time.sleep(RETRY_SECONDS)
