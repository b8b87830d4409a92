"""Definitions as data: sound ones are built, others tell every fault with its path."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.forms import OFTEN, TROUBLE, WHY, definition, names, option, question

from surveys.build import build
from surveys.definition import Option, Schedule
from surveys.errors import Fault, Faults


def faults(data: object) -> list[tuple[str, str]]:
    try:
        build(data)
    except Faults as wrong:
        return [(each.path, each.fault) for each in wrong.faults]
    return []


def asked(**more: Any) -> dict[str, Any]:
    """A definition of one choice with something changed."""
    return definition({**OFTEN, **more})


def rhythm(**schedule: Any) -> dict[str, Any]:
    return definition(schedule=schedule)


def test_a_sound_definition_is_built_whole() -> None:
    built = build(definition(version=3, minutes=2))
    assert (built.id, built.version, built.minutes, len(built.questions)) == ("walk", 3, 2, 5)
    assert built.question("why").relevant == "selected(${often}, 'never')"
    assert built.question("trouble").options[3] == Option(
        "none", names("都沒有"), alone=True, last=True
    )


def test_what_is_not_said_has_a_sensible_preset() -> None:
    bare = {key: value for key, value in TROUBLE.items() if key not in ("least", "most")}
    words = question("wish", "text")
    built = build(definition(bare, words))
    bounds = [(each.least, each.most, each.required) for each in built.questions]
    assert (bounds, built.version, built.schedule) == (
        [(1, 4, True), (1, 500, True)],
        1,
        Schedule("never"),
    )


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ({"every": "daily"}, Schedule("daily")),
        (
            {"every": "weekly", "days": ["fri", "mon"], "time": "12:30"},
            Schedule("weekly", time(12, 30), (0, 4)),
        ),
        ({"every": "monthly", "day": "last"}, Schedule("monthly", day=0)),
        ({"every": "monthly", "day": 28}, Schedule("monthly", day=28)),
        (
            {"every": "once", "at": "2026-12-01T09:00"},
            Schedule("once", at=datetime(2026, 12, 1, 9, 0)),
        ),
        (
            {"every": "once", "at": datetime(2026, 12, 1, 9, 0)},
            Schedule("once", at=datetime(2026, 12, 1, 9, 0)),
        ),
    ],
)
def test_each_rhythm_is_understood(written: dict[str, Any], schedule: Schedule) -> None:
    assert build(rhythm(**written)).schedule == schedule


A, B = option("a", "甲"), option("b", "乙")
FAULTY = [
    (definition(surprise=1), "surprise", "is not known"),
    ({**definition(), "id": "no spaces"}, "id", "is no plain name"),
    ({**definition(), "id": "路"}, "id", "is no plain name"),
    ({**definition(), "id": "x" * 33}, "id", "is longer than 32 characters"),
    (definition(version="1"), "version", "is no whole number"),
    (definition(minutes=True), "minutes", "is no whole number"),
    (definition(minutes=0), "minutes", "is less than 1"),
    (definition(version=-1), "version", "is less than 1"),
    ({**definition(), "title": "走路"}, "title", "has no text by language"),
    ({**definition(), "intro": {"zh-TW": " "}}, "intro", "has no text by language"),
    ({**definition(), "questions": []}, "questions", "is no list of questions"),
    ({**definition(), "questions": "often"}, "questions", "is no list of questions"),
    (definition(OFTEN, OFTEN), "questions[1].id", "often is there twice"),
    (asked(id="a:b"), "questions[0].id", "is no plain name"),
    (asked(text={}), "questions[0].text", "has no text by language"),
    (asked(color="red"), "questions[0].color", "is not known"),
    (asked(type="essay"), "questions[0].type", "essay is no type"),
    (asked(required="no"), "questions[0].required", "is neither true nor false"),
    (asked(least=1.5), "questions[0].least", "is no whole number"),
    (asked(options="a, b"), "questions[0].options", "is no list"),
    (asked(options=[A]), "questions[0]", "has fewer than two options"),
    (asked(options=[A, A]), "questions[0].options", "a value is there twice"),
    (asked(options=[A, option("A", "丙")]), "questions[0].options", "a value is there twice"),
    (asked(options=[A, "b"]), "questions[0].options[1]", "is no mapping"),
    (asked(options=[A, {**B, "x": 1}]), "questions[0].options[1].x", "is not known"),
    (asked(options=[A, {**B, "label": 1}]), "questions[0].options[1].label", "has no text"),
    (asked(options=[A, {**B, "value": True}]), "questions[0].options[1].value", "is true or"),
    (asked(options=[A, {**B, "value": "乙"}]), "questions[0].options[1].value", "is no plain"),
    (asked(options=[A, option("c", "甲")]), "questions[0].options", "two options read the same"),
    (asked(options=[A, {**B, "alone": "x"}]), "questions[0].options[1].alone", "is neither"),
    (definition({**TROUBLE, "most": 9}), "questions[0]", "least and most can't be met"),
    (definition({**TROUBLE, "least": 3}), "questions[0]", "least and most can't be met"),
    (definition({**TROUBLE, "least": 0}), "questions[0]", "least and most can't be met"),
    (
        definition({**TROUBLE, "options": [A, B, option("Done", "丙")]}),
        "questions[0]",
        "done can't be an option's value",
    ),
    (definition(question("q", "scale", least=5)), "questions[0]", "has no 2 to 11 steps"),
    (definition(question("q", "scale", most=12)), "questions[0]", "has no 2 to 11 steps"),
    (definition(question("q", "scale", low="差")), "questions[0].low", "has no text by language"),
    (definition(question("q", "text", least=9, most=8)), "questions[0]", "least and most"),
    (asked(relevant="often"), "questions[0].relevant", "has often, which is none of"),
    (definition(WHY, OFTEN), "questions[0].relevant", "often is not asked before"),
    (asked(relevant={"question": "often", "is": "never"}), "questions[0].relevant", "often is not"),
    (
        definition(OFTEN, {**WHY, "relevant": {"question": "often", "is": "seldom"}}),
        "questions[1].relevant",
        "seldom is no answer to often",
    ),
    (
        definition(question("s", "scale"), {**WHY, "relevant": {"question": "s", "is": 6}}),
        "questions[1].relevant",
        "6 is no answer to s",
    ),
    (
        definition(OFTEN, {**WHY, "relevant": {"question": "often"}}),
        "questions[1].relevant",
        "names no values",
    ),
    (
        definition(OFTEN, {**WHY, "relevant": {"question": "often", "is": "never", "if": 1}}),
        "questions[1].relevant.if",
        "is not known",
    ),
    (
        definition(question("q", "photo"), anonymous=True, open_for=6),
        "anonymous",
        "a photo tells whose it is",
    ),
    (definition(schedule="daily"), "schedule", "is no mapping"),
    (rhythm(every="yearly"), "schedule.every", "yearly is no rhythm"),
    (rhythm(), "schedule.every", "nothing is no rhythm"),
    (rhythm(every="daily", hour=9), "schedule.hour", "is not known"),
    (rhythm(every="daily", after=7), "schedule.after", "is for every: case_done"),
    (rhythm(every="case_done", after=90), "schedule.after", "90 days is out of range"),
    (definition(question("q", "photo"), web=True), "web", "a page takes no photo"),
    (definition(over_quota="cut"), "over_quota", "cut is not known"),
    (rhythm(every="daily", time="25:00"), "schedule.time", "25:00 is no time"),
    (rhythm(every="daily", time="09:00+08:00"), "schedule.time", "09:00+08:00 is no time"),
    (rhythm(every="daily", time=1200), "schedule.time", "1200 is no time"),
    (rhythm(every="weekly"), "schedule.days", "are no weekdays"),
    (rhythm(every="weekly", days="mon"), "schedule.days", "are no weekdays"),
    (rhythm(every="weekly", days=["Monday"]), "schedule.days", "are no weekdays"),
    (rhythm(every="monthly", day=31), "schedule.day", "31 is not in every month"),
    (rhythm(every="once"), "schedule.at", "None is no moment"),
    (rhythm(every="once", at="soon"), "schedule.at", "soon is no moment"),
    (rhythm(every="once", at="2026-12-01T09:00Z"), "schedule.at", "has a zone"),
]


@pytest.mark.parametrize(
    ("data", "path", "fault"), FAULTY, ids=[f"{path}: {fault}" for _, path, fault in FAULTY]
)
def test_a_fault_is_told_where_it_stands(data: object, path: str, fault: str) -> None:
    assert (path, fault) in [(where, what[: len(fault)]) for where, what in faults(data)]


@pytest.mark.parametrize("data", [None, [], "walk", 5, {}])
def test_what_is_no_definition_at_all_is_refused(data: object) -> None:
    assert {"id", "title", "intro", "questions"} <= {path for path, _ in faults(data)}


def test_all_faults_are_told_at_once() -> None:
    bad = definition(
        {**OFTEN, "id": "", "type": "essay"},
        {**TROUBLE, "least": 4},
        title=None,
        version=None,
        schedule={"every": "weekly", "day": 30},
    )
    assert sorted(path for path, _ in faults(bad)) == [
        "questions[0].id",
        "questions[0].type",
        "questions[1]",
        "schedule.day",
        "schedule.days",
        "title",
        "version",
    ]


def test_every_fault_says_what_to_do() -> None:
    with pytest.raises(Faults) as raised:
        build({"questions": [{"type": "scale", "least": 7}], "schedule": 1})
    assert [each for each in raised.value.faults if not each.remedy] == []


def test_a_path_is_also_told_step_by_step() -> None:
    fault = Fault("questions[2].options[0].label", "is empty", "write it")
    assert fault.steps == ("questions", 2, "options", 0, "label")


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["scale"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "options", "value", "relevant", "is", "text", "most"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["questions", "schedule", "title", "id"]), SCRAPS),
    st.lists(SCRAPS, max_size=3),
)
def test_no_data_whatever_makes_it_fail_in_another_way(
    top: dict[str, Any], questions: list[Any]
) -> None:
    assert faults({**top, "questions": questions}) != []


def test_a_schedule_by_week_keeps_off_days_and_holidays() -> None:
    data = rhythm(
        every="monthly", week="last", days=["fri"], time="19:00",
        holidays="skip", **{"except": ["2026-12-25", date(2027, 1, 29)]},
    )  # fmt: skip
    assert build(data).schedule == Schedule(
        "monthly", time(19, 0), (4,), week=-1,
        excluded=(date(2026, 12, 25), date(2027, 1, 29)), on_holidays=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "schedule, found",
    [
        (
            {"every": "weekly", "days": ["mon"], "week": 2},
            [("schedule.week", "is for monthly schedules")],
        ),
        (
            {"every": "monthly", "days": ["mon"], "week": 5},
            [("schedule.week", "5 is not in every month")],
        ),
        (
            {"every": "monthly", "days": ["mon"], "week": 2, "day": 3},
            [("schedule.week", "stands beside a day")],
        ),
        ({"every": "monthly", "week": 2}, [("schedule.days", "are no weekdays")]),
        ({"every": "daily", "except": ["Christmas"]}, [("schedule.except", "Christmas is no day")]),
        ({"every": "daily", "holidays": "off"}, [("schedule.holidays", "off is not known")]),
    ],
)
def test_a_schedule_tells_what_is_wrong_with_its_weeks_and_free_days(
    schedule: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert faults(rhythm(**schedule)) == found


def test_no_option_of_a_ranking_stands_alone() -> None:
    alone = [option("a", "甲"), option("b", "乙", alone=True)]
    asked = definition(question("order", "ranking", options=alone))
    assert faults(asked) == [("questions[0]", "has an option that stands alone")]


@pytest.mark.parametrize("days", [-1, 61])
def test_a_reminder_comes_within_sixty_days(days: int) -> None:
    assert faults(definition(remind_after=days)) == [
        ("remind_after", f"{days} days is out of range")
    ]


@pytest.mark.parametrize(("plain", "expression"), [(True, "true()"), (False, "false()")])
def test_a_condition_can_be_plainly_true_or_false(plain: bool, expression: str) -> None:
    survey = build(definition(OFTEN, question("wish", "text", relevant=plain)))
    assert survey.question("wish").relevant == expression
