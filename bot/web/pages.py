"""Pages from templates, in the language that the address asks for."""

from __future__ import annotations

from http import HTTPStatus

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

LANGUAGES = ("zh-TW", "en")  # the first where ?lang= asks for none of them

_TEMPLATES = Environment(
    loader=PackageLoader("bot.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def language(request: Request) -> str:
    """The language that a page is shown in."""
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def page(
    request: Request, template: str, status: int = 200, lang: str = "", **said: object
) -> Response:
    """A template as a page; it gets `lang`, its `words`, the `status`, and what is handed in.

    It is in the language that the address asks for unless `lang` is a known one.
    """
    lang = lang if lang in LANGUAGES else language(request)
    words = _TEMPLATES.get_template(f"words.{lang}.jinja").module.words  # type: ignore[attr-defined]
    html = _TEMPLATES.get_template(template).render(lang=lang, words=words, status=status, **said)
    return HTMLResponse(html, status)


async def refused(request: Request, error: Exception) -> Response:
    """A plain page for a request that could not be met; never a trace of why inside."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    answer = page(request, "error.html", status, meant=HTTPStatus(status).phrase)
    answer.headers.update(headers or {})
    return answer
