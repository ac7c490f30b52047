"""What the agent can do. The model chooses the arguments, so a tool must check them as it would a stranger's."""

import json
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.data import Data
from app.errors import QueryError, StoreUnavailable

MAX_ROWS = 100
MAX_CHARACTERS = 20_000

log = structlog.get_logger(__name__)


class ListTables(BaseModel):
    """The tables that there are, with their columns."""

    model_config = ConfigDict(extra="forbid")


class Query(BaseModel):
    """Runs one SELECT in DuckDB's dialect of SQL."""

    model_config = ConfigDict(extra="forbid")

    sql: str = Field(min_length=1, max_length=10_000)


TOOLS: dict[str, type[BaseModel]] = {"list_tables": ListTables, "query": Query}

SCHEMAS = [
    {
        "type": "function",
        "function": {"name": name, "description": tool.__doc__, "parameters": tool.model_json_schema()},
    }
    for name, tool in TOOLS.items()
]


class Toolbox:
    """The tools for one question; `queries` is the SQL that was run for it."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self.queries: list[str] = []

    async def call(self, name: str, arguments: str) -> str:
        """What goes wrong is told to the model: it may try again, or do without."""
        try:
            result = await self._call(name, arguments)
        except ValidationError as error:
            result = {"error": error.errors(include_url=False, include_input=False, include_context=False)}
        except QueryError as error:
            result = {"error": str(error)}
        except StoreUnavailable as error:
            result = {"error": f"{error.store} is not available"}
        except Exception:
            log.exception("tool failed", tool=name)
            result = {"error": "the tool failed"}
        text = json.dumps(result)
        return text if len(text) <= MAX_CHARACTERS else json.dumps({"error": "too much data: select less"})

    async def _call(self, name: str, arguments: str) -> Any:
        tool = TOOLS.get(name)
        if not tool:
            return {"error": f"there is no tool {name}"}
        match tool.model_validate_json(arguments or "{}"):
            case Query(sql=sql):
                self.queries.append(sql)
                result = await self._data.query(sql)
                truncated = result.truncated or len(result.rows) > MAX_ROWS
                return {"columns": result.columns, "rows": result.rows[:MAX_ROWS], "truncated": truncated}
            case ListTables():
                return [table.model_dump() for table in await self._data.tables()]
