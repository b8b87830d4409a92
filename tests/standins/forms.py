"""Surveys for tests: small ones by hand, and any that a definition can hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from surveys.build import build
from surveys.definition import Survey
from surveys.questions.base import folded

PARKED, DARK, RAIN, NONE = "機車擋路", "晚上太暗", "下雨沒地方躲", "都沒有"


def names(text: str, english: str = "") -> dict[str, str]:
    return {"zh-TW": text, "en": english or text}


def option(value: str, label: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "label": names(label), **more}


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "text": names(f"{name}？"), **more}


OFTEN = question("often", "choice", options=[option("daily", "每天"), option("never", "從來不")])
WHY = question(
    "why",
    "choice",
    options=[option("far", "太遠"), option("unsafe", "不安全")],
    relevant={"question": "often", "is": "never"},
)
TROUBLE = question(
    "trouble",
    "several",
    least=1,
    most=2,
    options=[
        option("parked", PARKED),
        option("dark", DARK),
        option("rain", RAIN),
        option("none", NONE, alone=True),
    ],
)
FIRST = question(
    "first",
    "ranking",
    least=2,
    most=2,
    options=[option("lamps", "路燈"), option("pavement", "人行道"), option("buses", "公車班次")],
)
CONTENT = question(
    "content", "scale", least=1, most=5, low=names("很差", "Bad"), high=names("很好", "Good")
)
WISH = question("wish", "text", required=False, most=10)
WALK = (OFTEN, WHY, TROUBLE, CONTENT, WISH)


def definition(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A definition as data, sound where its questions are."""
    whole = {"id": "walk", "title": names("走路"), "intro": names("想了解您走的路。")}
    return {**whole, "questions": list(questions or WALK), **more}


def survey(*questions: dict[str, Any]) -> Survey:
    return build(definition(*questions))


LABELS = st.text("路燈樹公車站好壞一二三 、,AaBb12", min_size=1, max_size=6).filter(str.strip)


@st.composite
def surveys(draw: DrawFn) -> Survey:
    """Any sound survey of up to six questions, with conditions on earlier ones, some texts that
    look back at them, and options in any order."""
    made: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        asked = draw(questions(f"q{number}"))
        conditions = [c for e in made if (c := _condition(e)) is not None]
        if conditions and draw(st.booleans()):
            asked["relevant"] = draw(st.one_of(conditions))
        if draw(st.booleans()):
            before = made[-1].get("block") if made else None
            asked["block"] = draw(st.sampled_from([before or f"b{number}", f"b{number}"]))
        if made and draw(st.booleans()):
            asked["text"] = names(f"${{{draw(st.sampled_from(made))['id']}}}，{number}？")
        made.append(asked)
    return survey(*made)


@st.composite
def questions(draw: DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(DETAILS)))
    shuffled = draw(st.booleans())
    details = draw(DETAILS[kind])
    return question(name, kind, required=draw(st.booleans()), shuffled=shuffled, **details)


def _condition(earlier: dict[str, Any]) -> SearchStrategy[dict[str, Any]] | None:
    if earlier["type"] == "statement":
        values = ["agree", "disagree", "pass"]
    elif "options" in earlier:
        values = [each["value"] for each in earlier["options"]]
    elif earlier["type"] == "scale":
        values = [str(step) for step in range(earlier["least"], earlier["most"] + 1)]
    else:
        return None
    chosen = st.lists(st.sampled_from(values), min_size=1, unique=True)
    return st.builds(lambda among: {"question": earlier["id"], "any_of": among}, chosen)


@st.composite
def options(draw: DrawFn) -> list[dict[str, Any]]:
    labels = draw(st.lists(LABELS, min_size=2, max_size=5, unique_by=folded))
    return [option(f"o{at}", label, alone=draw(st.booleans())) for at, label in enumerate(labels)]


@st.composite
def several(draw: DrawFn) -> dict[str, Any]:
    chosen = draw(options())
    least = draw(st.integers(1, len(chosen)))
    return {"options": chosen, "least": least, "most": draw(st.integers(least, len(chosen)))}


@st.composite
def ranking(draw: DrawFn) -> dict[str, Any]:
    chosen = draw(several())
    return {**chosen, "options": [{**each, "alone": False} for each in chosen["options"]]}


@st.composite
def scale(draw: DrawFn) -> dict[str, Any]:
    least = draw(st.integers(-3, 3))
    ends = draw(
        st.sampled_from([{}, {"low": names("差")}, {"low": names("差"), "high": names("好")}])
    )
    return {"least": least, "most": least + draw(st.integers(1, 10)), **ends}


@st.composite
def words(draw: DrawFn) -> dict[str, Any]:
    least = draw(st.integers(1, 4))
    return {"least": least, "most": least + draw(st.integers(0, 20))}


DETAILS = {
    "choice": st.fixed_dictionaries({"options": options()}),
    "several": several(),
    "scale": scale(),
    "text": words(),
    "yes_no": st.just({"options": [option("yes", "好"), option("no", "不好")]}),
    "number": st.just({"least": -10, "most": 10}),
    "ranking": ranking(),
    "date": st.just({}),
    "time": st.just({}),
    "moment": st.just({}),
    "place": st.just({}),
    "statement": st.just({}),
    "note": st.just({}),
}
