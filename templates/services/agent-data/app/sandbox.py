"""Runs SQL in a DuckDB that lives as long as the query, and sees nothing but the data that it is given.

Whoever writes the SQL may be a stranger, or a model that a stranger has talked into something.
"""

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

import duckdb
from duckdb import DuckDBPyConnection, DuckDBPyRelation
from pydantic import BaseModel

from app.errors import QueryError

SECONDS = 8
MEMORY = "192MB"
MAX_ROWS = 1000
MAX_RESULT_CHARACTERS = 4_000_000

READERS = {
    ".csv": "read_csv",
    ".tsv": "read_csv",
    ".json": "read_json",
    ".ndjson": "read_json",
    ".parquet": "read_parquet",
}

# Postgres' types by their names there; all others are read as text.
TYPES = {
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "double precision": "DOUBLE",
    "integer": "INTEGER",
    "numeric": "DOUBLE",
    "real": "REAL",
    "smallint": "SMALLINT",
    "time without time zone": "TIME",
    "timestamp with time zone": "TIMESTAMPTZ",
    "timestamp without time zone": "TIMESTAMP",
    "uuid": "UUID",
}


class Result(BaseModel):
    columns: list[str]
    rows: list[list[Any]]
    truncated: bool


class Source(Protocol):
    name: str

    def load(self, duck: DuckDBPyConnection) -> None: ...


class FileSource:
    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path

    def load(self, duck: DuckDBPyConnection) -> None:
        self.relation(duck).create_view(self.name)

    def relation(self, duck: DuckDBPyConnection) -> DuckDBPyRelation:
        return getattr(duck, READERS[self._path.suffix])(str(self._path))


class CopySource:
    """A table's content as Postgres writes CSV."""

    def __init__(self, name: str, columns: dict[str, str], content: bytes) -> None:
        self.name = name
        self._columns = {column: TYPES.get(data_type, "VARCHAR") for column, data_type in columns.items()}
        self._content = content

    def load(self, duck: DuckDBPyConnection) -> None:
        with NamedTemporaryFile(suffix=".csv") as file:
            file.write(self._content)
            file.flush()
            # Postgres quotes empty texts, and leaves NULL empty.
            options = "header = true, auto_detect = false, columns = $columns, quote = '\"', allow_quoted_nulls = false"
            duck.execute(
                f'CREATE TABLE "{self.name}" AS FROM read_csv($path, {options})',
                {"path": file.name, "columns": self._columns},
            )


def columns_of(source: FileSource) -> dict[str, str]:
    with _duck() as duck:
        relation = source.relation(duck)
        return dict(zip(relation.columns, map(str, relation.types), strict=True))


def tables_in(sql: str) -> set[str]:
    """The names of the tables that a query reads, in lower case. Anything but one SELECT is refused."""
    with _duck() as duck:
        if [statement.type for statement in duck.extract_statements(sql)] != [duckdb.StatementType.SELECT]:
            raise QueryError("exactly one SELECT is allowed")
        return {name.strip('"').lower() for name in duck.get_table_names(sql)}


def run(sql: str, sources: Sequence[Source], folder: Path) -> Result:
    with _duck() as duck:
        for source in sources:
            source.load(duck)
        duck.execute(f"SET allowed_directories = ['{str(folder).replace("'", "''")}']")
        duck.execute("SET enable_external_access = false")
        duck.execute("SET lock_configuration = true")
        cursor = duck.execute(sql)
        columns = [column[0] for column in cursor.description]
        rows: list[list[Any]] = []
        size = 0
        while len(rows) <= MAX_ROWS and (row := cursor.fetchone()):
            rows.append([_plain(value) for value in row])
            size += sum(len(str(value)) for value in row)
            if size > MAX_RESULT_CHARACTERS:
                raise QueryError("the result is too large")
        return Result(columns=columns, rows=rows[:MAX_ROWS], truncated=len(rows) > MAX_ROWS)


@contextmanager
def _duck() -> Iterator[DuckDBPyConnection]:
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": MEMORY,
        "temp_directory": "",
        "threads": "1",
    }
    with duckdb.connect(":memory:", config=config) as duck:
        duck.execute("SET python_enable_replacements = false")  # no variables of this program as tables
        timer = threading.Timer(SECONDS, duck.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield duck
        except duckdb.InterruptException:
            raise QueryError(f"the query took longer than {SECONDS} seconds") from None
        except duckdb.Error as error:
            raise QueryError(str(error).partition("\n")[0]) from None
        finally:
            timer.cancel()


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() | Decimal():
            number = float(value)
            return number if math.isfinite(number) else None
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case bytes():
            return value.hex()
        case _:
            return str(value)
