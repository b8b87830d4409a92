"""XLSForms become definitions; pyxform, the reference, reads the same questions out of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from surveys.definition import Survey
from surveys.errors import Faults
from surveys.xlsform import Sheets, definition

Table = list[list[str]]


def table(text: str) -> Table:
    """A sheet drawn with bars between the columns."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def form(survey: str, choices: str = "", settings: str = "") -> Sheets:
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    return {name: table(text) for name, text in sheets.items() if text}


def built(sheets: Sheets) -> Survey:
    return definition(sheets, "form")[1]


def faults(sheets: Sheets) -> list[tuple[str, str]]:
    with pytest.raises(Faults) as refused:
        definition(sheets, "form")
    return [(each.path, each.fault) for each in refused.value.faults]


MARKET: Sheets = yaml.safe_load((Path(__file__).parent / "market.yaml").read_text("utf-8"))


def test_a_form_becomes_a_survey() -> None:
    survey = built(MARKET)
    assert (survey.id, survey.version, survey.title, survey.minutes) == (
        "market",
        3,
        {"zh-TW": "逛市場"},
        1,
    )
    assert [(q.id, q.type, q.required) for q in survey.questions] == [
        ("hello", "note", False),
        ("often", "choice", True),
        ("last", "date", True),
        ("goods", "several", False),
        ("goods_other", "text", False),
        ("spent", "number", False),
        ("content", "scale", True),
        ("better", "ranking", False),
        ("wish", "text", False),
    ]


def test_texts_keep_their_languages() -> None:
    question = built(MARKET).question("goods")
    assert (question.text, question.hint) == (
        {"zh-TW": "買了什麼？", "en": "What did you buy?"},
        {"zh-TW": "可複選"},
    )
    assert [o.label["en"] for o in question.options] == ["Greens", "Fish", "Other"]


def test_a_groups_condition_goes_for_each_of_its_questions() -> None:
    survey = built(MARKET)
    assert [survey.question(name).relevant for name in ("last", "spent", "wish")] == [
        "${often} != 'never'",
        "(${often} != 'never') and (selected(${goods}, 'fish'))",
        "${content} < 3",
    ]


def test_constraints_and_what_is_said_of_them_are_kept() -> None:
    survey = built(MARKET)
    assert [survey.question(name).constraint for name in ("last", "spent")] == [
        ". <= today()",
        "(. = int(.)) and (. < 5000)",
    ]
    assert survey.question("last").remark == {"zh-TW": "還沒到呢"}


def test_a_long_range_is_typed_and_a_short_one_a_scale() -> None:
    sheets = form(
        """
        type  | name | label | parameters              | appearance
        range | a    | 一   | start=1 end=5 step=1    | rating
        range | b    | 二   | start=0 end=100 step=5  |
        """
    )
    of = built(sheets)
    assert [(q.type, q.least, q.most, q.stars, q.constraint) for q in of.questions] == [
        ("scale", 1, 5, True, ""),
        ("number", 0, 100, False, "(. - (0)) mod 5 = 0"),
    ]


def test_random_order_is_kept() -> None:
    choices = "list_name | name | label\na | x | 甲\na | y | 乙"
    sheets = form(
        "type | name | label | parameters\nselect_one a | q | 問 | randomize=true", choices
    )
    assert built(sheets).question("q").shuffled


def test_plain_labels_are_in_the_default_language() -> None:
    english = form(
        "type | name | label\ntext | q | Why?", settings="default_language\nEnglish (en)"
    )
    assert [
        built(form("type|name|label\ntext|q|為何？")).question("q").text,
        built(english).question("q").text,
    ] == [
        {"zh-TW": "為何？"},
        {"en": "Why?"},
    ]


