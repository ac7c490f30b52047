"""What the agent can do. The model chooses the arguments, so a tool must check them as it would a stranger's."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import StoreUnavailable
from app.stores.postgres import PostgresStore

log = structlog.get_logger(__name__)


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NoArguments(Arguments):
    pass


class ListItems(Arguments):
    limit: int = Field(10, ge=1, le=100)


@dataclass(frozen=True)
class Tool:
    name: str
    description: str
    arguments: type[Arguments]
    run: Callable[[Any], Awaitable[Any]]


class Toolbox:
    def __init__(self, tools: list[Tool]) -> None:
        self._tools = {tool.name: tool for tool in tools}

    @property
    def schemas(self) -> list[dict[str, Any]]:
        return [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.arguments.model_json_schema(),
                },
            }
            for tool in self._tools.values()
        ]

    async def call(self, name: str, arguments: str) -> Any:
        """What goes wrong is told to the model: it may try again, or do without."""
        tool = self._tools.get(name)
        if not tool:
            return {"error": f"there is no tool {name}"}
        try:
            parsed = tool.arguments.model_validate_json(arguments or "{}")
        except ValidationError as error:
            return {"error": json.loads(error.json(include_url=False, include_input=False))}
        try:
            return await tool.run(parsed)
        except StoreUnavailable as error:
            return {"error": f"{error.store} is not available"}
        except Exception:
            log.exception("tool failed", tool=name)
            return {"error": "the tool failed"}


def create_toolbox(postgres: PostgresStore) -> Toolbox:
    async def current_time(_: NoArguments) -> dict[str, str]:
        return {"utc": datetime.now(UTC).isoformat()}

    async def list_items(arguments: ListItems) -> list[dict[str, Any]]:
        items = await postgres.list_items()
        return [item.model_dump(mode="json", by_alias=True) for item in items[: arguments.limit]]

    return Toolbox(
        [
            Tool("current_time", "The date and time now, in UTC.", NoArguments, current_time),
            Tool("list_items", "The newest items in the database.", ListItems, list_items),
        ]
    )
