"""The agent, with a fake model that speaks the OpenAI protocol."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi.testclient import TestClient

from app.agent import MAX_STEPS
from app.config import Settings
from app.main import create_app

QUESTION = {"question": "How many lamps were sold?"}


class FakeModel(ThreadingHTTPServer):
    """Answers each request with the next of `answers`: a message, or a status. The last one stays."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FakeModelHandler)
        self.answers: list[dict | int] = []
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
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **answer}}
        completion = {"id": "1", "object": "chat.completion", "created": 1, "model": "fake", "choices": [choice]}
        body = json.dumps(completion).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def text(content: str) -> dict:
    return {"content": content}


def call(name: str, arguments: str) -> dict:
    function = {"name": name, "arguments": arguments}
    return {"content": None, "tool_calls": [{"id": "call-1", "type": "function", "function": function}]}


def results(model: FakeModel) -> list:
    """What the tools told the model."""
    return [json.loads(message["content"]) for message in model.requests[-1]["messages"] if message["role"] == "tool"]


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
    sql = "SELECT sum(quantity) FROM sales WHERE product = 'lamp'"
    model.answers = [call("list_tables", "{}"), call("query", json.dumps({"sql": sql})), text("16 lamps.")]
    assert client.post("/ask", json=QUESTION).json() == {"answer": "16 lamps.", "queries": [sql]}
    assert [message["role"] for message in model.requests[0]["messages"]] == ["system", "user"]
    assert [tool["function"]["name"] for tool in model.requests[0]["tools"]] == ["list_tables", "query"]
    tables, result = results(model)
    assert [table["name"] for table in tables] == ["sales"]
    assert result["rows"] == [[16]]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("rm", "{}"),
        ("query", "{"),
        ("query", '{"sql": 7}'),
        ("query", '{"sql": "DROP TABLE sales"}'),
        ("query", '{"sql": "FROM read_text(\'/etc/passwd\')"}'),
        ("query", '{"sql": "SELECT repeat(\'x\', 100000)"}'),
        ("list_tables", '{"all": true}'),
    ],
)
def test_the_model_hears_what_went_wrong(client: TestClient, model: FakeModel, name: str, arguments: str) -> None:
    model.answers = [call(name, arguments), text("Sorry.")]
    assert client.post("/ask", json=QUESTION).json()["answer"] == "Sorry."
    assert "error" in results(model)[0]


def test_model_down(client: TestClient, model: FakeModel) -> None:
    model.answers = [401]
    response = client.post("/ask", json=QUESTION)
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "llm_unavailable", "message": "The model is not available"}}


def test_endless_tools(client: TestClient, model: FakeModel) -> None:
    model.answers = [call("list_tables", "{}")]
    assert client.post("/ask", json=QUESTION).status_code == 503
    assert len(model.requests) == MAX_STEPS


def test_without_a_key() -> None:
    with TestClient(create_app(Settings())) as client:
        response = client.post("/ask", json=QUESTION)
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "llm_unavailable"
        assert client.get("/ready").status_code == 200


@pytest.mark.parametrize("body", [{}, {"question": " "}, {"question": 7}, {"question": "x" * 10_001}])
def test_invalid_bodies(client: TestClient, body: dict) -> None:
    response = client.post("/ask", json=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_body"
