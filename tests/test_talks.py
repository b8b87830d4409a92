"""Golden talks: what a citizen says and, word for word, what the bot answers.

A turn of the `city` instead is the stage that staff move the citizen's case to.

`pytest tests/test_talks.py --update` writes the answers anew; read the difference before you
commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.house import House
from bot.model.report import ReportStage
from bot.talk import NUMBER, Talk, record, written

TALKS = sorted((Path(__file__).parent / "talks").glob("*.yaml"))


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
async def test_a_talk_goes_as_it_is_written(
    file: Path, house: House, request: pytest.FixtureRequest
) -> None:
    golden = yaml.safe_load(file.read_text(encoding="utf-8"))
    talk = Talk.begin(house, "citizen")
    turns, number = [], ""
    for turn in golden["turns"]:
        if stage := turn.get("city"):
            await house.ledger.moves.report(number, ReportStage(stage), "staff")
            turns.append({"city": stage, "bot": record("", await talk.hear())["bot"]})
            continue
        said = turn["citizen"]
        heard = await talk.say({"kind": "text", "text": said} if isinstance(said, str) else said)
        number = next((m[0] for b in heard if (m := NUMBER.search(b["text"]))), number)
        turns.append(record(said, heard))
    if request.config.getoption("--update"):
        golden = {**golden, "turns": turns}
        file.write_text(written(golden), encoding="utf-8")
    assert golden["turns"] == turns
