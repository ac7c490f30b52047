"""Makes log lines of what Ray prints. Ray also prints what replicas print, after `(name pid=1)`."""

import io
import json
import re
import sys
import threading
from typing import TextIO

import structlog

FORWARDED = re.compile(r"\((?P<source>[^()]*)\) (?P<text>.*)")

log = structlog.get_logger(__name__)


class LogStream(io.TextIOBase):
    def __init__(self, stdout: TextIO) -> None:
        self._stdout = stdout
        self._unfinished = threading.local()

    def write(self, text: str) -> int:
        *lines, self._unfinished.line = (getattr(self._unfinished, "line", "") + text).split("\n")
        for line in lines:
            self._write_line(line)
        return len(text)

    def _write_line(self, line: str) -> None:
        forwarded = FORWARDED.fullmatch(line)
        source, message = forwarded.group("source", "text") if forwarded else ("ray", line)
        if _is_log_line(message):
            self._stdout.write(f"{message}\n")
            self._stdout.flush()
        elif message.strip():
            log.info(message, source=source)


def _is_log_line(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def capture_console() -> None:
    """Call it once logging is configured: from then on only log lines reach stdout."""
    sys.stdout = sys.stderr = LogStream(sys.stdout)
