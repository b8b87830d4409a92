"""config/wording/<language>.yaml: what the bot says, the same in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter

from pydantic import TypeAdapter

from bot.catalogue.check import shaped
from bot.catalogue.document import Document, documents
from bot.catalogue.shapes import WordingShape
from bot.model.errors import Fault
from bot.model.wording import Wording

_SHAPE = TypeAdapter(WordingShape)
_Spoken = Mapping[str, tuple[Document, Mapping[str, str]]]


def wording(folder: Path, languages: Sequence[str], faults: list[Fault]) -> Wording:
    """The sentences in the city's languages, its own first."""
    spoken: dict[str, tuple[Document, Mapping[str, str]]] = {}
    files = sorted(folder.glob("*.yaml"))
    for path, found in zip(files, documents(folder, faults), strict=True):
        sentences = shaped(found, _SHAPE, faults) if found else None
        if found and sentences:
            spoken[path.stem] = (found, sentences)
    stems = {path.stem for path in files}
    for language in languages:
        if language not in stems:
            file = str(folder / f"{language}.yaml")
            faults.append(Fault(file, 1, f"there is no wording in {language}", "write this file"))
    faults.extend(_flaws(spoken))
    return Wording({lang: spoken[lang][1] for lang in languages if lang in spoken})


def _flaws(spoken: _Spoken) -> Iterator[Fault]:
    keys = dict.fromkeys(key for _, sentences in spoken.values() for key in sentences)
    for key in keys:
        yield from _absent(spoken, key)
        yield from _unlike(spoken, key)


def _absent(spoken: _Spoken, key: str) -> Iterator[Fault]:
    having = [language for language, (_, sentences) in spoken.items() if key in sentences]
    for found, sentences in spoken.values():
        if key not in sentences:
            fault = f"the sentence {key} is missing; it stands in {', '.join(having)}"
            yield found.fault((), fault, f"add {key}:")


def _unlike(spoken: _Spoken, key: str) -> Iterator[Fault]:
    """Sentences of one key whose {places} are broken or not those of the first language."""
    first: tuple[str, frozenset[str]] | None = None
    for language, (found, sentences) in spoken.items():
        if key not in sentences:
            continue
        names = _placeholders(sentences[key])
        if names is None:
            fault = f"{key} has a lone brace or an unnamed place"
            yield found.fault((key,), fault, "write {name}, and {{ or }} for a brace")
        elif first and first[1] != names:
            fault = f"{key} has {_shown(names)} where {first[0]} has {_shown(first[1])}"
            yield found.fault((key,), fault, "use the same {places} in every language")
        else:
            first = first or (language, names)


def _placeholders(sentence: str) -> frozenset[str] | None:
    try:
        names = frozenset(n for _, n, _, _ in Formatter().parse(sentence) if n is not None)
    except ValueError:
        return None
    return names if all(name.isidentifier() for name in names) else None


def _shown(names: frozenset[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names)) or "no {place}"
