import pytest

from app.config import Settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no setting of the machine that runs them."""
    names = ["PORT", "SERVICE_PORT", *(name.upper() for name in Settings.model_fields)]
    for name in names:
        monkeypatch.delenv(name, raising=False)
