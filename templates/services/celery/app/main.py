"""The Celery application. `celery -A app.main` finds it here too, for `inspect`, `purge` and the like."""

from celery import Celery

from app.config import Settings, load_settings


def create_app(settings: Settings) -> Celery:
    url = settings.redis_url.get_secret_value() if settings.redis_url else "memory://"
    transport = {
        "global_keyprefix": settings.redis_prefix,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
    }
    celery = Celery(settings.service_name, broker=url, backend=url if settings.redis_url else None)
    celery.conf.update(
        # Longer than any task runs: a task that nobody acknowledges in this time is given to another worker.
        broker_transport_options={**transport, "visibility_timeout": 3600},
        result_backend_transport_options=transport,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        imports=["app.tasks"],
        redis_retry_on_timeout=False,
        redis_socket_connect_timeout=3,
        redis_socket_timeout=5,
        result_expires=24 * 3600,
        # Acknowledged when done, so that a container that dies loses no task. Tasks may therefore run twice.
        task_acks_late=True,
        task_default_queue=settings.service_name,
        task_reject_on_worker_lost=True,
        task_track_started=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_prefetch_multiplier=1,
    )
    return celery


celery = create_app(load_settings())
