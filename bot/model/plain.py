"""The frozen dataclasses as JSON and back, unchanged.

Members of a union carry their class's name under `_type`; times are ISO 8601; tuples are
lists. What an older version wrote is read as long as new fields have defaults.
"""

from __future__ import annotations

from typing import Any, TypeVar

from cattrs.preconf.orjson import OrjsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from bot.model.conversation import Conversation, Topic
from bot.model.messages import Content, Inbound, Outbound
from surveys.session import Answer, Session, Value

T = TypeVar("T")


def _is_value(kind: object) -> bool:
    return kind in (Value, Value | None)


def _value(value: Any, _: object) -> Any:
    """An answer's value: JSON knows all its types but the tuple."""
    return tuple(value) if isinstance(value, list) else value


def _converter() -> OrjsonConverter:
    made = make_converter(detailed_validation=False)
    made.register_structure_hook_func(_is_value, _value)
    made.register_unstructure_hook_func(_is_value, _as_it_is)
    configure_tagged_union(Topic, made)
    configure_tagged_union(Content, made)
    for kind in (Conversation, Outbound, Inbound, Session, Answer):
        made.get_structure_hook(kind)
        made.get_unstructure_hook(kind)
    return made


def _as_it_is(value: Any) -> Any:
    return value


_CONVERTER = _converter()


def to_json(thing: object) -> str:
    """A frozen dataclass as JSON text."""
    return _CONVERTER.dumps(thing).decode()


def to_plain(thing: object) -> Any:
    """A frozen dataclass as dicts, lists and values that JSON knows."""
    return _CONVERTER.unstructure(thing)


def from_json(kind: type[T], text: str | bytes) -> T:
    """The dataclass that `to_json` wrote; raises ValueError, KeyError or TypeError when not."""
    return _CONVERTER.loads(text, kind)
