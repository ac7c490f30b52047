"""What this service does in the background. A task may run twice, so doing it again must do no harm."""

from celery import shared_task

from app.errors import StoreUnavailable
from app.resources import postgres


@shared_task(
    autoretry_for=(StoreUnavailable,),
    max_retries=5,
    retry_backoff=True,  # 1, 2, 4 ... seconds
    retry_jitter=True,
)
def create_item(name: str) -> dict:
    """Example: a row in Postgres. Returns what GET /jobs/{id} shows as the result."""
    return postgres().create_item(name).model_dump(mode="json", by_alias=True)
