"""The agent over HTTP: in one piece, or as server-sent events while it works."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field, StringConstraints

from app.agent import Event
from app.dependencies import AgentDep
from app.errors import LlmUnavailable

router = APIRouter(prefix="/chat", tags=["chat"])
log = structlog.get_logger(__name__)


class Message(BaseModel):
    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]


class Chat(BaseModel):
    messages: Annotated[list[Message], Field(min_length=1, max_length=100)]
    stream: bool = False


class Reply(BaseModel):
    reply: str
    tools: list[str]


@router.post("", response_model=Reply)
async def chat(body: Chat, agent: AgentDep) -> Reply | StreamingResponse:
    events = agent.run([message.model_dump() for message in body.messages])
    if body.stream:
        # Before the first event the answer can still be an error with a status.
        first = await anext(events)
        headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
        return StreamingResponse(_sse(first, events), media_type="text/event-stream", headers=headers)
    reply = Reply(reply="", tools=[])
    async for event in events:
        reply.reply += event.text
        if event.tool:
            reply.tools.append(event.tool)
    return reply


async def _sse(first: Event, events: AsyncIterator[Event]) -> AsyncIterator[str]:
    yield _format(first)
    try:
        async for event in events:
            yield _format(event)
    except LlmUnavailable as error:
        log.warning("model unavailable", reason=str(error))
        message = json.dumps({"code": "llm_unavailable", "message": "The model is not available"})
        yield f"event: error\ndata: {message}\n\n"


def _format(event: Event) -> str:
    return f"event: {event.type}\ndata: {event.model_dump_json(exclude={'type'}, exclude_defaults=True)}\n\n"
