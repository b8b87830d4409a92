"""The frozen dataclasses as JSON and back, unchanged.

Members of a union carry their class's name under `_type`; times are ISO 8601; tuples are
lists. What an older version wrote is read as long as new fields have defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any, TypeVar, get_args, get_origin

from cattrs import BaseConverter
from cattrs.preconf.orjson import OrjsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from bot.model.conversation import Conversation, Topic
from bot.model.messages import Content, Inbound, Outbound
from surveys.definition import Survey
from surveys.session import Answer, Session, Value

T = TypeVar("T")


def _is_value(kind: object) -> bool:
    return kind in (Value, Value | None)


def _value(value: Any, _: object) -> Any:
    """An answer's value: JSON knows all its types but the tuple."""
    return tuple(value) if isinstance(value, list) else value


def _converter(whole: bool) -> OrjsonConverter:
    made = make_converter(detailed_validation=False, omit_if_default=not whole)
    made.register_structure_hook_factory(_is_tuple, _tuple)
    made.register_structure_hook_func(_is_value, _value)
    made.register_unstructure_hook_func(_is_value, _as_it_is)
    configure_tagged_union(Topic, made)
    configure_tagged_union(Content, made)
    made.register_unstructure_hook(time, time.isoformat)
    made.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    for kind in (Conversation, Outbound, Inbound, Session, Answer, Survey):
        made.get_structure_hook(kind)
        made.get_unstructure_hook(kind)
    return made


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _tuple(kind: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    """The library looks its members' hook up anew for each tuple."""
    member = get_args(kind)[0]
    if member is str:
        return lambda values, _: tuple(values)
    hook = converter.get_structure_hook(member)
    return lambda values, _: tuple([hook(value, member) for value in values])


def _as_it_is(value: Any) -> Any:
    return value


_CONVERTER = _converter(whole=False)
_WHOLE = _converter(whole=True)


def to_json(thing: object) -> str:
    """A frozen dataclass as JSON text; fields that are as by default are left out."""
    return _CONVERTER.dumps(thing).decode()


def to_plain(thing: object) -> Any:
    """A frozen dataclass as dicts, lists and values that JSON knows, every field of it."""
    return _WHOLE.unstructure(thing)


def from_json(kind: type[T], text: str | bytes) -> T:
    """The dataclass that `to_json` wrote; raises ValueError, KeyError or TypeError when not."""
    return _CONVERTER.loads(text, kind)
