"""The agent over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from app.agent import Answer
from app.dependencies import AgentDep

router = APIRouter(prefix="/ask", tags=["ask"])


class Question(BaseModel):
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


@router.post("")
async def ask(body: Question, agent: AgentDep) -> Answer:
    return await agent.ask(body.question)
