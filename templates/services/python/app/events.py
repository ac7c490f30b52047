"""What consumers and handlers share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    stream: str
    id: str
    fields: dict[str, str]


# Returns once the event is done for good. Whatever it raises, the event comes again.
Handler = Callable[[Event], Awaitable[None]]
