import pytest
from django.test import Client


@pytest.mark.usefixtures("fake_redis")
def test_counts(client: Client) -> None:
    assert client.post("/hits").json() == {"hits": 1}
    assert client.post("/hits").json() == {"hits": 2}


def test_without_redis(client: Client) -> None:
    response = client.post("/hits")
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "store_unavailable", "message": "redis is not available"}}
