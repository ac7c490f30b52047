"""Example: a resource in Postgres."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from app.dependencies import PostgresDep
from app.stores.postgres import Item

router = APIRouter(prefix="/items", tags=["items"])


class NewItem(BaseModel):
    # Postgres text cannot hold NUL.
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class ItemList(BaseModel):
    items: list[Item]


@router.get("")
async def list_items(postgres: PostgresDep) -> ItemList:
    return ItemList(items=await postgres.list_items())


@router.post("", status_code=201)
async def create_item(item: NewItem, postgres: PostgresDep) -> Item:
    return await postgres.create_item(item.name)
