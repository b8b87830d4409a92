"""An .xlsx workbook as texts: per sheet its rows."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from bot.model.errors import CityvoiceError

LARGEST = 5 * 1024 * 1024
"""Bytes of a workbook; a form of thousands of questions is smaller."""

ROWS, COLUMNS = 5_000, 60
"""What is read of a sheet: a small file can claim a million rows."""


def book(file: Path) -> dict[str, list[list[str]]]:
    """The sheets by name in small letters. Raises CityvoiceError for anything but a workbook."""
    if not file.is_file():
        raise CityvoiceError(f"there is no file {file}")
    if file.stat().st_size > LARGEST:
        raise CityvoiceError(f"{file} is larger than {LARGEST // 1024 // 1024} MB: is it a form?")
    return opened(file.read_bytes(), str(file))


def opened(content: bytes, name: str) -> dict[str, list[list[str]]]:
    """The sheets of a file's content; `name` is what faults call it."""
    from openpyxl import load_workbook  # slower to import than most commands are to run
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return {
            sheet.title.strip().lower(): [
                [text(cell) for cell in row]
                for row in sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
            ]
            for sheet in workbook.worksheets
        }
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as wrong:
        message = f"{name} can't be read as an .xlsx workbook: save it as one ({wrong})"
        raise CityvoiceError(message) from None


def text(cell: object) -> str:
    """A cell as it is read aloud: 1 and not 1.0, true and not TRUE."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
