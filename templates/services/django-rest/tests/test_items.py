import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import Client

JSON = "application/json"


@pytest.mark.django_db
def test_create_and_list(client: Client) -> None:
    items = []
    for name in ("first", "second"):
        response = client.post("/items", {"name": f" {name} "}, content_type=JSON)
        assert response.status_code == 201
        item = response.json()
        assert item.keys() == {"id", "name", "createdAt"}
        assert item["name"] == name
        assert item["createdAt"].endswith("Z")
        items.insert(0, item)
    assert client.get("/items").json() == {"items": items}
    assert "Own_items" in connection.introspection.table_names()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"name": "x"} trailing',
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b'{"name": "\\u0000"}',
        b'{"name": ""}',
        b'{"name": " "}',
        b'{"name": null}',
        b'{"name": 7}',
        b'{"name": NaN}',
        b'{"name": "' + b"x" * 201 + b'"}',
        b"{}",
        b"[" * 100_000,
    ],
)
def test_invalid_bodies(client: Client, body: bytes) -> None:
    response = client.post("/items", body, content_type=JSON)
    assert response.status_code == 400
    assert response.json()["error"].keys() == {"code", "message"}


def test_what_is_wrong(client: Client) -> None:
    errors = [client.post("/items", body, content_type=JSON).json()["error"] for body in ("{", "{}")]
    assert errors == [
        {"code": "invalid_json", "message": "The body is not valid JSON"},
        {"code": "invalid_body", "message": "body.name: This field is required."},
    ]


@pytest.mark.django_db
def test_longest_name(client: Client) -> None:
    assert client.post("/items", {"name": "ß" * 200}, content_type=JSON).status_code == 201


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("error", [OperationalError("server x"), ImproperlyConfigured("DATABASES")])
def test_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> None:
    def refuse() -> None:
        raise error

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    response = client.generic(method, "/items", '{"name": "x"}', content_type=JSON)
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "store_unavailable", "message": "postgres is not available"}}
