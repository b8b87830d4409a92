"""XLSForm workbooks, as a spreadsheet program saves them."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

Sheets = dict[str, list[list[object]]]

FORM: Sheets = {
    "survey": [
        ["type", "name", "label", "required"],
        ["select_one yes", "use", "您會去圖書館嗎？", True],
        ["integer", "books", "一年借幾本？", False],
    ],
    "choices": [["list_name", "name", "label"], ["yes", 1, "會"], ["yes", 2.0, "不會"]],
    "settings": [["form_title", "form_id"], ["圖書館", "library"]],
}


def workbook(sheets: Sheets) -> bytes:
    book = Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
