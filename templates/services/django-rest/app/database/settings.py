"""How Django connects: a pool that opens when it is first used, so the service starts and survives without Postgres."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from app.database.connection import LimitedConnection

CONNECT_SECONDS = 3


def database(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,  # replaces connections that a database restart cut
        "OPTIONS": {
            **parts,
            "connect_timeout": CONNECT_SECONDS,
            "pool": {
                "connection_class": LimitedConnection,
                "min_size": 0,
                "max_size": 5,
                "timeout": CONNECT_SECONDS,
                "reconnect_timeout": CONNECT_SECONDS,  # give up soon: the next request tries again
            },
        },
    }
