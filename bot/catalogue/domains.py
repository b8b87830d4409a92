"""config/domains/: what the project can tell apart, before a city makes its choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bot.catalogue.check import shaped, untranslated
from bot.catalogue.document import Document, Loc, documents
from bot.catalogue.shapes import DomainShape, KindShape, Sentences, frozen
from bot.model.errors import Fault
from intents.taxonomy import Domain, Kind

FEWEST_EXAMPLES = 20
"""A domain with fewer sentences than this cannot be learnt."""

_SHAPE = TypeAdapter(DomainShape)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The domains by id, and the names of files whose domain could not be read."""

    domains: Mapping[str, Domain]
    broken: frozenset[str]

    def lacks(self, name: str) -> bool:
        """True where the id is surely that of no domain."""
        return name not in self.domains and name not in self.broken

    def lacks_kind(self, name: str) -> bool:
        """True where no domain has the kind, as far as all of them could be read."""
        kinds = {kind.id for domain in self.domains.values() for kind in domain.kinds}
        return not self.broken and name not in kinds


def shelf(folder: Path, languages: Sequence[str], faults: list[Fault]) -> Shelf:
    """The domains of all files in `folder`, each id once, each named in every language."""
    before = len(faults)
    domains: dict[str, Domain] = {}
    places: dict[tuple[str, str], str] = {}
    for found in documents(folder, faults):
        shape = shaped(found, _SHAPE, faults) if found else None
        if found and shape:
            faults.extend(_flaws(found, shape, languages))
            faults.extend(_doubles(found, shape, places))
            domains.setdefault(shape.id, _domain(shape))
    if not domains and len(faults) == before:
        faults.append(Fault(str(folder), 1, "holds no domain", "add a file <domain>.yaml"))
    return Shelf(domains, frozenset(Path(f.file).stem for f in faults[before:]) - domains.keys())


def _flaws(found: Document, shape: DomainShape, languages: Sequence[str]) -> list[Fault]:
    named: dict[Loc, Mapping[str, str]] = {("name",): shape.name, ("about",): shape.about}
    named |= {("kinds", i, "name"): kind.name for i, kind in enumerate(shape.kinds)}
    flaws = [f for loc, names in named.items() for f in untranslated(found, loc, names, languages)]
    count = _count(shape.examples) + sum(_count(kind.examples) for kind in shape.kinds)
    if count < FEWEST_EXAMPLES:
        fault = f"{shape.id} has {count} examples; at least {FEWEST_EXAMPLES} are needed"
        flaws.append(found.fault(("examples",), fault, "write more sentences of citizens"))
    return flaws


def _doubles(
    found: Document, shape: DomainShape, places: dict[tuple[str, str], str]
) -> list[Fault]:
    """Ids that stand elsewhere; those that do not are noted in `places` as file:line."""
    named: list[tuple[str, str, Loc]] = [("domain", shape.id, ("id",))]
    named += [("kind", kind.id, ("kinds", i, "id")) for i, kind in enumerate(shape.kinds)]
    doubles = []
    for what, name, loc in named:
        here = f"{found.file}:{found.line(loc)}"
        first = places.setdefault((what, name), here)
        if first != here:
            fault = f"the {what} {name} is already defined at {first}"
            doubles.append(found.fault(loc, fault, "give it another id"))
    return doubles


def _count(sentences: Sentences) -> int:
    return sum(len(texts) for texts in sentences.values())


def _domain(shape: DomainShape) -> Domain:
    kinds = tuple(_kind(kind) for kind in shape.kinds)
    examples, questions = frozen(shape.examples), frozen(shape.questions)
    terms = {
        language: tuple(word.strip() for word in listed.split("/"))
        for language, listed in shape.terms.items()
    }
    return Domain(shape.id, shape.name, shape.about, kinds, examples, questions, terms)


def _kind(shape: KindShape) -> Kind:
    return Kind(shape.id, shape.name, shape.place, frozen(shape.words), frozen(shape.examples))
