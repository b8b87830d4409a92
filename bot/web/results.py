"""What everybody may see of surveys: a page of each, and the same as open data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.model.wording import named
from bot.web.doors import Released
from bot.web.pages import language, page
from surveys.schedule import ROUND

LETTERS = "ABCDE"
WIDTH, HEIGHT, EDGE = 100, 60, 14
"""The picture of groups, in its own units; no circle reaches over its edge."""


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
        "questions": [_question(each, tongue) for each in release["questions"]],
        "opinions": _opinions(release, tongue),
    }


def _opinions(release: Mapping[str, Any], tongue: str) -> dict[str, Any] | None:
    """The groups as circles on a picture of 100 by 60, and what marks, joins and parts them."""
    found = release.get("opinions")
    if not found:
        return None
    texts = {q["id"]: named(q["text"], tongue) for q in release["questions"]}
    circles = picture([(*g["middle"], g["people"]) for g in found["groups"]])
    return {
        "people": found["people"],
        "groups": [
            {
                "name": LETTERS[at],
                "people": group["people"],
                "circle": circles[at],
                "positions": [
                    {"text": texts[p["statement"]], "agrees": p["agrees"]}
                    for p in group["positions"]
                    if p["statement"] in texts
                ],
            }
            for at, group in enumerate(found["groups"])
        ],
        "shared": [texts[each] for each in found["shared"] if each in texts],
        "divisive": [texts[each] for each in found["divisive"] if each in texts],
    }


def picture(groups: Sequence[tuple[float, float, int]]) -> list[tuple[float, float, float]]:
    """Circles (x, y, radius) for groups (x, y, people), as far apart as the picture is wide;
    their areas tell how many people they hold."""
    xs, ys = [x for x, _, _ in groups], [y for _, y, _ in groups]
    most = max(people for _, _, people in groups)
    return [
        (
            round(_between(x, xs, EDGE, WIDTH - EDGE), 1),
            round(_between(y, ys, EDGE, HEIGHT - EDGE), 1),
            round(EDGE * 0.9 * (people / most) ** 0.5, 1),
        )
        for x, y, people in groups
    ]


def _between(value: float, all_of: Sequence[float], low: float, high: float) -> float:
    least, most = min(all_of), max(all_of)
    if most == least:
        return (low + high) / 2
    return low + (value - least) / (most - least) * (high - low)


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
