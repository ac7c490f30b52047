from django.db import Error, connection

from app.config import load_settings
from app.database import migrator


def status() -> str:
    """`up` once the tables are there, too."""
    if not load_settings().database_url:
        return "off"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "down"
    return "up" if migrator.is_done() else "down"


def close() -> None:
    if load_settings().database_url:
        connection.close_pool()
