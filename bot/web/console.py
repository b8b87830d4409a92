"""The staff console: signing in, and surveys from draft to round. Works without scripts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.model.console import Sheet, Staff
from bot.model.errors import CityvoiceError, Misconfigured
from bot.web.doors import Console
from bot.web.fields import fields, first, from_here, whole
from bot.web.pages import LANGUAGES, page
from surveys.definition import Survey

COOKIE = "cityvoice_staff"
TEXT, FILE, SECONDS = 1024 * 1024, 5 * 1024 * 1024, 30.0
"""Bytes of a form, of one with a workbook, and seconds that either may take."""

MOST = 20
"""Fields that a form may have."""

HOME = "/console/surveys"
SAMPLE = (Path(__file__).parent / "templates" / "survey.yaml").read_text("utf-8")
PRIVATE = {"cache-control": "no-store", "x-robots-tag": "noindex"}

Endpoint = Callable[[Request, Staff], Awaitable[Response]]


def routes(console: Console, secure: bool) -> list[BaseRoute]:
    """The console's pages; `secure` where browsers come by https."""
    desk = Desk(console, secure)
    return [
        Route("/console", lambda request: RedirectResponse("/console/", 308)),
        Route("/console/", desk.front, methods=["GET"]),
        Route("/console/", desk.enter, methods=["POST"]),
        Route("/console/leave", desk.leave, methods=["POST"]),
        Route(HOME, desk.inside(desk.surveys), methods=["GET"]),
        Route(f"{HOME}/new", desk.inside(desk.new), methods=["GET"]),
        Route(f"{HOME}/new", desk.inside(desk.write, writes=True), methods=["POST"]),
        Route(f"{HOME}/import", desk.inside(desk.take_form, writes=True), methods=["POST"]),
        Route(f"{HOME}/{{survey:str}}", desk.inside(desk.survey), methods=["GET"]),
        Route(f"{HOME}/{{survey:str}}", desk.inside(desk.change, writes=True), methods=["POST"]),
        Route(f"{HOME}/{{survey:str}}/round", desk.inside(desk.plan), methods=["GET"]),
        Route(
            f"{HOME}/{{survey:str}}/round", desk.inside(desk.send, writes=True), methods=["POST"]
        ),
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers the console's pages."""

    console: Console
    secure: bool

    def inside(
        self, endpoint: Endpoint, writes: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint for those who are signed in, and with `writes` may change things."""

        async def answer(request: Request) -> Response:
            from_here(request)
            staff = await self._who(request)
            if staff is None:
                return RedirectResponse(_address(request, "/console/"), 303)
            if writes and not staff.writes:
                raise HTTPException(403)
            shown = await endpoint(request, staff)
            shown.headers.update(PRIVATE)
            return shown

        return answer

    async def front(self, request: Request) -> Response:
        """The door, or for those who are in already the surveys."""
        if await self._who(request):
            return RedirectResponse(_address(request, HOME), 303)
        return _page(request, "door", None, wrong=False)

    async def enter(self, request: Request) -> Response:
        """In by a one-time code."""
        from_here(request)
        token = await self.console.enter(first(await fields(request, TEXT, SECONDS, MOST), "code"))
        if token is None:
            return _page(request, "door", None, 403, wrong=True)
        answer = RedirectResponse(_address(request, HOME), 303)
        # The browser forgets it when it is closed; the token itself ends after a working day.
        answer.set_cookie(
            COOKIE, token, path="/console", secure=self.secure, httponly=True, samesite="strict"
        )
        return answer

    async def leave(self, request: Request) -> Response:
        """Out."""
        from_here(request)
        answer = RedirectResponse(_address(request, "/console/"), 303)
        answer.delete_cookie(COOKIE, path="/console")
        return answer

    async def surveys(self, request: Request, staff: Staff) -> Response:
        """All surveys."""
        return _page(request, "surveys", staff, sheets=await self.console.sheets(), faults=())

    async def new(self, request: Request, staff: Staff) -> Response:
        """A sheet to write on, with a survey to begin from."""
        return _editor(request, staff, await self.console.check(SAMPLE), "new")

    async def write(self, request: Request, staff: Staff) -> Response:
        """Look at what was written, or keep it as well."""
        said = await fields(request, TEXT, SECONDS, MOST)
        text = first(said, "text")
        if first(said, "do") != "save":
            return _editor(request, staff, await self.console.check(text), "checked")
        sheet = await self.console.save(staff, text)
        if sheet.survey is None:
            return _editor(request, staff, sheet, "checked", 422)
        return RedirectResponse(_address(request, f"{HOME}/{sheet.survey.id}"), 303)

    async def take_form(self, request: Request, staff: Staff) -> Response:
        """An XLSForm workbook as a sheet to go on writing on."""
        content, name = await _file(request)
        try:
            text = self.console.imported(content, name)
        except CityvoiceError as wrong:
            told = wrong.faults if isinstance(wrong, Misconfigured) else (str(wrong),)
            sheets = await self.console.sheets()
            return _page(request, "surveys", staff, 422, sheets=sheets, faults=told)
        return _editor(request, staff, await self.console.check(text), "checked")

    async def survey(self, request: Request, staff: Staff) -> Response:
        """A survey: what it says, whether it is at work, what can be done."""
        return _editor(request, staff, await self._sheet(request), "kept")

    async def change(self, request: Request, staff: Staff) -> Response:
        """Put a draft to work, take it off, or throw it away."""
        survey, do = (
            request.path_params["survey"],
            first(await fields(request, TEXT, SECONDS, MOST), "do"),
        )
        if not (await self._sheet(request)).text:
            raise HTTPException(403)  # those of config/ are changed there
        if do == "on":
            sheet = await self.console.put_to_work(staff, survey)
            if sheet and sheet.survey is None:
                return _editor(request, staff, sheet, "checked", 422)
        elif do == "off":
            await self.console.take_off(staff, survey)
        elif do == "remove":
            await self.console.remove(staff, survey)
            return RedirectResponse(_address(request, HOME), 303)
        return RedirectResponse(_address(request, f"{HOME}/{survey}"), 303)

    async def plan(self, request: Request, staff: Staff) -> Response:
        """What a round would take, before it is sent."""
        sheet = await self._sheet(request)
        if sheet.live is None:
            raise HTTPException(404)
        return await self._round(request, staff, sheet.live, None, "")

    async def send(self, request: Request, staff: Staff) -> Response:
        """Send a round, and say how many people are invited."""
        sheet = await self._sheet(request)
        if sheet.live is None:
            raise HTTPException(404)
        sent, fault = None, ""
        try:
            sent = await self.console.send(staff, sheet.live)
        except CityvoiceError as wrong:
            fault = str(wrong)
        return await self._round(request, staff, sheet.live, sent, fault)

    async def _round(
        self, request: Request, staff: Staff, survey: Survey, sent: int | None, fault: str
    ) -> Response:
        plan, currency = await self.console.plan(survey), self.console.currency
        status = 409 if fault else 200
        shown = {"survey": survey, "plan": plan, "currency": currency, "sent": sent}
        return _page(request, "round", staff, status, **shown, fault=fault)

    async def _who(self, request: Request) -> Staff | None:
        token = request.cookies.get(COOKIE)
        return await self.console.who(token) if token else None

    async def _sheet(self, request: Request) -> Sheet:
        found = await self.console.sheet(request.path_params["survey"])
        if found is None:
            raise HTTPException(404)
        return found


def _page(
    request: Request, name: str, staff: Staff | None, status: int = 200, **shown: Any
) -> Response:
    tail = _address(request, "")
    return page(request, f"console_{name}.html", status, staff=staff, tail=tail, **shown)


def _editor(
    request: Request, staff: Staff, sheet: Sheet, state: str, status: int = 200
) -> Response:
    """The sheet; `state` is new, checked (not kept) or kept."""
    return _page(request, "survey", staff, status, sheet=sheet, state=state)


def _address(request: Request, path: str) -> str:
    """The path in the language that the page was asked for in."""
    asked = request.query_params.get("lang")
    return f"{path}?lang={asked}" if asked in LANGUAGES else path


async def _file(request: Request) -> tuple[bytes, str]:
    """The uploaded workbook and its name without folders."""
    raw = await whole(request, FILE, SECONDS)

    async def once() -> AsyncGenerator[bytes, None]:
        yield raw

    try:
        form = await MultiPartParser(request.headers, once(), max_files=1, max_fields=5).parse()
    except (MultiPartException, KeyError):
        raise HTTPException(400) from None
    found = form.get("file")
    if not isinstance(found, UploadFile):
        raise HTTPException(400)
    return await found.read(), PurePath(found.filename or "").name or "form.xlsx"
