import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import sandbox
from app.config import Settings
from app.main import create_app


def query(client: TestClient, sql: str) -> dict:
    response = client.post("/query", json={"sql": sql})
    assert response.status_code == 200, response.text
    return response.json()


def refusal(client: TestClient, sql: str) -> str:
    response = client.post("/query", json={"sql": sql})
    assert response.status_code == 400, response.text
    error = response.json()["error"]
    assert error["code"] == "invalid_query"
    return error["message"]


def test_tables(client_with_stores: TestClient) -> None:
    sales, items = client_with_stores.get("/tables").json()["tables"]
    assert sales["name"] == "sales"
    assert sales["source"] == "file"
    assert sales["columns"]["day"] == "DATE"
    assert items["name"] == "Own_items"
    assert items["source"] == "postgres"
    assert items["columns"]["id"] == "bigint"


def test_file(client: TestClient) -> None:
    result = query(client, "SELECT region, sum(quantity) AS sold FROM sales GROUP BY region ORDER BY sold DESC LIMIT 2")
    assert result == {"columns": ["region", "sold"], "rows": [["north", 13], ["west", 11]], "truncated": False}


def test_copy_of_a_table(client_with_stores: TestClient) -> None:
    assert query(client_with_stores, 'SELECT * FROM own_items AS "i" ORDER BY id')["rows"] == [
        [1, 'a, "b"', "2026-01-02T03:04:05.600000+00:00", True],
        [2, "", None, None],
        [3, None, None, False],
    ]
    joined = query(client_with_stores, "SELECT count(*) FROM sales, Own_items i WHERE i.id = quantity")
    assert joined["rows"] == [[9]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("more-data.json", json.dumps([{"a": 1, "b": "x"}, {"a": 2, "b": None}])),
        ("more-data.ndjson", '{"a": 1, "b": "x"}\n{"a": 2, "b": null}\n'),
        ("more-data.tsv", "a\tb\n1\tx\n2\t\n"),
    ],
)
def test_formats(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with TestClient(create_app(Settings(data_dir=tmp_path))) as client:
        assert query(client, "FROM more_data")["rows"] == [[1, "x"], [2, None]]


def test_parquet(tmp_path: Path) -> None:
    with sandbox._duck() as duck:
        duck.sql("SELECT 1 AS a").write_parquet(str(tmp_path / "one.parquet"))
    with TestClient(create_app(Settings(data_dir=tmp_path))) as client:
        assert query(client, "FROM one")["rows"] == [[1]]


def test_values(client: TestClient) -> None:
    sql = (
        "SELECT 1.5::DECIMAL(9, 2), 'nan'::DOUBLE, DATE '2026-01-02', TIME '03:04', INTERVAL 1 DAY, [1, NULL], "
        "{'a': 1}, '\\xFF'::BLOB, TIMESTAMPTZ '2026-01-02 03:04:05+00' = now(), "
        "'00000000-0000-0000-0000-000000000001'::UUID"
    )
    assert query(client, sql)["rows"] == [
        [
            1.5,
            None,
            "2026-01-02",
            "03:04:00",
            "1 day, 0:00:00",
            [1, None],
            {"a": 1},
            "ff",
            False,
            "00000000-0000-0000-0000-000000000001",
        ]
    ]


def test_many_rows_are_cut(client: TestClient) -> None:
    result = query(client, "FROM range(1000000000)")
    assert len(result["rows"]) == sandbox.MAX_ROWS
    assert result["truncated"]


@pytest.mark.parametrize(
    "sql",
    [
        ";",
        "SELEC 1",
        "SELECT * FROM nothing",
        "SELECT 1; SELECT 2",
        "CREATE TABLE x AS SELECT 1",
        "COPY sales TO '/tmp/out.csv'",
        "COPY (SELECT 1) TO 'data/out.csv'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "SELECT getenv('HOME')",
        "FROM '/etc/passwd'",
        "FROM read_text('/etc/passwd')",
        "FROM read_text('data/../pyproject.toml')",
        "FROM read_blob('/proc/self/environ')",
        "FROM read_csv('https://example.org/x.csv')",
        "FROM glob('/*')",
        "FROM duckdb_secrets()",
        "FROM columns",  # a variable of app.sandbox
        "SELECT list(i) FROM range(1000000000) t(i)",
        "SELECT repeat('x', 5000000)",
    ],
)
def test_refused(client: TestClient, sql: str) -> None:
    refusal(client, sql)
    assert client.get("/health").status_code == 200


def test_slow_queries_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    message = refusal(client, "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7")
    assert "took longer" in message


def test_database_down() -> None:
    with TestClient(create_app(Settings(database_url="postgres://a:b@127.0.0.1:1/c"))) as client:
        response = client.post("/query", json={"sql": "SELECT * FROM items"})
        assert response.status_code == 503
        assert query(client, "SELECT count(*) FROM sales")["rows"] == [[12]]  # files need no database
