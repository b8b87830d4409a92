"""The web's front door: webhooks past every layer, all else through Starlette."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from bot.web import console, form, results
from bot.web.doors import Doors
from bot.web.meters import Meters
from bot.web.pages import page, refused
from bot.web.shield import shielded
from bot.web.simulator import Phones
from bot.web.webhooks import PREFIX, Webhooks

_STATIC = Path(__file__).parent / "static"


def build(doors: Doors) -> Starlette:
    """The application; it reaches the rest of the house through `doors` alone."""
    webhooks = Webhooks(doors, Meters(doors.registry))
    return Front(
        webhooks, [*_plain(doors), *_open(doors), *_demo(doors), Mount("/static", _static())]
    )


class Front(Starlette):
    """Starlette with a short way for webhooks and safe headers on everything else."""

    def __init__(self, webhooks: Webhooks, routes: list[BaseRoute]) -> None:
        super().__init__(
            routes=routes, exception_handlers={HTTPException: refused, Exception: refused}
        )
        self._webhooks = webhooks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
        elif scope["path"].startswith(PREFIX):
            await self._webhooks(scope, receive, send)
        else:
            await super().__call__(scope, receive, shielded(send))


def _plain(doors: Doors) -> list[BaseRoute]:
    """Alive, ready, metrics, and the first page."""

    async def alive(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(request: Request) -> Response:
        parts = dict(await doors.ready())
        fine = all(parts.values())
        return JSONResponse({"ready": fine, "parts": parts}, HTTPStatus.OK if fine else 503)

    async def metrics(request: Request) -> Response:
        return Response(generate_latest(doors.registry), media_type=CONTENT_TYPE_LATEST)

    async def first(request: Request) -> Response:
        if doors.simulator is not None:
            return RedirectResponse("/simulator", 302)
        return page(request, "first.html")

    return [
        Route("/", first),
        Route("/healthz", alive),
        Route("/readyz", ready),
        Route("/metrics", metrics),
    ]


def _open(doors: Doors) -> list[BaseRoute]:
    return [
        *([] if doors.released is None else results.routes(doors.released)),
        *([] if doors.fill is None else form.routes(doors.fill)),
        *([] if doors.console is None else console.routes(doors.console, doors.secure)),
    ]


def _demo(doors: Doors) -> list[BaseRoute]:
    return [] if doors.simulator is None else Phones(doors, doors.simulator).routes()


def _static() -> StaticFiles:
    return StaticFiles(directory=_STATIC)
