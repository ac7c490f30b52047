"""Starts tasks and tells how they are doing."""

from typing import Annotated

from celery import Celery
from celery.exceptions import CeleryError
from kombu.exceptions import KombuError, OperationalError
from pydantic import BaseModel, StringConstraints
from redis.exceptions import RedisError

from app.errors import StoreUnavailable
from app.tasks import create_item

STATUS = {"PENDING": "pending", "STARTED": "started", "RETRY": "retrying", "SUCCESS": "succeeded"}
BROKER_ERRORS = (CeleryError, KombuError, OperationalError, RedisError, OSError)


class NewJob(BaseModel):
    # Postgres text cannot hold NUL.
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class Jobs:
    def __init__(self, celery: Celery) -> None:
        self._celery = celery

    def start(self, job: NewJob) -> dict:
        if not self._celery.conf.result_backend:
            raise StoreUnavailable("redis", "REDIS_URL is not set")
        try:
            task = create_item.apply_async([job.name], retry=False)
        except BROKER_ERRORS as error:
            raise StoreUnavailable("redis", str(error)) from error
        return {"id": task.id, "status": "pending"}

    def find(self, job_id: str) -> dict:
        """Celery cannot tell a task that waits from one that never was: both are pending."""
        if not self._celery.conf.result_backend:
            raise StoreUnavailable("redis", "REDIS_URL is not set")
        try:
            meta = self._celery.backend.get_task_meta(job_id)
        except BROKER_ERRORS as error:
            raise StoreUnavailable("redis", str(error)) from error
        job = {"id": job_id, "status": STATUS.get(meta["status"], "failed")}
        if job["status"] == "succeeded":
            job["result"] = meta["result"]
        return job
