"""The data without the agent."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from app.data import Table
from app.dependencies import DataDep
from app.sandbox import Result

router = APIRouter(tags=["query"])


class Query(BaseModel):
    sql: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class TableList(BaseModel):
    tables: list[Table]


@router.get("/tables")
async def list_tables(data: DataDep) -> TableList:
    return TableList(tables=await data.tables())


@router.post("/query")
async def query(body: Query, data: DataDep) -> Result:
    return await data.query(body.sql)
