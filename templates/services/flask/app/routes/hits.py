"""Example: a counter in Redis."""

from flask import Blueprint

from app.extensions import redis

blueprint = Blueprint("hits", __name__)


@blueprint.post("/hits")
def count_hit() -> dict:
    return {"hits": redis.count_hit()}
