import io
import json

import pytest

from app.config import Settings
from app.console import LogStream
from app.logging import configure_logging


@pytest.mark.parametrize(
    ("printed", "message", "source"),
    [
        ("a warning", "a warning", "ray"),
        ("(ServeReplica:default:Embeddings pid=7) hello", "hello", "ServeReplica:default:Embeddings pid=7"),
    ],
)
def test_text_becomes_a_log_line(capsys: pytest.CaptureFixture[str], printed: str, message: str, source: str) -> None:
    configure_logging(Settings(service_name="test"))
    stdout = io.StringIO()
    print(printed, file=LogStream(stdout))
    assert stdout.getvalue() == ""
    entry = json.loads(capsys.readouterr().out)
    assert entry["message"] == message
    assert entry["source"] == source


def test_a_log_line_stays_as_it_is() -> None:
    stdout = io.StringIO()
    print('(ServeReplica:default:Embeddings pid=7) {"message": "hello"}', file=LogStream(stdout))
    assert stdout.getvalue() == '{"message": "hello"}\n'
