"""The tables that can be queried: files in a folder, and the service's own tables in Postgres."""

import asyncio
import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from app import sandbox
from app.sandbox import CopySource, FileSource, Result
from app.stores.postgres import PostgresStore

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Table(BaseModel):
    name: str
    source: Literal["file", "postgres"]
    columns: dict[str, str]


class Data:
    def __init__(self, folder: Path, postgres: PostgresStore) -> None:
        self._folder = folder.resolve()
        self._postgres = postgres
        self._one_at_a_time = asyncio.Lock()  # what a query may need of the memory, it may need alone

    async def tables(self) -> list[Table]:
        async with self._one_at_a_time:
            files = [
                Table(name=file.name, source="file", columns=await asyncio.to_thread(sandbox.columns_of, file))
                for file in self._files()
            ]
        return [*files, *(Table(name=n, source="postgres", columns=c) for n, c in (await self._tables()).items())]

    async def query(self, sql: str) -> Result:
        """Copies the Postgres tables that the query names, and runs it on the copies and the files."""
        wanted = await asyncio.to_thread(sandbox.tables_in, sql)
        files = [file for file in self._files() if file.name.lower() in wanted]
        tables = await self._tables() if wanted - {file.name.lower() for file in files} else {}
        async with self._one_at_a_time:
            copies = [
                CopySource(name, columns, await self._postgres.copy(name))
                for name, columns in tables.items()
                if name.lower() in wanted
            ]
            return await asyncio.to_thread(sandbox.run, sql, [*files, *copies], self._folder)

    def _files(self) -> list[FileSource]:
        """`sales-2026.csv` is the table `sales_2026`."""
        paths = sorted(path for path in self._folder.glob("*") if path.suffix in sandbox.READERS and path.is_file())
        files = {re.sub(r"[^A-Za-z0-9_]", "_", path.stem): path for path in paths}
        return [FileSource(name, path) for name, path in files.items() if NAME.fullmatch(name)]

    async def _tables(self) -> dict[str, dict[str, str]]:
        if not self._postgres.is_configured:
            return {}
        files = {file.name.lower() for file in self._files()}
        tables = await self._postgres.tables()
        return {n: c for n, c in tables.items() if NAME.fullmatch(n) and n.lower() not in files}
