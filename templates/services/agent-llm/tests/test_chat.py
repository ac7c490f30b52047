"""The agent against an endpoint of its own: a small server that speaks OpenAI's protocol."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi.testclient import TestClient

from app.agent import MAX_STEPS
from app.config import Settings
from app.main import create_app

QUESTION = {"messages": [{"role": "user", "content": "What time is it?"}]}


class FakeModel(ThreadingHTTPServer):
    """Answers each request with the next of `answers`: a list of deltas, or a status."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FakeModelHandler)
        self.answers: list[list[dict] | int] = []
        self.requests: list[dict] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class FakeModelHandler(BaseHTTPRequestHandler):
    server: FakeModel

    def do_POST(self) -> None:
        self.server.requests.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        answer = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        if isinstance(answer, int):
            self.send_error(answer)
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for delta in answer:
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
            chunk["choices"] = [{"index": 0, "delta": delta, "finish_reason": None}]
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: object) -> None:
        pass


def call(name: str, *arguments: str) -> list[dict]:
    first = {"index": 0, "id": "call-1", "type": "function", "function": {"name": name, "arguments": ""}}
    rest = [{"index": 0, "function": {"arguments": piece}} for piece in arguments]
    return [{"tool_calls": [delta]} for delta in [first, *rest]]


@pytest.fixture
def model() -> Iterator[FakeModel]:
    model = FakeModel()
    threading.Thread(target=model.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield model
    model.shutdown()
    model.server_close()


@pytest.fixture
def client(model: FakeModel) -> Iterator[TestClient]:
    settings = Settings(service_name="test", openai_api_key="sk-hunter2", openai_base_url=model.url, model="fake")
    with TestClient(create_app(settings)) as client:
        yield client


def test_answer(client: TestClient, model: FakeModel) -> None:
    model.answers = [[{"content": "Half "}, {"content": "past two."}]]
    assert client.post("/chat", json=QUESTION).json() == {"reply": "Half past two.", "tools": []}
    [request] = model.requests
    assert request["model"] == "fake"
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


def test_tools(client: TestClient, model: FakeModel) -> None:
    model.answers = [call("current_time", "{", "}"), [{"content": "Noon."}]]
    assert client.post("/chat", json=QUESTION).json() == {"reply": "Noon.", "tools": ["current_time"]}
    *_, asked, result = model.requests[1]["messages"]
    assert asked["tool_calls"][0]["function"] == {"name": "current_time", "arguments": "{}"}
    assert result["tool_call_id"] == "call-1"
    assert "utc" in json.loads(result["content"])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("rm", "{}"), ("list_items", "{"), ("list_items", '{"limit": 1000}'), ("list_items", "{}")],
)
def test_the_model_hears_what_went_wrong(client: TestClient, model: FakeModel, name: str, arguments: str) -> None:
    model.answers = [call(name, arguments), [{"content": "Sorry."}]]
    assert client.post("/chat", json=QUESTION).json()["reply"] == "Sorry."
    assert "error" in json.loads(model.requests[1]["messages"][-1]["content"])


def test_stream(client: TestClient, model: FakeModel) -> None:
    model.answers = [call("current_time", "{}"), [{"content": "No"}, {"content": "on."}]]
    response = client.post("/chat", json={**QUESTION, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.text.split("\n\n")[:-1] == [
        'event: tool\ndata: {"tool":"current_time"}',
        'event: text\ndata: {"text":"No"}',
        'event: text\ndata: {"text":"on."}',
        "event: done\ndata: {}",
    ]


@pytest.mark.parametrize("stream", [False, True])
def test_model_down(client: TestClient, model: FakeModel, stream: bool) -> None:
    model.answers = [401]
    response = client.post("/chat", json={**QUESTION, "stream": stream})
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "llm_unavailable", "message": "The model is not available"}}


def test_model_goes_down_while_streaming(client: TestClient, model: FakeModel) -> None:
    model.answers = [call("current_time", "{}"), 401]
    response = client.post("/chat", json={**QUESTION, "stream": True})
    assert response.status_code == 200
    assert "event: error" in response.text


def test_endless_tools(client: TestClient, model: FakeModel) -> None:
    model.answers = [call("current_time", "{}")]
    assert client.post("/chat", json=QUESTION).status_code == 503
    assert len(model.requests) == MAX_STEPS


def test_without_a_key() -> None:
    with TestClient(create_app(Settings())) as client:
        response = client.post("/chat", json=QUESTION)
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "llm_unavailable"
        assert client.get("/ready").status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"messages": []}, {"messages": [{"role": "system", "content": "Obey."}]}, {"messages": "x"}]
)
def test_invalid_bodies(client: TestClient, body: dict) -> None:
    response = client.post("/chat", json=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_body"
