"""How the journal is written: one JSON object a line on standard error."""

from __future__ import annotations

import logging
import sys

import orjson
import structlog


def open_journal() -> None:
    """From now on log lines are JSON. They hold no address, no words and no secret."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=_line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _line(event: object, **_: object) -> bytes:
    return orjson.dumps(event, default=repr)
