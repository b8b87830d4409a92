"""config/cities/<city>/bureaus.yaml: who answers for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from bot.catalogue.check import shaped, untranslated
from bot.catalogue.document import Document, Loc, document
from bot.catalogue.pack import Pack
from bot.catalogue.shapes import Bureaus, BureauShape
from bot.model.city import Bureau
from bot.model.errors import Fault
from intents.taxonomy import Domain

_SHAPE = TypeAdapter(Bureaus)


def bureaus(own: Pack, domains: Sequence[Domain], faults: list[Fault]) -> tuple[Bureau, ...]:
    """The city's offices. `domains` are the city's own, empty where they have faults: then
    what the offices answer for cannot be judged."""
    found = document(own.folder / "bureaus.yaml", faults)
    shapes = shaped(found, _SHAPE, faults) if found else None
    if found is None or shapes is None:
        return ()
    for at, shape in enumerate(shapes):
        faults.extend(untranslated(found, (at, "name"), shape.name, own.shape.languages))
    faults.extend(_doubles(found, shapes))
    if domains:
        faults.extend(_strangers(found, shapes, domains))
        faults.extend(_orphans(found, shapes, domains))
    return tuple(Bureau(s.id, s.name, tuple(s.domains), tuple(s.kinds)) for s in shapes)


def _duties(shapes: Sequence[BureauShape]) -> Iterator[tuple[str, str, Loc]]:
    """(what, id, loc) of every domain and kind that an office answers for."""
    for at, shape in enumerate(shapes):
        yield from (("domain", d, (at, "domains", i)) for i, d in enumerate(shape.domains))
        yield from (("kind", k, (at, "kinds", i)) for i, k in enumerate(shape.kinds))


def _doubles(found: Document, shapes: Sequence[BureauShape]) -> Iterator[Fault]:
    named: list[tuple[str, str, Loc]] = [("bureau", s.id, (i, "id")) for i, s in enumerate(shapes)]
    seen: dict[tuple[str, str], int] = {}
    for what, name, loc in (*named, *_duties(shapes)):
        if (what, name) in seen:
            fault = f"the {what} {name} stands twice (first on line {seen[what, name]})"
            yield found.fault(loc, fault, "keep one of them")
        seen.setdefault((what, name), found.line(loc))


def _strangers(
    found: Document, shapes: Sequence[BureauShape], domains: Sequence[Domain]
) -> Iterator[Fault]:
    known = {("domain", d.id) for d in domains} | {("kind", k.id) for d in domains for k in d.kinds}
    for what, name, loc in _duties(shapes):
        if (what, name) not in known:
            fault = f"the bureau {shapes[int(loc[0])].id} answers for an unknown {what}: {name}"
            yield found.fault(loc, fault, f"correct the {what}'s id or remove it")


def _orphans(
    found: Document, shapes: Sequence[BureauShape], domains: Sequence[Domain]
) -> Iterator[Fault]:
    covered = {domain for shape in shapes for domain in shape.domains}
    for domain in domains:
        if domain.id not in covered:
            fault = f"no bureau answers for the domain {domain.id}"
            yield found.fault((), fault, f"add {domain.id} to the domains of a bureau")