def test_every_fault_is_told_at_once_with_its_row() -> None:
    sheets = form(
        """
        type              | name  | label | required | relevant     | default | calculation
        begin repeat      | kids  | 孩子  |          |              |         |
        text              | kid   | 名字  | maybe    |              |         |
        end repeat        |       |       |          |              |         |
        select_one nolist | a     | 一    |          |              |         |
        deviceid          | dev   |       |          |              |         |
        barcode           | b     | 二    |          |              |         |
        text              | c     | 三    |          | ${zzz} = 1   | x       |
        text              | c     |       |          |              |         |
        calculate         | d     |       |          |              |         | 1 + 1
        end group         |       |       |          |              |         |
        """
    )
    assert faults(sheets) == [
        ("survey row 2, type", "a repeat can't be asked in a chat"),
        ("survey row 3, required", "is neither yes nor no"),
        ("survey row 4, type", "a repeat can't be asked in a chat"),
        ("survey row 5, type", "there is no list nolist"),
        ("survey row 6, type", "deviceid is not collected here"),
        ("survey row 7, type", "barcode can't be asked in a chat"),
        ("survey row 8, default", "can't be done in a chat"),
        ("survey row 10, type", "calculate can't be asked in a chat"),
        ("survey row 11, type", "no group is open here"),
        ("survey row 9, label", "has no text by language"),
        ("survey row 9, name", "c is there twice"),
        ("survey row 8, relevant", "zzz is not asked before"),
    ]


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        ({}, ("survey", "is no sheet of this workbook")),
        ({"survey": []}, ("survey", "is no list of questions")),
        (
            form("type|name|label\nbegin group|g|組\ntext|q|問"),
            ("survey row 3, type", "the group is never ended"),
        ),
        (
            form("type|name|label::Klingon\ntext|q|nuq?"),
            ("survey row 2, label::Klingon", "Klingon is no language known here"),
        ),
        (
            form("type|name|label\ntext|q|問", settings="version\nv2"),
            ("settings row 2, version", "v2 is no whole number"),
        ),
        (
            form("type|name|label\nselect_one a|q|問", "list_name|name|label\na|x|甲"),
            ("survey row 2, type", "has fewer than two options"),
        ),
        (
            form("type|name|label\nselect_one a|q|問", "list_name|name|label\na|x|甲\na|y|"),
            ("choices row 3, label", "is empty"),
        ),
        (
            form("type|name|label|media::image\ntext|q|問|a.png"),
            ("survey row 2, media::image", "is not sent with questions"),
        ),
        (
            form("type|name|label|constraint\ntext|q|問|regex(., '.')"),
            ("survey row 2, constraint", "has regex, which is none of"),
        ),
        (
            form("type|name|label|parameters\nrange|q|問|start=a"),
            ("survey row 2, parameters", "are no numbers"),
        ),
        (
            form("type|name|label|parameters\nrange|q|問|start=1 end=nan"),
            ("survey row 2, parameters", "are no numbers"),
        ),
        (
            form("type|name|label|parameters\nrange|q|問|start=1 end=inf"),
            ("survey row 2, parameters", "are no numbers"),
        ),
        (
            form("type|name|label|parameters\nrange|q|問|start=1 end=9 step=0"),
            ("survey row 2, parameters", "have a step of 0"),
        ),
    ],
    ids=lambda given: given[1] if isinstance(given, tuple) else "",
)
def test_a_fault_is_told_where_it_stands(sheets: Sheets, fault: tuple[str, str]) -> None:
    place, what = fault
    assert any((p, f[: len(what)]) == (place, what) for p, f in faults(sheets))


# What pyxform makes of the same sheets

KINDS = {
    "select one": "choice",
    "select all that apply": "several",
    "rank": "ranking",
    "integer": "number",
    "decimal": "number",
    "range": "scale",
    "dateTime": "moment",
    "geopoint": "place",
    "image": "photo",
    "acknowledge": "note",
}


def by_pyxform(sheets: Sheets) -> list[dict[str, Any]]:
    """The questions that pyxform reads, groups opened up."""
    books = {
        f"{name}{part}": value
        for name, rows in sheets.items()
        for part, value in (
            ("", [{c: v for c, v in zip(rows[0], row, strict=False) if v} for row in rows[1:]]),
            ("_header", [dict.fromkeys(rows[0])]),
        )
    }
    whole = workbook_to_json(DefinitionData(fallback_form_name="form", **books), form_name="form")
    return list(_opened(whole["children"]))


def _opened(children: list[dict[str, Any]]) -> Any:
    for child in children:
        if child["type"] in ("group", "repeat"):
            yield from _opened(child["children"])
        elif child["name"] not in ("start", "instanceID", "meta"):
            yield child


def test_pyxform_reads_the_same_questions_types_and_texts() -> None:
    theirs = by_pyxform(MARKET)
    mine = built(MARKET).questions
    assert [(q.id, q.type) for q in mine] == [
        (q["name"], KINDS.get(q["type"], q["type"])) for q in theirs
    ]
    assert [q.text.get("zh-TW") for q in mine if not q.id.endswith("_other")] == [
        q["label"]["中文 (zh-TW)"] for q in theirs if not q["name"].endswith("_other")
    ]


def test_pyxform_reads_the_same_requirements_and_conditions() -> None:
    theirs = {q["name"]: q.get("bind", {}) for q in by_pyxform(MARKET)}
    mine = built(MARKET)
    assert {q.id: q.required for q in mine.questions} == {
        name: bind.get("required") in ("yes", "true()") for name, bind in theirs.items()
    }
    assert {
        name: bind["relevant"].replace("../goods", "${goods}") in mine.question(name).relevant
        for name, bind in theirs.items()
        if "relevant" in bind
    } == {"spent": True, "goods_other": True, "wish": True}
