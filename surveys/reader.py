"""Values read out of data; what is wrong with them is noted, every fault of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Names
from surveys.errors import Fault


@dataclass(slots=True)
class Reader:
    """Reads values out of data and notes what is wrong with them."""

    faults: list[Fault] = field(default_factory=list)

    def wrong(self, path: str, fault: str, remedy: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(path, fault, remedy))

    def mapping(self, value: object, path: str) -> Mapping[str, Any]:
        """A mapping, an empty one where there is none."""
        if isinstance(value, Mapping):
            return value
        self.wrong(path, "is no mapping", "write keys and values")
        return {}

    def only(self, data: Mapping[str, Any], keys: frozenset[str], path: str) -> None:
        """No keys but these."""
        for key in data:
            if key not in keys:
                where = f"{path}.{key}" if path else str(key)
                self.wrong(where, "is not known", f"use one of {', '.join(sorted(keys))}")

    def names(self, data: Mapping[str, Any], key: str, path: str) -> Names:
        """A text by language."""
        value = data.get(key)
        good = (
            isinstance(value, Mapping)
            and value
            and all(isinstance(text, str) and text.strip() for text in value.values())
        )
        if not good:
            self.wrong(f"{path}{key}", "has no text by language", "write {zh-TW: …, en: …}")
            return {"zh-TW": ""}
        assert isinstance(value, Mapping)
        return {str(language): str(text) for language, text in value.items()}

    def identifier(self, data: Mapping[str, Any], key: str, path: str) -> str:
        """A short name for machines: buttons carry it."""
        value = data.get(key)
        if isinstance(value, bool):
            self.wrong(f"{path}{key}", "is true or false to YAML", "put it in quotes")
            return ""
        text = value if isinstance(value, str) else str(value) if type(value) is int else ""
        if not (text.isascii() and text.replace("_", "").replace("-", "").isalnum()):
            self.wrong(f"{path}{key}", "is no plain name", "use letters, digits, _ and -")
        if len(text) > 32:
            self.wrong(f"{path}{key}", "is longer than 32 characters", "shorten it")
        return text

    def whole(self, data: Mapping[str, Any], key: str, path: str, preset: int) -> int:
        """A whole number."""
        value = data.get(key, preset)
        if type(value) is int:
            return value
        self.wrong(f"{path}{key}", "is no whole number", f"write a number such as {preset}")
        return preset

    def within(
        self, data: Mapping[str, Any], key: str, path: str, bounds: range, unit: str, preset: int
    ) -> int:
        """A whole number within bounds; `unit` says what it counts."""
        value = self.whole(data, key, path, preset)
        if value not in bounds:
            fault = f"{value} {unit} is out of range"
            self.wrong(f"{path}{key}", fault, f"write {bounds[0]} to {bounds[-1]}")
        return value

    def counted(self, data: Mapping[str, Any], key: str) -> int:
        """A whole number from 1 on."""
        value = self.whole(data, key, "", 1)
        if value < 1:
            self.wrong(key, "is less than 1", "count from 1")
        return value

    def listed(self, data: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
        """A list of words; none where the key is missing."""
        value = data.get(key, ())
        if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.wrong(f"{path}{key}", "is no list of words", "write [one, another]")
        return ()

    def one_of(self, data: Mapping[str, Any], key: str, words: Sequence[str]) -> str:
        """One of these words, the first where the key is missing."""
        value = data.get(key, words[0])
        if value in words:
            return str(value)
        self.wrong(key, f"{value} is not known", f"use {' or '.join(words)}")
        return words[0]

    def flag(self, data: Mapping[str, Any], key: str, path: str, preset: bool) -> bool:
        """Yes or no."""
        value = data.get(key, preset)
        if isinstance(value, bool):
            return value
        self.wrong(f"{path}{key}", "is neither true nor false", "write true or false, no quotes")
        return preset
