"""The one list of forwarders."""

from __future__ import annotations

from pathlib import Path

import bot.forwarders
from bot.forwarders import FORWARDERS


def test_every_file_of_the_folder_is_in_the_list() -> None:
    folder = Path(bot.forwarders.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "base"}
    assert {forwarder.name for forwarder in FORWARDERS} == files
