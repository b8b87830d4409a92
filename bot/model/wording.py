"""What the bot says, by language and key; the sentences live in config/wording/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences by language and key; the first language is the city's own."""

    languages: Mapping[str, Mapping[str, str]]

    def say(self, language: str | None, key: str, **values: object) -> str:
        """The sentence `key` in `language`, its {places} filled with `values`."""
        own = next(iter(self.languages))
        sentences = self.languages.get(language or own, self.languages[own])
        return sentences[key].format(**values)

    def menus(self, names: Sequence[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """By language, each of the names with what `menu.<name>` says of it."""
        return {
            language: tuple((name, sentences[f"menu.{name}"]) for name in names)
            for language, sentences in self.languages.items()
        }


def named(names: Mapping[str, str], language: str) -> str:
    """A name by language, the first there is where the language has none."""
    return names.get(language) or next(iter(names.values()))
