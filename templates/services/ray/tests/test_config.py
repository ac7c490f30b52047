import json

import pytest

from app.config import Settings, load_settings


@pytest.fixture(autouse=True)
def clear_cache() -> None:
    load_settings.cache_clear()


def test_defaults() -> None:
    settings = Settings()
    assert settings.port == 8000
    assert settings.healthcheck_path == "/health"
    assert settings.database_url is None


@pytest.mark.parametrize(
    ("environment", "port"),
    [
        ({"PORT": "9001", "SERVICE_PORT": "9002"}, 9001),
        ({"SERVICE_PORT": "9002"}, 9002),
        ({"PORT": "", "SERVICE_PORT": "9002"}, 9002),
    ],
)
def test_port(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], port: int) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Settings().port == port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("LOG_LEVEL", "loud"),
        ("HEALTHCHECK_PATH", "health"),
        ("TABLE_PREFIX", 'x"; drop table y; --'),
        ("DATABASE_URL", "secret"),
        ("REDIS_URL", "http://secret"),
    ],
)
def test_wrong_values_end_the_process_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        load_settings()
    assert stopped.value.code == 1
    [line] = capsys.readouterr().out.splitlines()
    entry = json.loads(line)
    assert entry["level"] == "error"
    assert name in entry["message"]
    assert "secret" not in line


def test_urls_do_not_show_in_representations() -> None:
    assert "hunter2" not in repr(Settings(database_url="postgresql://app:hunter2@postgres/app"))
