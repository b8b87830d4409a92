"""What a page's own form sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.web.body import Gone, TooLarge, TooSlow, body
from bot.web.shield import same_origin


def from_here(request: Request) -> None:
    """Refuse (403) what another site's page made a browser send."""
    if not same_origin(request.headers):
        raise HTTPException(403)


async def whole(request: Request, limit: int, seconds: float) -> bytes:
    """The body; refused (413, 408) where it is longer or takes longer."""
    try:
        return await body(request.scope, request.receive, limit, seconds)
    except TooLarge:
        raise HTTPException(413) from None
    except (TooSlow, Gone):
        raise HTTPException(408) from None


async def fields(
    request: Request, limit: int, seconds: float, most: int
) -> Mapping[str, Sequence[str]]:
    """The values of each of at most so many fields, with plain line ends; refused as `whole` is."""
    raw = await whole(request, limit, seconds)
    try:
        said = parse_qs(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most)
    except ValueError:
        raise HTTPException(413) from None
    return {name: [each.replace("\r\n", "\n") for each in some] for name, some in said.items()}


def first(said: Mapping[str, Sequence[str]], name: str) -> str:
    """A field's first value, empty where it was not sent."""
    return next(iter(said.get(name, ())), "")
