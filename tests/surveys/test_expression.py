"""Conditions: read, refused with a reason, and reckoned as XPath reckons them."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from surveys.expression import DEEPEST, LONGEST, Unreadable, expected, parse, references
from surveys.reckoning import Result, Situation, holds, reckon, truth

TODAY = date(2026, 11, 27)
SAID = Situation(
    {
        "often": "never",
        "trouble": ("dark", "rain"),
        "content": 4,
        "wait": 7.5,
        "since": "2026-12-01",
        "at": "08:30",
        "skipped": None,
    },
    TODAY,
    itself=12,
)


@pytest.mark.parametrize(
    "source",
    [
        "${often} = 'never'",
        '${often} != "daily"',
        "selected(${trouble}, 'rain') and not(selected(${trouble}, 'rai'))",
        "count-selected(${trouble}) = 2",
        "${content} >= 4 and ${content} < 5",
        "${wait} * 2 = 15",
        ". mod 5 = 2 and . div 4 = 3",
        "${since} > today() and ${since} - 4 = today()",
        "${at} >= '08:00' and ${at} < '09:00'",
        "${skipped} = '' and ${never_asked} = ''",
        "not(${skipped})",
        "coalesce(${skipped}, ${often}) = 'never'",
        "if(${content} > 3, 'good', 'bad') = 'good'",
        "false() or true() and true()",
        "2 + 3 * 4 = 14 and (2 + 3) * 4 = 20 and 10 - 2 - 3 = 5",
        "--3 = 3 and -2 + 3 = 1",
        "int(-7.9) = -7 and round(2.5) = 3 and round(-2.5) = -2",
        "string-length('路燈') = 2 and contains(${often}, 'eve') and starts-with(${often}, 'ne')",
    ],
)
def test_a_true_condition_holds(source: str) -> None:
    assert holds(source, SAID)


@pytest.mark.parametrize(
    "source",
    [
        "${often} = 'daily'",
        "selected(${skipped}, 'a')",
        "${skipped} > 0",
        "${often} < 1",
        "1 div 0 < 1",
    ],
)
def test_a_false_condition_does_not_hold(source: str) -> None:
    assert not holds(source, SAID)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("", "has its end where a value is due (character 1)"),
        ("1 +", "has its end where a value is due (character 4)"),
        ("(1", "has its end where ) is due (character 3)"),
        ("1 2", "has '2' at character 3 too much"),
        ("${often", "can't be read from '${often' on"),
        ("'open", "can't be read from \"'open\" on"),
        ("selected(${a})", "gives selected 1 values in place of 2"),
        ("selected(${a} 'x')", "has 'x' where , is due (character 15)"),
        ("not 1", "has 1 where ( is due (character 5)"),
        ("1 + " * (DEEPEST + 1) + "1", f"has more than {DEEPEST} signs in a row"),
        ("(" * (DEEPEST + 1), f"is nested deeper than {DEEPEST}"),
        ("1" * (LONGEST + 1), f"is longer than {LONGEST} characters"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(source: str, fault: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(source)
    assert str(refused.value) == fault


def test_a_function_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(Unreadable, match=r"has regex, which is none of coalesce, contains"):
        parse("regex(., '(a+)+')")


def test_an_expression_tells_what_it_looks_at_and_holds_it_against() -> None:
    node = parse("selected(${a}, 'x') or 'y' = ${b} and ${a} != 'z' and . > 1")
    assert references(node) == ("a", "b")
    assert list(expected(node)) == [("a", "x"), ("b", "y"), ("a", "z")]


NUMBERS = st.integers(-9, 9).map(str) | st.sampled_from(["0.5", "2.25", "10"])
TEXTS = st.sampled_from(["''", "'a'", "'ab'", "' 7 '", "'-1.5'", "'路燈'"])


def joined(parts: tuple[str, str, str]) -> str:
    return f"({parts[0]} {parts[1]} {parts[2]})"


SIGNS = ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]
# No numbers as texts: libxml2 writes 15 digits, and not as many as tell a number from others.
AROUND = ["number({})", "not({})", "round(number({}))", "-({})"]
BETWEEN = ["contains({}, {})", "starts-with({}, {})"]
LEAVES = st.one_of(
    NUMBERS,
    NUMBERS,
    NUMBERS,
    TEXTS,
    st.tuples(TEXTS, TEXTS).flatmap(
        lambda both: st.sampled_from(BETWEEN).map(lambda form: form.format(*both))
    ),
)


def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Two expressions and a sign between them, sometimes with something around."""
    both = st.tuples(inner, st.sampled_from(SIGNS), inner).map(joined)
    return st.one_of(
        both, both, both, st.tuples(st.sampled_from(AROUND), both).map(lambda p: p[0].format(p[1]))
    )


EXPRESSIONS = st.recursive(LEAVES, wider, max_leaves=6)


def by_xpath(source: str) -> Result:
    found = etree.XPath(source)(etree.Element("root"))
    return found if isinstance(found, bool | float) else str(found)


@given(EXPRESSIONS)
@settings(max_examples=500)
def test_an_expression_comes_to_what_xpath_makes_of_it(source: str) -> None:
    mine = reckon(parse(source), SAID)
    theirs = by_xpath(source)
    if isinstance(theirs, float) and math.isnan(theirs):
        assert isinstance(mine, float)
        assert math.isnan(mine)
    else:
        assert mine == pytest.approx(theirs)


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(source: str) -> None:
    try:
        found = truth(reckon(parse(source), SAID))
    except Unreadable:
        found = False
    assert found in (True, False)
