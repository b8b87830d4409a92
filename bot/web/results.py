"""What everybody may see of surveys: a page of each, and the same as open data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.model.wording import named
from bot.web.pages import language, page
from surveys.schedule import ROUND

Released = Callable[[str], Awaitable[list[Mapping[str, Any]]]]
"""What was published of a survey, the newest round first."""


def routes(released: Released) -> list[BaseRoute]:
    """The page and the data; a survey of which nothing is published has neither."""

    async def found(request: Request) -> list[Mapping[str, Any]]:
        rounds = await released(request.path_params["survey"])
        if not rounds:
            raise HTTPException(404)
        return rounds

    async def shown(request: Request) -> Response:
        tongue = language(request)
        rounds = [_round(each, tongue) for each in await found(request)]
        return page(request, "results.html", rounds=rounds, survey=request.path_params["survey"])

    async def data(request: Request) -> Response:
        return JSONResponse({"rounds": await found(request)})

    return [
        Route("/surveys/{survey:str}", shown),
        Route("/open-data/surveys/{survey:str}.json", data),
    ]


def _round(release: Mapping[str, Any], tongue: str) -> dict[str, Any]:
    began = datetime.strptime(release["round"], ROUND)
    return {
        "title": named(release["title"], tongue),
        "day": began.date().isoformat(),
        "people": release["people"],
        "finished": release["finished"],
        "questions": [_question(each, tongue) for each in release["questions"]],
    }


def _question(question: Mapping[str, Any], tongue: str) -> dict[str, Any]:
    people, labels = question["people"], question["labels"]
    return {
        "text": named(question["text"], tongue),
        "people": people,
        "several": question["type"] == "several",
        "rows": [
            {
                "label": _label(labels.get(value), value, tongue),
                "people": count,
                "share": None if count is None else round(100 * count / people),
            }
            for value, count in question["counts"].items()
        ],
    }


def _label(names: Mapping[str, str] | None, value: str, tongue: str) -> str:
    """A step of a scale shows its number, and what it means at the ends."""
    if not names:
        return value
    label = named(names, tongue)
    return f"{value} {label}" if value.lstrip("-").isdecimal() else label
