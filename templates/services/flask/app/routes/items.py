"""Example: a resource in Postgres."""

import json
from typing import Annotated

from flask import Blueprint, request
from pydantic import BaseModel, StringConstraints

from app.errors import InvalidJson
from app.extensions import postgres
from app.stores.postgres import Item

blueprint = Blueprint("items", __name__)


class NewItem(BaseModel):
    # Postgres text cannot hold NUL.
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


@blueprint.get("/items")
def list_items() -> dict:
    return {"items": [_present(item) for item in postgres.list_items()]}


@blueprint.post("/items")
def create_item() -> tuple[dict, int]:
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise InvalidJson from None
    return _present(postgres.create_item(NewItem.model_validate(body).name)), 201


def _present(item: Item) -> dict:
    return item.model_dump(mode="json", by_alias=True)
