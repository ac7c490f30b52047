import pytest
from fastapi.testclient import TestClient


def test_create_and_list(client_with_stores: TestClient) -> None:
    response = client_with_stores.post("/items", json={"name": "first"})
    assert response.status_code == 201
    item = response.json()
    assert item.keys() == {"id", "name", "createdAt"}
    assert client_with_stores.get("/items").json() == {"items": [item]}


@pytest.mark.parametrize("body", [b"{", b'{"name": "x"} trailing', b'{"name": "\xff"}', b"[" * 100_000])
def test_invalid_json(client_with_stores: TestClient, body: bytes) -> None:
    expect_bad_request(client_with_stores, body, "invalid_json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"name": "\\ud800"}',
        b'{"name": "\\u0000"}',
        b'{"name": ""}',
        b'{"name": "  "}',
        b'{"name": null}',
        b'{"name": 7}',
        b'{"name": "' + b"x" * 201 + b'"}',
        b"{}",
    ],
)
def test_invalid_bodies(client_with_stores: TestClient, body: bytes) -> None:
    expect_bad_request(client_with_stores, body, "invalid_body")


def expect_bad_request(client: TestClient, body: bytes, code: str) -> None:
    response = client.post("/items", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == code
    assert response.json()["error"].keys() == {"code", "message"}


def test_names_are_trimmed(client_with_stores: TestClient) -> None:
    assert client_with_stores.post("/items", json={"name": " x "}).json()["name"] == "x"


def test_longest_name(client_with_stores: TestClient) -> None:
    assert client_with_stores.post("/items", json={"name": "ß" * 200}).status_code == 201


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_database(client: TestClient, method: str) -> None:
    response = client.request(method, "/items", json={"name": "x"})
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "store_unavailable", "message": "postgres is not available"}}
