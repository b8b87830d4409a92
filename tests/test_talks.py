"""Golden talks: what a citizen says and, word for word, what the bot answers.

`pytest tests/test_talks.py --update` writes the answers anew; read the difference before you
commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.house import House
from bot.talk import Talk, record, written

TALKS = sorted((Path(__file__).parent / "talks").glob("*.yaml"))


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
async def test_a_talk_goes_as_it_is_written(
    file: Path, house: House, request: pytest.FixtureRequest
) -> None:
    golden = yaml.safe_load(file.read_text(encoding="utf-8"))
    talk = Talk.begin(house, "citizen")
    turns = []
    for turn in golden["turns"]:
        said = turn["citizen"]
        content = {"kind": "text", "text": said} if isinstance(said, str) else said
        turns.append(record(said, await talk.say(content)))
    if request.config.getoption("--update"):
        golden = {**golden, "turns": turns}
        file.write_text(written(golden), encoding="utf-8")
    assert golden["turns"] == turns
