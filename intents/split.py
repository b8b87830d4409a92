"""Several problems told in one text: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from intents.reading import Act, Reading

MOST = 4
"""Problems that are told apart; what follows stays with the last."""

SURE = 0.6
"""How sure its domain must be: 「還有頭髮」 alone could be anything's."""

_SHORTEST = 4
"""A piece of fewer characters is no problem of its own."""

_END = r"[,.;!?~，。；！？、\n]"
_ALSO = (
    "另外|另一(?:個|件)(?:是|事)?|還有(?:就是|一[個件])?|此外|除此之外|順便|再來(?:是|就是)|其次|以及|同時|然後還有|第二[個件點]?|"
    "第三[個件點]?"
)
_ENGLISH_ALSO = (
    "(?:and )?also(?= |,)|and another|another (?:thing|problem|issue)|besides(?= |,)|in addition|"
    "additionally|secondly|and there (?:is|are)|plus(?= |,)"
)
_JOINT = re.compile(
    rf"{_END}\s*(?=(?:{_ALSO}|{_ENGLISH_ALSO}))"
    rf"|(?<=[^\s,.;，。；]{{4}})(?={_ALSO})"
    r"|(?<=[a-z])\s+(?=(?:and also|and another|and there (?:is|are)) )"
    r"|(?:^|\n|(?<=[\s,.;，。；:：]))(?=(?:[(（]?[1-4一二三四][)）.、]|[①②③④])(?![0-9]))"
    rf"|{_END}\s*(?=[^,.;!?，。；！？\n]{{2,12}}也[^,.;!?，。；！？\n]{{1,12}}$)"
    r"|[。;；\n]\s*",
    re.IGNORECASE | re.ASCII,
)


_LEAD = re.compile(
    rf"^(?:{_ALSO}|{_ENGLISH_ALSO}|[(（]?[1-4一二三四][)）.、]|[①②③④])[\s,，:：]*(?:就是|是)?",
    re.IGNORECASE,
)
"""What joins a problem to the one before: it says nothing once they are apart."""


def several(whole: Reading, read: Callable[[str], Reading]) -> tuple[Reading, ...]:
    """The problems of a text, each read for itself; none where it tells but one.

    A part without a place of its own is where the text as a whole is. Danger is never
    taken apart: it goes out as it was told.
    """
    if whole.act is not Act.REPORT or whole.danger is not None:
        return ()
    pieces = _pieces(whole.redacted)
    if len(pieces) < 2:
        return ()
    problems = _problems([(piece, read(_led(piece))) for piece in pieces])
    if len(problems) < 2:
        return ()
    return tuple(_part(whole, text, read) for text in problems)


def _led(text: str) -> str:
    """The text without the word that joins it to the one before."""
    return _LEAD.sub("", text) or text


def _pieces(text: str) -> list[str]:
    cut = [piece.strip() for piece in _JOINT.split(text) if piece and piece.strip()]
    return cut if len(cut) <= 2 * MOST else []


def _problems(pieces: Sequence[tuple[str, Reading]]) -> list[str]:
    """Texts of one problem each: a piece that names no new one belongs to the last."""
    texts: list[str] = []
    known: list[Reading] = []
    for text, reading in pieces:
        problem = len(text) >= _SHORTEST and _names_one(reading)
        fresh = problem and all(_differ(reading, other) for other in known)
        if not texts or (known and fresh and len(texts) < MOST):
            texts.append(text)
        else:
            texts[-1] = f"{texts[-1]}，{text}"
        if problem:
            known.append(reading)
    return texts


def _names_one(piece: Reading) -> bool:
    """Whether a piece tells a problem. Praise counts: so short, it often reads like that."""
    sure = piece.domain is not None and piece.confidence >= SURE
    return sure and piece.act in (Act.REPORT, Act.PRAISE)


def _differ(one: Reading, other: Reading) -> bool:
    """Whether two pieces are of other domains, or of other kinds in one."""
    kinds = (one.kind, other.kind)
    return one.domain != other.domain or (None not in kinds and one.kind != other.kind)


def _part(whole: Reading, text: str, read: Callable[[str], Reading]) -> Reading:
    part = read(_led(text))
    places = part.places or whole.places
    return replace(part, language=whole.language, places=places, act=Act.REPORT)
