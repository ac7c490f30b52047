"""One JSON object per line on stdout, for our own log calls and for those of every library."""

import logging
import sys

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from app.config import Settings

# uvicorn's second, coloured copy of its message, and what Ray notes for its own handlers.
NOISE = ("color_message", "_ray_timestamp_ns", "log_to_stderr")


def configure_logging(settings: Settings) -> None:
    def in_order(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {
            "time": event.pop("time"),
            "level": event.pop("level"),
            "service": settings.service_name,
            "message": event.pop("event"),
            **event,
        }

    def drop_noise(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        for key in NOISE:
            event.pop(key, None)
        return event

    shared: list[Processor] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.stdlib.add_log_level,
        structlog.contextvars.merge_contextvars,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), drop_noise],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            in_order,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
