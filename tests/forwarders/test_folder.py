"""Proposals as files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.forwarders.folder import Folder
from bot.model.errors import CityvoiceError, TryLater, Undeliverable
from bot.model.proposal import Forwarding


async def test_a_proposal_becomes_a_file_of_its_document(
    tmp_path: Path, forwarding: Forwarding
) -> None:
    await Folder(tmp_path / "a" / "b").forward(forwarding)
    written = json.loads((tmp_path / "a" / "b" / "P1.json").read_text())
    assert written == forwarding.proposal.document


async def test_chinese_stays_readable_in_the_file(tmp_path: Path, forwarding: Forwarding) -> None:
    await Folder(tmp_path).forward(forwarding)
    assert "路燈故障" in (tmp_path / "P1.json").read_text()


async def test_other_accounts_may_read_the_file(tmp_path: Path, forwarding: Forwarding) -> None:
    await Folder(tmp_path).forward(forwarding)
    assert (tmp_path / "P1.json").stat().st_mode & 0o777 == 0o644


async def test_a_repeat_leaves_one_file_and_nothing_else(
    tmp_path: Path, forwarding: Forwarding
) -> None:
    for _ in range(2):
        await Folder(tmp_path).forward(forwarding)
    assert [path.name for path in tmp_path.iterdir()] == ["P1.json"]


async def test_a_folder_that_cannot_be_written_is_tried_later(
    tmp_path: Path, forwarding: Forwarding
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TryLater, match="cannot write"):
        await Folder(tmp_path / "file").forward(forwarding)


async def test_a_failed_write_leaves_no_part_behind(tmp_path: Path, forwarding: Forwarding) -> None:
    (tmp_path / "P1.json").mkdir()
    with pytest.raises(TryLater):
        await Folder(tmp_path).forward(forwarding)
    assert [path.name for path in tmp_path.iterdir()] == ["P1.json"]


@pytest.mark.parametrize("id", ["../P1", "a/b", "", "."])
async def test_an_id_that_leaves_the_folder_is_refused(
    tmp_path: Path, forwarding: Forwarding, id: str
) -> None:
    outside = replace(forwarding, proposal=replace(forwarding.proposal, id=id))
    with pytest.raises(Undeliverable):
        await Folder(tmp_path).forward(outside)


async def test_the_check_makes_the_folder_and_leaves_it_empty(tmp_path: Path) -> None:
    told = await Folder(tmp_path / "new").check()
    assert (told, list((tmp_path / "new").iterdir())) == (str(tmp_path / "new"), [])


async def test_the_check_tells_of_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CityvoiceError, match="cannot write into"):
        await Folder(tmp_path / "file").check()
