"""What this service does with an event. An event may come twice, so doing it again must do no harm."""

import structlog

from app.events import Event, Handler
from app.stores.postgres import PostgresStore

log = structlog.get_logger(__name__)


def create_handler(postgres: PostgresStore) -> Handler:
    """The handler of every stream in SUBSCRIBE_TO. To treat streams apart, `match event.stream` here."""

    async def handle(event: Event) -> None:
        if not postgres.configured:
            log.info("event received", fields=event.fields)
            return
        is_new = await postgres.save_event(event)
        log.info("event saved" if is_new else "event already known")

    return handle
