"""A definition as data (YAML, JSON) → Survey, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from surveys.definition import Names, Option, Question, Relevance, Schedule, Survey
from surveys.errors import Fault, Faults
from surveys.questions import TYPES
from surveys.questions.base import folded

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY = ("never", "once", "daily", "weekly", "monthly")
KEYS = frozenset(
    {"id", "version", "title", "intro", "minutes", "questions", "schedule", "remind_after"}
)
QUESTION_KEYS = frozenset(
    {"id", "type", "text", "required", "options", "least", "most", "low", "high", "relevant"}
)
REMINDED = 60
"""Days after which nobody remembers what they are reminded of."""

SCHEDULE_KEYS = frozenset({"every", "time", "days", "day", "at", "week", "except", "holidays"})
CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
LEAST = {"number": 0}
MOST = {"several": 0, "ranking": 0, "text": 500, "scale": 5, "number": 1_000_000}
"""What `least` and `most` are when not said; 0 stands for all options."""

WHOLE = re.compile("0|-?[1-9][0-9]{0,8}")
"""A whole number as an answer is written."""


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

    def counted(self, data: Mapping[str, Any], key: str) -> int:
        """A whole number from 1 on."""
        value = self.whole(data, key, "", 1)
        if value < 1:
            self.wrong(key, "is less than 1", "count from 1")
        return value

    def flag(self, data: Mapping[str, Any], key: str, path: str, preset: bool) -> bool:
        """Yes or no."""
        value = data.get(key, preset)
        if isinstance(value, bool):
            return value
        self.wrong(f"{path}{key}", "is neither true nor false", "write true or false, no quotes")
        return preset


def word(value: object) -> str:
    """A value as text. YAML takes a yes or no without quotes for true or false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def build(data: object) -> Survey:
    """The survey that the data defines. Raises Faults with every fault."""
    reader = Reader()
    top = reader.mapping(data, "")
    reader.only(top, KEYS, "")
    questions = _questions(reader, top.get("questions"))
    survey = Survey(
        id=reader.identifier(top, "id", ""),
        version=reader.counted(top, "version"),
        title=reader.names(top, "title", ""),
        intro=reader.names(top, "intro", ""),
        minutes=reader.counted(top, "minutes"),
        questions=questions,
        schedule=_schedule(reader, top.get("schedule", {"every": "never"})),
        remind_after=_remind_after(reader, top),
    )
    _relevances(reader, questions)
    if reader.faults:
        raise Faults(tuple(reader.faults))
    return survey


