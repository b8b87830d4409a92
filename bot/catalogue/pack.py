"""config/cities/<city>/city.yaml: the city's rules, and its cut of the domains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bot.catalogue.check import shaped, untranslated
from bot.catalogue.document import Document, Loc, document
from bot.catalogue.domains import Shelf
from bot.catalogue.shapes import CityShape, PackDomain
from bot.model.city import Bureau, City
from bot.model.errors import Fault
from intents.taxonomy import Domain, Sentences

_SHAPE = TypeAdapter(CityShape)


@dataclass(frozen=True, slots=True)
class Pack:
    """A city's folder with its city.yaml, whose places are in the folder `places`."""

    folder: Path
    places: Path
    found: Document
    shape: CityShape

    def city(self, bureaus: tuple[Bureau, ...]) -> City:
        """The city as the model knows it."""
        shape = self.shape
        return City(
            shape.id, shape.name, shape.prefix, shape.timezone, tuple(shape.languages),
            shape.digest_at, shape.gathering.plain(), shape.ripeness.plain(), bureaus,
            shape.holidays, shape.fatigue.plain() if shape.fatigue else None,
            shape.quiet.plain() if shape.quiet else None, shape.prices, shape.currency or "",
            shape.purposes,
        )  # fmt: skip


def pack(cities: Path, city: str, faults: list[Fault]) -> Pack | None:
    """The pack of that name; None where there is none or its city.yaml has faults."""
    names = sorted(p.parent.name for p in cities.glob("*/city.yaml"))
    if city not in names:
        remedy = f"choose one of {', '.join(names)}" if names else "add a folder with city.yaml"
        faults.append(Fault(str(cities), 1, f"there is no city {city}", remedy))
        return None
    found = document(cities / city / "city.yaml", faults)
    shape = shaped(found, _SHAPE, faults) if found else None
    if found is None or shape is None:
        return None
    faults.extend(_flaws(found, shape, city, names))
    return Pack(cities / city, cities / (shape.places_of or city), found, shape)


def chosen(own: Pack, shelf: Shelf, faults: list[Fault]) -> tuple[Domain, ...]:
    """The city's domains in its order, those of several files made one."""
    before = len(faults)
    taken: dict[str, int] = {}
    ids: set[str] = set()
    for at, entry in enumerate(own.shape.domains):
        loc = ("domains", at)
        faults.extend(_twice(own.found, loc, entry, ids))
        for source in _sources(entry):
            faults.extend(_source_flaws(own.found, loc, source, shelf, taken))
        faults.extend(_name_flaws(own, loc, entry, shelf))
    if len(faults) > before or shelf.broken:
        return ()
    return tuple(_merged(entry, shelf) for entry in own.shape.domains)


def _flaws(found: Document, shape: CityShape, city: str, names: Sequence[str]) -> Iterator[Fault]:
    if shape.id != city:
        yield found.fault(("id",), f"id is {shape.id} but the folder is {city}", f"write {city}")
    if shape.places_of and shape.places_of not in names:
        fault = f"places_of names no city: {shape.places_of}"
        yield found.fault(("places_of",), fault, f"choose one of {', '.join(names)}")
    yield from untranslated(found, ("name",), shape.name, shape.languages)
    for purpose, named in shape.purposes.items():
        yield from untranslated(found, ("purposes", purpose), named, shape.languages)


def _sources(entry: PackDomain) -> list[str]:
    return entry.from_ or [entry.id]


def _twice(found: Document, loc: Loc, entry: PackDomain, ids: set[str]) -> Iterator[Fault]:
    if entry.id in ids:
        yield found.fault(loc, f"the domain {entry.id} is listed twice", "keep one of them")
    ids.add(entry.id)


def _source_flaws(
    found: Document, loc: Loc, source: str, shelf: Shelf, taken: dict[str, int]
) -> Iterator[Fault]:
    line = found.line(loc)
    if shelf.lacks(source):
        fault = f"there is no domain {source} in domains/"
        yield found.fault(loc, fault, f"choose of {', '.join(sorted(shelf.domains))}")
    elif source in taken and taken[source] != line:
        fault = f"{source} is already part of the domain on line {taken[source]}"
        yield found.fault(loc, fault, "take it out of one of them")
    taken.setdefault(source, line)


def _name_flaws(own: Pack, loc: Loc, entry: PackDomain, shelf: Shelf) -> Iterator[Fault]:
    """A domain that is no file needs a name and an about of its own, in every language."""
    for key, names in (("name", entry.name), ("about", entry.about)):
        if names is not None:
            yield from untranslated(own.found, (*loc, key), names, own.shape.languages)
        elif entry.from_ and shelf.lacks(entry.id):
            fault = f"the domain {entry.id} has no {key}, and no file that would give one"
            yield own.found.fault(loc, fault, f"add {key}: with every language")


def _merged(entry: PackDomain, shelf: Shelf) -> Domain:
    parts = [shelf.domains[source] for source in _sources(entry)]
    model = shelf.domains.get(entry.id, parts[0])
    kinds = tuple(kind for part in parts for kind in part.kinds)
    name, about = entry.name or model.name, entry.about or model.about
    examples = _together([part.examples for part in parts])
    questions = _together([part.questions for part in parts])
    terms = _together([part.terms for part in parts])
    return Domain(entry.id, name, about, kinds, examples, questions, terms)


def _together(parts: Sequence[Sentences]) -> Sentences:
    languages = dict.fromkeys(language for part in parts for language in part)
    return {
        language: tuple(text for part in parts for text in part.get(language, ()))
        for language in languages
    }
