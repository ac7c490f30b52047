import http.client
import json
import threading
import time
from collections.abc import Iterator

import pytest

from app.config import Settings
from app.errors import StoreUnavailable
from app.jobs import NewJob
from app.listener import MAX_BODY_BYTES, Listener

JOB_ID = "9e2fd3a2-4b3e-4f4b-9c1f-5d3a8e9d1c11"


class FakeJobs:
    down = False

    def start(self, job: NewJob) -> dict:
        if self.down:
            raise StoreUnavailable("redis", "password=hunter2")
        return {"id": JOB_ID, "status": "pending"}

    def find(self, job_id: str) -> dict:
        return {"id": job_id, "status": "succeeded", "result": {"id": 1}}


class Service:
    def __init__(self) -> None:
        self.jobs = FakeJobs()
        self.checks = {"postgres": "off", "redis": "up", "worker": "up"}
        settings = Settings(service_name="test", healthcheck_path="/healthz")
        self.listener = Listener(settings, lambda: self.checks, self.jobs, port=0)

    def send(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> tuple:
        connection = http.client.HTTPConnection(*self.listener.server_address, timeout=5)
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, json.loads(content) if content else None, response.headers


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    threading.Thread(target=service.listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield service
    service.listener.shutdown()
    service.listener.server_close()


@pytest.mark.parametrize("path", ["/health", "/healthz"])
def test_health(service: Service, path: str) -> None:
    status, body, _ = service.send("GET", path)
    assert (status, body["status"], body["service"]) == (200, "healthy", "test")
    assert service.send("HEAD", path)[:2] == (200, None)


def test_ready(service: Service) -> None:
    assert service.send("GET", "/ready")[:2] == (200, {"status": "ready", "checks": service.checks})
    service.checks["worker"] = "down"
    assert service.send("GET", "/ready")[0] == 503


def test_jobs(service: Service) -> None:
    status, job, _ = service.send("POST", "/jobs", '{"name": "x"}')
    assert (status, job) == (202, {"id": JOB_ID, "status": "pending"})
    assert service.send("GET", f"/jobs/{JOB_ID}")[1]["result"] == {"id": 1}


@pytest.mark.parametrize(
    "body", ["", "{", "null", "[]", '{"name": " "}', '{"name": 7}', '{"name": "\\u0000"}', "[" * 100_000]
)
def test_invalid_bodies(service: Service, body: str) -> None:
    status, answer, _ = service.send("POST", "/jobs", body)
    assert status == 400
    assert answer["error"]["code"] in ("invalid_json", "invalid_body")


def test_errors(service: Service) -> None:
    assert service.send("GET", "/nothing-here")[1]["error"]["code"] == "not_found"
    assert service.send("GET", "/jobs/1")[0] == 404
    assert service.send("DELETE", "/jobs")[1]["error"]["code"] == "method_not_allowed"
    assert service.send("POST", "/jobs", "x" * (MAX_BODY_BYTES + 1))[1]["error"]["code"] == "payload_too_large"


def test_without_redis(service: Service) -> None:
    service.jobs.down = True
    status, body, _ = service.send("POST", "/jobs", '{"name": "x"}')
    assert status == 503
    assert body == {"error": {"code": "store_unavailable", "message": "redis is not available"}}


@pytest.mark.parametrize(("sent", "kept"), [("abc-1.2_3", True), ("a b", False), ("x" * 129, False)])
def test_request_id(service: Service, sent: str, kept: bool) -> None:
    headers = service.send("GET", "/", headers={"x-request-id": sent})[2]
    assert (headers["x-request-id"] == sent) is kept


def test_stop_waits_for_the_request_under_way(service: Service) -> None:
    connection = http.client.HTTPConnection(*service.listener.server_address, timeout=5)
    connection.putrequest("POST", "/jobs")
    connection.putheader("content-length", "16")
    connection.endheaders(b'{"name"')
    stopping = threading.Thread(target=service.listener.stop)
    while not service.listener.busy:
        time.sleep(0.01)
    stopping.start()
    time.sleep(0.2)
    assert stopping.is_alive()
    connection.send(b': "send"}')
    assert connection.getresponse().status == 202
    stopping.join(5)
    assert not stopping.is_alive()