def _questions(reader: Reader, value: object) -> tuple[Question, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        reader.wrong("questions", "is no list of questions", "write at least one")
        return ()
    found = tuple(_question(reader, each, f"questions[{at}]") for at, each in enumerate(value))
    seen: set[str] = set()
    for at, question in enumerate(found):
        if question.id in seen:
            reader.wrong(f"questions[{at}].id", f"{question.id} is there twice", "rename one")
        seen.add(question.id)
    return found


def _question(reader: Reader, value: object, path: str) -> Question:
    data = reader.mapping(value, path)
    reader.only(data, QUESTION_KEYS, path)
    dot = f"{path}."
    kind = str(data.get("type", ""))
    options = _options(reader, data.get("options", ()), path)
    question = Question(
        id=reader.identifier(data, "id", dot),
        type=kind,
        text=reader.names(data, "text", dot),
        required=reader.flag(data, "required", dot, True),
        options=options,
        least=reader.whole(data, "least", dot, LEAST.get(kind, 1)),
        most=reader.whole(data, "most", dot, MOST.get(kind, 1) or len(options)),
        low=reader.names(data, "low", dot) if "low" in data else None,
        high=reader.names(data, "high", dot) if "high" in data else None,
        relevant=_relevance(reader, data.get("relevant"), path),
    )
    if kind not in TYPES:
        reader.wrong(f"{dot}type", f"{kind or 'nothing'} is no type", f"use {', '.join(TYPES)}")
        return question
    for fault, remedy in TYPES[kind].faults(question):
        reader.wrong(path, fault, remedy)
    return question


def _options(reader: Reader, value: object, path: str) -> tuple[Option, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        reader.wrong(f"{path}.options", "is no list", "write a list of options")
        return ()
    found = []
    for at, each in enumerate(value):
        where = f"{path}.options[{at}]"
        data = reader.mapping(each, where)
        reader.only(data, frozenset({"value", "label", "alone"}), where)
        name = reader.identifier(data, "value", f"{where}.")
        label = reader.names(data, "label", f"{where}.")
        alone = reader.flag(data, "alone", f"{where}.", False)
        found.append(Option(name, label, alone))
    if len({folded(option.value) for option in found}) < len(found):
        reader.wrong(f"{path}.options", "a value is there twice", "make each value its own")
    if _alike(found):
        reader.wrong(f"{path}.options", "two options read the same", "make each label its own")
    return tuple(found)


def _alike(options: Sequence[Option]) -> bool:
    """Whether two options have one label in a language: nobody could tell them apart."""
    labels = [(tongue, folded(text)) for o in options for tongue, text in o.label.items() if text]
    return len(set(labels)) < len(labels)


def _relevance(reader: Reader, value: object, path: str) -> Relevance | None:
    if value is None:
        return None
    data = reader.mapping(value, f"{path}.relevant")
    reader.only(data, frozenset({"question", "is", "any_of"}), f"{path}.relevant")
    among = data.get("any_of", [data["is"]] if "is" in data else [])
    if not isinstance(among, Sequence) or isinstance(among, str) or not among:
        reader.wrong(f"{path}.relevant", "names no values", "write is: x or any_of: [x, y]")
        among = ()
    return Relevance(str(data.get("question", "")), tuple(word(each) for each in among))


def _relevances(reader: Reader, questions: tuple[Question, ...]) -> None:
    """A condition looks back at a question that was asked, and at values that it can have."""
    before: dict[str, Question] = {}
    for at, question in enumerate(questions):
        rule, path = question.relevant, f"questions[{at}].relevant"
        asked = before.get(rule.question) if rule else None
        if rule and asked is None:
            reader.wrong(path, f"{rule.question} is not asked before", "name an earlier question")
        for value in rule.any_of if rule and asked else ():
            if asked and not _possible(asked, value):
                reader.wrong(path, f"{value} is no answer to {asked.id}", "name one that is")
        before[question.id] = question


def _possible(question: Question, value: str) -> bool:
    if question.type in ("scale", "number"):
        whole = WHOLE.fullmatch(value)
        return whole is not None and question.least <= int(value) <= question.most
    return not question.options or value in {option.value for option in question.options}


def _schedule(reader: Reader, value: object) -> Schedule:
    data = reader.mapping(value, "schedule")
    reader.only(data, SCHEDULE_KEYS, "schedule")
    every = str(data.get("every", ""))
    if every not in EVERY:
        reader.wrong(
            "schedule.every", f"{every or 'nothing'} is no rhythm", f"use {', '.join(EVERY)}"
        )
    week = _week(reader, data, every)
    return Schedule(
        every=every,
        time=_time(reader, data.get("time", "09:00")),
        days=_days(reader, data.get("days", ()), by_weekday=every == "weekly" or week != 0),
        day=_day(reader, data.get("day", 1)),
        at=_moment(reader, data.get("at"), every),
        week=week,
        excluded=_excluded(reader, data.get("except", ())),
        on_holidays=_on_holidays(reader, data.get("holidays", "keep")),
    )


def _remind_after(reader: Reader, data: Mapping[str, Any]) -> int:
    days = reader.whole(data, "remind_after", "", 0)
    if not 0 <= days <= REMINDED:
        reader.wrong("remind_after", f"{days} days is out of range", f"write 0 to {REMINDED}")
    return days


def _week(reader: Reader, data: Mapping[str, Any], every: str) -> int:
    """1 to 4, -1 for the last, 0 where a monthly schedule goes by the day of the month."""
    value = data.get("week")
    if value is None:
        return 0
    if every != "monthly":
        reader.wrong("schedule.week", "is for monthly schedules", "leave it out")
    elif "day" in data:
        reader.wrong("schedule.week", "stands beside a day", "give week and days, or day alone")
    if value == "last":
        return -1
    if type(value) is int and 1 <= value <= 4:
        return value
    reader.wrong("schedule.week", f"{value} is not in every month", "use 1 to 4 or last")
    return 1


def _excluded(reader: Reader, value: object) -> tuple[date, ...]:
    """Days; YAML has made those without quotes into dates already."""
    found = []
    for each in value if isinstance(value, Sequence) and not isinstance(value, str) else (value,):
        try:
            found.append(date.fromisoformat(str(each)))
        except ValueError:
            reader.wrong("schedule.except", f"{each} is no day", "write [2027-01-01, …]")
    return tuple(found)


def _on_holidays(reader: Reader, value: object) -> bool:
    if value not in ("keep", "skip"):
        reader.wrong("schedule.holidays", f"{value} is not known", "use keep or skip")
    return value != "skip"


def _time(reader: Reader, value: object) -> time:
    """Quotes matter: to YAML 20:00 is the number 1200, which would be read as noon."""
    if isinstance(value, str) and CLOCK.fullmatch(value):
        return time.fromisoformat(value)
    reader.wrong("schedule.time", f"{value} is no time", "write '12:30', in quotes")
    return time(9, 0)


def _days(reader: Reader, value: object, by_weekday: bool) -> tuple[int, ...]:
    named = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    if by_weekday and (not named or any(day not in DAYS for day in named)):
        reader.wrong("schedule.days", "are no weekdays", f"use {', '.join(DAYS)}")
        return ()
    return tuple(sorted(DAYS.index(day) for day in named if day in DAYS))


def _day(reader: Reader, value: object) -> int:
    if value == "last":
        return 0
    if type(value) is int and 1 <= value <= 28:
        return value
    reader.wrong("schedule.day", f"{value} is not in every month", "use 1 to 28 or last")
    return 1


def _moment(reader: Reader, value: object, every: str) -> datetime | None:
    if every != "once":
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        reader.wrong("schedule.at", f"{value} is no moment", "write '2026-12-01T09:00', in quotes")
        return None
    if found.tzinfo is not None:
        reader.wrong("schedule.at", "has a zone", "write the city's own time, without a zone")
    return found
