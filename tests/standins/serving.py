"""Serve an ASGI app on a real loopback port: in the loop that asks for it, or beside it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp


class Server(uvicorn.Server):
    """Leaves signals to whoever runs the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serve(app: ASGIApp) -> AsyncIterator[str]:
    """The base URL of `app` while the block runs."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)  # so that nobody is turned away before the server is up
    config = uvicorn.Config(
        app, interface="asgi3", log_level="error", lifespan="off", access_log=False
    )
    server = Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True  # nobody is left who waits for an answer
        await running


@contextlib.contextmanager
def beside(app: ASGIApp) -> Iterator[str]:
    """The base URL of `app` while the block runs, for callers that block: it has a thread."""
    # The socket listens before the server runs, so nobody has to wait for it.
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = server.force_exit = True  # waits for no feed that is still open
    thread.join(10)
