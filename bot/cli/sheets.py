"""Survey results as tables: cells of CSV, sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from surveys.definition import Survey
from surveys.questions.base import named
from surveys.session import Session, Value

Cell = str | int | float | None


def cell(value: Value | None) -> str:
    """A value for a spreadsheet, which must not take a citizen's words for a formula."""
    if not isinstance(value, str):
        return "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def workbook(survey: Survey, sessions: Sequence[Session], shown: Mapping[str, Any]) -> bytes:
    """An .xlsx file of what `surveys.results.whole` shows.

    A row for each person, what is counted of each question, where people left, the labels of
    questions and values as statistics programs take them, and the cross tables if there are any.
    """
    from openpyxl import Workbook  # slower to import than most commands are to run

    book = Workbook(write_only=True)
    sheets = {
        "answers": _answers(survey, sessions),
        "counts": _counts(shown["questions"]),
        "reached": _reached(shown["reached"]),
        "labels": _labels(survey),
    }
    if "crossed" in shown:
        sheets["crossed"] = _crossed(shown["crossed"])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _answers(survey: Survey, sessions: Sequence[Session]) -> Iterator[list[Cell]]:
    """A column for each question; numbers stay numbers."""
    columns = [question.id for question in survey.questions]
    yield ["session", "round", "version", *columns]
    for session in sessions:
        given = {answer.question: answer.value for answer in session.answers}
        said = [given.get(column) for column in columns]
        yield [session.id, session.round, session.version, *(_number_or_text(v) for v in said)]


def _number_or_text(value: Value | None) -> Cell:
    if value is None or isinstance(value, int | float):
        return value
    return cell(value)


def _counts(questions: Sequence[Mapping[str, Any]]) -> Iterator[list[Cell]]:
    """A row for each figure; `of` is the option or step that it is about."""
    yield ["question", "figure", "of", "value"]
    for row in questions:
        for figure, value in row.items():
            if isinstance(value, dict):
                yield from ([row["id"], figure, of, each] for of, each in value.items())
            elif figure not in ("id", "type", "texts"):
                yield [row["id"], figure, None, value]


def _reached(rows: Sequence[Any]) -> Iterator[list[Cell]]:
    yield ["question", "seen", "answered", "skipped", "left"]
    for row in rows:
        yield [row.question, row.seen, row.answered, row.skipped, row.left]


def _labels(survey: Survey) -> Iterator[list[Cell]]:
    """Variable and value labels, a row for each in every language."""
    yield ["variable", "value", "language", "label"]
    for question in survey.questions:
        for language in survey.title:
            yield [question.id, None, language, cell(named(question.text, language))]
            for option in question.options:
                yield [question.id, option.value, language, cell(named(option.label, language))]


def _crossed(tables: Mapping[str, Any]) -> Iterator[list[Cell]]:
    """Each question's table below the one before."""
    for of, table in tables.items():
        yield [of, *table.columns]
        for row, counts in zip(table.rows, table.cells, strict=True):
            yield [row, *counts]
        yield []
