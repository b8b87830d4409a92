"""A survey as a page: one question at a time, without any script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.model.form import Entry, Filled
from bot.web.fields import fields, first, from_here
from bot.web.pages import page
from surveys.engine import Prompt, Way

LIMIT, SECONDS = 16 * 1024, 10.0
"""Bytes and seconds that an answer may take."""

MOST = 100
"""Fields that an answer may have: a box each."""

HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
"""The address is a secret between the page and one person."""

INPUTS = {Way.DATE: "date", Way.TIME: "time", Way.MOMENT: "datetime-local"}


Fill = Callable[[str, Entry], Awaitable[Filled | None]]
"""A ticket and what was sent → how the page stands then, None where the ticket is none."""


def routes(fill: Fill) -> list[BaseRoute]:
    """The page of a ticket; whoever has none is told that there is nothing."""

    async def show(request: Request) -> Response:
        return _shown(request, await fill(request.path_params["ticket"], Entry("")))

    async def take(request: Request) -> Response:
        from_here(request)
        said = await fields(request, LIMIT, SECONDS, MOST)
        do, at = (first(said, name) for name in ("do", "at"))
        values = tuple(said.get("value", ()))
        return _shown(request, await fill(request.path_params["ticket"], Entry(do, at, values)))

    return [
        Route("/form/{ticket:str}", show, methods=["GET"]),
        Route("/form/{ticket:str}", take, methods=["POST"]),
    ]


def _shown(request: Request, filled: Filled | None) -> Response:
    if filled is None:
        raise HTTPException(404)
    asked = _asked(filled.prompt) if filled.prompt else None
    shown = page(request, "form.html", lang=filled.language, form=filled, asked=asked)
    shown.headers.update(HEADERS)
    return shown


def _asked(prompt: Prompt) -> dict[str, Any]:
    """How the question is answered: `tick` boxes, `press` a button, or an `input` of a kind."""
    if prompt.way is Way.TICKS:
        how = "tick"
    elif prompt.choices:
        how = "press"
    else:
        how = "none" if prompt.way is Way.PHOTO else "input"
    # What the calendar gives is taken as a press is in the chat, words as typed ones.
    do = "press" if prompt.way in INPUTS or how == "press" else "answer"
    return {"how": how, "do": do, "input": INPUTS.get(prompt.way, "text"), "prompt": prompt}
