"""The JSON of a platform's request, mended where it holds half an emoji. Pure."""

from __future__ import annotations

import json
from typing import Any

import orjson

from bot.model.errors import Malformed


def document(body: bytes) -> Any:
    """The body's value, "?" in place of what is no Unicode text. Raises Malformed."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return _mended(body)


def _mended(body: bytes) -> Any:
    """A strict parser refuses a lone surrogate, so a lenient one reads first."""
    try:
        text = json.dumps(json.loads(body), ensure_ascii=False)
        return orjson.loads(text.encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise Malformed("the request is not JSON") from None
