"""Survey results as tables: rows of CSV, sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from bot.storage.surveys import Given
from surveys.definition import Survey
from surveys.session import Value
from surveys.tally import tally

Cell = str | int | float | None


def cell(value: Value | None) -> str:
    """A value for a spreadsheet, which must not take a citizen's words for a formula."""
    if not isinstance(value, str):
        return "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def workbook(survey: Survey, given: Sequence[Given]) -> bytes:
    """An .xlsx file: a row for each session, and what is counted of each question."""
    from openpyxl import Workbook  # slower to import than most commands are to run

    book = Workbook(write_only=True)
    for title, rows in (
        ("answers", _answers(survey, given)),
        ("counts", _counts(survey, given)),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _answers(survey: Survey, given: Iterable[Given]) -> Iterator[list[Cell]]:
    """A column for each question; numbers stay numbers."""
    columns = [question.id for question in survey.questions]
    yield ["session", "round", "version", *columns]
    sessions: dict[str, tuple[Given, dict[str, Cell]]] = {}
    for each in given:
        value = each.answer.value
        plain = value if isinstance(value, int | float) else cell(value)
        sessions.setdefault(each.session, (each, {}))[1][each.answer.question] = plain
    for first, said in sessions.values():
        yield [first.session, first.round, first.version, *(said.get(c) for c in columns)]


def _counts(survey: Survey, given: Iterable[Given]) -> Iterator[list[Cell]]:
    """A row for each figure; `of` is the option or step that it is about."""
    yield ["question", "figure", "of", "value"]
    for row in tally(survey, (each.answer for each in given)):
        for figure, value in row.items():
            if isinstance(value, dict):
                yield from ([row["id"], figure, of, each] for of, each in value.items())
            elif figure not in ("id", "type", "texts"):
                yield [row["id"], figure, None, value]
