from fastapi.testclient import TestClient


def test_counts(client_with_stores: TestClient) -> None:
    assert client_with_stores.post("/hits").json() == {"hits": 1}
    assert client_with_stores.post("/hits").json() == {"hits": 2}


def test_without_redis(client: TestClient) -> None:
    response = client.post("/hits")
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "store_unavailable", "message": "redis is not available"}}
