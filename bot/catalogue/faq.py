"""config/faq.yaml: questions about the city's services and their answers. A city may have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter

from bot.catalogue.check import shaped, untranslated
from bot.catalogue.document import Document, document
from bot.catalogue.shapes import AnswerShape, Faq, frozen
from bot.model.errors import Fault
from intents.answers import Answers, Entry

_SHAPE = TypeAdapter(Faq)


def answers(path: Path, languages: Iterable[str], faults: list[Fault]) -> Answers:
    """The entries, each answered in every language of the city and asked in at least one."""
    found = document(path, faults) if path.exists() else None
    shapes = shaped(found, _SHAPE, faults) if found else None
    if found is None or shapes is None:
        return Answers(())
    faults.extend(_flaws(found, shapes, tuple(languages)))
    return Answers([_entry(name, shape) for name, shape in shapes.items()])


def _entry(name: str, shape: AnswerShape) -> Entry:
    return Entry(name, frozen(shape.examples), shape.answer, shape.phone or "", shape.link or "")


def _flaws(
    found: Document, shapes: Mapping[str, AnswerShape], languages: tuple[str, ...]
) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for name, shape in shapes.items():
        yield from untranslated(found, (name, "answer"), shape.answer, languages)
        if not any(shape.examples.values()):
            yield found.fault((name, "examples"), f"{name} has no example", "add how people ask it")
        for text in (t for some in shape.examples.values() for t in some):
            if owners.setdefault(text.casefold(), name) != name:
                fault = f"{text} is already an example of {owners[text.casefold()]}"
                yield found.fault((name, "examples"), fault, "keep it in one of them")
