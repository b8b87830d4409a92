"""Results: where people left, who said what by what, and what may be published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from standins.forms import (
    CONTENT,
    OFTEN,
    TROUBLE,
    WISH,
    definition,
    option,
    question,
    survey,
    surveys,
)
from standins.releases import PARTED, VOTED
from standins.releases import said as many_said

from surveys.build import build
from surveys.definition import Survey
from surveys.engine import answer, back, begin, skip
from surveys.errors import Faults
from surveys.results import Reached, cross, finished, published, reached, release, weighted, whole
from surveys.session import Answer, Session, SessionState, Value
from surveys.suppression import LEAST

NOW = datetime(2026, 7, 6, tzinfo=UTC)
WALK = survey()
AGREE = question("agree", "statement")


def session(**said: Value | None) -> Session:
    answers = tuple(Answer(name, value, NOW) for name, value in said.items())
    return Session("s", "walk", 1, "r1", "zh-TW", NOW, answers=answers, day=NOW.date())


def test_people_are_counted_up_to_where_they_left() -> None:
    sessions = [
        session(),
        session(often="never"),
        session(often="daily", trouble=("dark",), content=4, wish=None),
        session(often="daily", trouble=("dark",), content=4, wish="樹"),
    ]
    assert reached(WALK, sessions) == (
        Reached("often", 4, 3, 0, 1),
        Reached("why", 1, 0, 0, 1),
        Reached("trouble", 2, 2, 0, 0),
        Reached("content", 2, 2, 0, 0),
        Reached("wish", 2, 1, 1, 0),
    )


def test_what_was_answered_counts_where_the_order_is_no_longer_known() -> None:
    asked = [question(name, "statement", block="b") for name in ("x", "y", "z")]
    parted = [replace(session(y="agree"), seed=str(seed)) for seed in range(50)]
    rows = {row.question: row for row in reached(survey(*asked), parted)}
    assert (rows["y"].answered, rows["x"].left + rows["z"].left) == (50, 50)


def test_answers_are_held_against_each_other() -> None:
    sessions = [
        session(often="daily", trouble=("dark", "rain")),
        session(often="daily", trouble=("dark",)),
        session(often="never", trouble=None),
        session(trouble=("rain",)),
    ]
    table = cross(WALK, sessions, "often", "trouble")
    assert (table.rows, table.columns) == (("daily", "never"), ("parked", "dark", "rain", "none"))
    assert table.cells == ((0, 2, 1, 0), (0, 0, 0, 0))


def test_words_cannot_be_held_against_anything() -> None:
    with pytest.raises(ValueError, match="wish is a text, which has no options to count"):
        cross(WALK, [], "often", "wish")


def test_staff_see_all_of_it() -> None:
    done = session(often="daily", trouble=("dark",), content=4, wish="樹")
    ended = Session(
        **{f: getattr(done, f) for f in done.__slots__} | {"state": SessionState.FINISHED}
    )
    shown = whole(WALK, [ended, session()], by="often")
    assert (shown["people"], shown["finished"], [*shown["crossed"]]) == (
        2,
        1,
        ["why", "trouble", "content"],
    )


def test_only_counts_are_published_and_small_groups_are_hidden() -> None:
    sessions = [
        *(session(agree="agree", trouble=("dark",), content=5, wish="我家") for _ in range(20)),
        *(session(agree="disagree", trouble=("dark", "rain"), content=4) for _ in range(9)),
        *(session(agree="pass", trouble=("none",), content=1) for _ in range(2)),
    ]
    assert published(survey(AGREE, TROUBLE, CONTENT, WISH), sessions) == [
        {
            "id": "agree",
            "type": "statement",
            "people": 31,
            "counts": {"agree": 20, "disagree": None, "pass": None},
        },
        {
            "id": "trouble",
            "type": "several",
            "people": 31,
            "counts": {"parked": 0, "dark": None, "rain": 9, "none": None},
        },
        {
            "id": "content",
            "type": "scale",
            "people": 31,
            "counts": {"1": None, "2": 0, "3": 0, "4": None, "5": 20},
        },
    ]


def test_a_question_that_few_answered_is_not_published() -> None:
    assert published(survey(OFTEN), [session(often="daily")] * (LEAST - 1)) == []


@given(surveys(), st.data())
def test_whoever_saw_a_question_answered_it_skipped_it_or_left(
    of: Survey, data: DataObject
) -> None:
    sessions = [run(of, data) for _ in range(data.draw(st.integers(0, 4)))]
    rows = reached(of, sessions)
    assert all(row.seen == row.answered + row.skipped + row.left for row in rows)
    assert sum(row.left for row in rows) + finished(sessions) == len(sessions)


def run(of: Survey, data: DataObject) -> Session:
    """A session after some moves, wherever they lead."""
    sprint = begin(of, "s", "r1", "zh-TW", NOW, NOW.date())
    for said in data.draw(st.lists(st.sampled_from(["1", "2", "done", "好", "skip", "back"]))):
        if said == "skip":
            sprint = skip(of, sprint.session, NOW)
        elif said == "back":
            sprint = back(of, sprint.session)
        else:
            sprint = answer(of, sprint.session, said, NOW)
    return sprint.session


def test_votes_that_part_people_are_published_as_groups_and_never_as_people() -> None:
    opinions = PARTED["opinions"]
    assert [group["people"] for group in opinions["groups"]] == [15, 9]
    assert opinions["shared"] == ["v2"]
    assert set(opinions) == {"people", "groups", "shared", "divisive"}


def test_a_group_of_few_is_not_published() -> None:
    few = [{"v0": "disagree", "v1": "agree", "v2": "agree"}] * 4
    many = [{"v0": "agree", "v1": "disagree", "v2": "agree"}] * 20
    assert release(VOTED, "r1", many_said(*few, *many))["opinions"] is None


# As the city's people


DISTRICT = question(
    "district",
    "choice",
    options=[option("daan", "大安區"), option("nangang", "南港區"), option("else", "其他")],
)
WEIGHED = build(definition(DISTRICT, AGREE, weigh={"district": "district"}))
PEOPLE = {"district": {"大安區": 300, "南港區": 100}, "sex": {"f": 1, "m": 1}}


def test_answers_are_weighed_as_the_citys_people() -> None:
    sessions = [
        *(session(district="daan", agree="agree") for _ in range(2)),
        *(session(district="nangang", agree="disagree") for _ in range(2)),
    ]
    found = weighted(WEIGHED, sessions, PEOPLE, "zh-TW")
    assert found["questions"][1]["shares"]["agree"]["share"] == 0.75
    assert (found["effect"], found["effective"], found["empty"]) == (1.25, 3.2, ())


def test_a_survey_that_weighs_by_nothing_says_so() -> None:
    with pytest.raises(ValueError, match="weighs by nothing that this city has a population of"):
        weighted(survey(OFTEN), [], PEOPLE, "zh-TW")
    with pytest.raises(ValueError, match="weighs by nothing"):
        weighted(WEIGHED, [], {}, "zh-TW")


def test_it_is_weighed_by_a_question_of_one_choice_only() -> None:
    with pytest.raises(Faults, match="trouble is no question of one choice"):
        build(definition(TROUBLE, weigh={"district": "trouble"}))
