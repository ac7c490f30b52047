"""How gunicorn serves the application."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from app.config import load_settings
from app.logging import configure_logging

configure_logging(load_settings())

wsgi_app = "app.wsgi"
bind = f"0.0.0.0:{load_settings().port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)  # more only with more than one CPU
threads = 8
keepalive = 75  # longer than the proxy's, so that it never reuses a closed connection
graceful_timeout = 10
worker_tmp_dir = "/dev/shm"  # noqa: S108 - in memory: the heartbeat must not wait for a disk
accesslog = None  # app.middleware logs requests
control_socket_disable = True  # the root file system is read-only


class logger_class(Logger):
    """Leaves the format of gunicorn's own lines to app.logging."""

    def setup(self, cfg: object) -> None:
        self.error_log.propagate = True


def post_worker_init(_: Worker) -> None:
    from app.database import migrator  # Django must be set up first

    migrator.start()


def worker_exit(_: Arbiter, __: Worker) -> None:
    from app import redis
    from app.database import postgres

    postgres.close()
    redis.close()
