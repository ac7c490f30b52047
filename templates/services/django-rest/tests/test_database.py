import socket
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from psycopg import waiting
from psycopg.generators import Wait

from app.database.settings import database


def test_url() -> None:
    settings = database("postgres://app:p%40ss@db:5433/shop?sslmode=require")
    expected = {"NAME": "shop", "USER": "app", "PASSWORD": "p@ss", "HOST": "db", "PORT": "5433"}
    assert settings.items() >= expected.items()
    assert settings["OPTIONS"]["sslmode"] == "require"


def test_the_driver_can_give_up() -> None:
    """What LimitedConnection rests on."""

    def never() -> Iterator[Wait]:
        while True:
            yield Wait.R

    left, right = socket.socketpair()
    with left, right:
        started = time.monotonic()
        with pytest.raises(psycopg.OperationalError):
            waiting.wait(never(), left.fileno(), interval=0.01, timeout=0.05)
        assert time.monotonic() - started < 1


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True)
