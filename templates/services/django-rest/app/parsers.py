from typing import Any, BinaryIO

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils import json


class StrictJSONParser(JSONParser):
    """Also refuses what is nested too deeply, and reads UTF-8 whatever the content type promises."""

    def parse(self, stream: BinaryIO, media_type: str | None = None, parser_context: dict | None = None) -> Any:
        try:
            return json.loads(stream.read())
        except (ValueError, RecursionError):
            raise ParseError from None
