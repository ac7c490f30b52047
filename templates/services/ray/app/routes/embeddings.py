"""What this service is for: the model over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from app.dependencies import InferenceDep

router = APIRouter(prefix="/embeddings", tags=["model"])


class EmbeddingRequest(BaseModel):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class Embedding(BaseModel):
    embedding: list[float]


@router.post("")
async def embed(request: EmbeddingRequest, inference: InferenceDep) -> Embedding:
    return Embedding(embedding=await inference.embed(request.text))
