"""`surveys import`: an XLSForm workbook becomes a definition of the city's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from standins.workbooks import FORM, Sheets, workbook


@pytest.fixture
def own(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of surveys of a configuration that may be changed."""
    shutil.copytree(ROOT / "config", here / "config")
    monkeypatch.setenv("CITYVOICE_CONFIG_DIR", str(here / "config"))
    return here / "config" / "surveys"


def saved(file: Path, sheets: Sheets) -> str:
    file.write_bytes(workbook(sheets))
    return str(file)


def test_a_form_is_imported_checked_and_there(cli, own: Path, here: Path):
    ended = cli("surveys", "import", saved(here / "Books 2026.xlsx", FORM))
    assert (ended.status, ended.out) == (
        0,
        f"library, version 1, 2 questions: {own / 'library.yaml'}\n",
    )
    checked = cli("surveys", "check", str(own / "library.yaml"))
    assert checked.out == "library, version 1, 2 questions: no fault\n"
    assert cli("surveys", "results", "library", "--json").lines[0]["id"] == "library"


def test_a_definition_that_is_there_is_replaced_only_when_that_is_said(cli, own: Path, here: Path):
    file = saved(here / "form.xlsx", FORM)
    cli("surveys", "import", file)
    assert cli("surveys", "import", file).mistake == (1, 1, False)
    assert cli("surveys", "import", file, "--replace").status == 0


def test_a_form_without_an_id_is_named_after_its_file(cli, own: Path, here: Path):
    cli("surveys", "import", saved(here / "Books 2026.xlsx", {**FORM, "settings": []}))
    assert (own / "Books_2026.yaml").exists()


def test_every_fault_is_told_with_its_row_and_nothing_is_written(cli, own: Path, here: Path):
    rows = [*FORM["survey"], ["begin repeat", "r", "", ""], ["video", "v", "影片", ""]]
    ended = cli("surveys", "import", saved(here / "form.xlsx", {**FORM, "survey": rows}))
    assert [line.split(" → ")[0] for line in ended.err.splitlines()] == [
        "form.xlsx, survey row 4, type: a repeat can't be asked in a chat",
        "form.xlsx, survey row 5, type: video can't be asked in a chat",
    ]
    assert (ended.status, (own / "library.yaml").exists()) == (1, False)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"type,name,label"])
def test_what_is_no_workbook_is_told(cli, here: Path, content: bytes | None):
    if content is not None:
        (here / "form.xlsx").write_bytes(content)
    assert cli("surveys", "import", "form.xlsx").mistake == (1, 1, False)
