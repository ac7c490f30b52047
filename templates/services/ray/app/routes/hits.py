"""Example: a counter in Redis."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.dependencies import RedisDep

router = APIRouter(prefix="/hits", tags=["hits"])


class Hits(BaseModel):
    hits: int


@router.post("")
async def count_hit(redis: RedisDep) -> Hits:
    return Hits(hits=await redis.count_hit())
