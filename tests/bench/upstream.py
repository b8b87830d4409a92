"""The platform's side, in a process of its own: counts replies and the time of the last."""

from __future__ import annotations

import sys
import time

import orjson
import uvicorn
from starlette.types import Receive, Scope, Send

replies = 0
last = 0.0
OK = orjson.dumps({"sentMessages": [{"id": "1"}]})
HEADERS = [(b"content-type", b"application/json")]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Every POST is a reply; /stats tells the count and the time of the last; /reset clears."""
    global replies, last
    if scope["type"] != "http":
        return
    body = OK
    if scope["path"] == "/stats":
        body = orjson.dumps({"replies": replies, "last": last})
    elif scope["path"] == "/reset":
        replies = 0
    else:
        while (await receive()).get("more_body"):
            pass
        replies += 1
        last = time.time()
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False, lifespan="off")
