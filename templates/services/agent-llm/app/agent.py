"""The agent: asks the model, runs the tools that it calls, and asks again until it answers."""

import json
from collections.abc import AsyncIterator
from typing import Any, Literal

import structlog
from openai import APIStatusError, AsyncOpenAI, OpenAIError
from pydantic import BaseModel

from app.config import Settings
from app.errors import LlmUnavailable
from app.tools import Toolbox

SYSTEM_PROMPT = "You are a helpful assistant. Use the tools when they help, and answer briefly."
MAX_STEPS = 6
TIMEOUT_SECONDS = 60

log = structlog.get_logger(__name__)


class Event(BaseModel):
    """What happens while the agent works."""

    type: Literal["text", "tool", "done"]
    text: str = ""
    tool: str = ""


class Agent:
    def __init__(self, settings: Settings, toolbox: Toolbox) -> None:
        self._model = settings.model
        self._toolbox = toolbox
        self._client = _create_client(settings)

    async def close(self) -> None:
        if self._client:
            await self._client.close()

    async def run(self, messages: list[dict[str, Any]]) -> AsyncIterator[Event]:
        """Yields pieces of the answer as they come, each tool as it is called, and at last `done`."""
        history = [{"role": "system", "content": SYSTEM_PROMPT}, *messages]
        for _ in range(MAX_STEPS):
            calls: dict[int, dict[str, Any]] = {}
            text = ""
            async for delta in self._ask(history):
                if delta.content:
                    text += delta.content
                    yield Event(type="text", text=delta.content)
                _collect(delta.tool_calls or [], calls)
            if not calls:
                yield Event(type="done")
                return
            history.append({"role": "assistant", "content": text or None, "tool_calls": list(calls.values())})
            for call in calls.values():
                name = call["function"]["name"]
                yield Event(type="tool", tool=name)
                result = await self._toolbox.call(name, call["function"]["arguments"])
                history.append({"role": "tool", "tool_call_id": call["id"], "content": json.dumps(result)})
        raise LlmUnavailable(f"no answer after {MAX_STEPS} steps")

    async def _ask(self, history: list[dict[str, Any]]) -> AsyncIterator[Any]:
        if not self._client:
            raise LlmUnavailable("OPENAI_API_KEY is not set")
        try:
            stream = await self._client.chat.completions.create(
                model=self._model, messages=history, tools=self._toolbox.schemas, stream=True
            )
            async with stream:
                async for chunk in stream:
                    if chunk.choices:
                        yield chunk.choices[0].delta
        except APIStatusError as error:
            # Without the body, which may repeat what it was asked, or a part of the key.
            raise LlmUnavailable(f"the model answers {error.status_code}") from None
        except OpenAIError as error:
            raise LlmUnavailable(type(error).__name__) from None


def _create_client(settings: Settings) -> AsyncOpenAI | None:
    if settings.openai_api_key:
        key = settings.openai_api_key.get_secret_value()
    elif settings.openai_base_url:
        key = "none"  # most local models want no key, but the client wants one
    else:
        return None
    return AsyncOpenAI(api_key=key, base_url=settings.openai_base_url, timeout=TIMEOUT_SECONDS, max_retries=1)


def _collect(deltas: list[Any], calls: dict[int, dict[str, Any]]) -> None:
    """Calls of tools arrive in pieces: the name first, then the arguments bit by bit."""
    for delta in deltas:
        call = calls.setdefault(delta.index, {"id": "", "type": "function", "function": {"name": "", "arguments": ""}})
        call["id"] = delta.id or call["id"]
        if delta.function:
            call["function"]["name"] += delta.function.name or ""
            call["function"]["arguments"] += delta.function.arguments or ""
