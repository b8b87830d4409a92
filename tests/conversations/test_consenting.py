"""People agree to surveys, and say what for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.desk import ANN, Talk, desk
from standins.forms import OFTEN, definition
from standins.samples import CITY, NOW

from bot.conversations.scene import Facts
from bot.conversations.turn import Want, prepare
from bot.model.conversation import Conversation
from bot.model.happenings import ConsentChanged, PurposeChanged
from bot.model.messages import Inbound, Tap
from bot.model.person import Consent
from surveys.build import build

PURPOSES = {
    "life": {"zh-TW": "生活與環境", "en": "Life in the city"},
    "plans": {"zh-TW": "規劃與政策", "en": "Plans and policies"},
}
GIVEN = replace(ANN, surveys=Consent.GIVEN)


def talk(refused: set[str] | None = None, purpose: str = "life", **of_city: object) -> Talk:
    """Somebody who agreed to surveys of a city with two purposes, and one survey."""
    walk = build(definition(OFTEN, **({"purpose": purpose} if purpose else {})))
    city = replace(CITY, **{"purposes": PURPOSES, **of_city})
    here = replace(desk(walk), city=city)
    return Talk(here, GIVEN, Facts(refused=frozenset(refused or ())))


def labels(told: Talk) -> list[str]:
    return [choice.label for choice in told.conversation.offered]


def remembered(told: Talk) -> list[object]:
    assert told.last
    return [h for h in told.last.happenings if isinstance(h, ConsentChanged | PurposeChanged)]


def test_who_agrees_is_shown_what_for() -> None:
    told = talk()
    told.taps("consent:yes")
    assert labels(told) == ["✓ 生活與環境", "✓ 規劃與政策"]


def test_where_a_city_names_no_purposes_nothing_is_to_choose() -> None:
    told = talk(purposes={})
    told.taps("consent:yes")
    assert labels(told) == []


def test_what_somebody_did_not_want_before_is_not_ticked() -> None:
    told = talk({"plans"})
    told.taps("consent:yes")
    assert labels(told) == ["✓ 生活與環境", "規劃與政策"]


def test_a_press_takes_a_purpose_away() -> None:
    told = talk()
    told.taps("consent:yes")
    told.press("✓ 規劃與政策")
    assert (remembered(told), labels(told)) == (
        [PurposeChanged("ann", "plans", False, NOW)],
        ["✓ 生活與環境", "規劃與政策"],
    )


def test_another_press_brings_it_back() -> None:
    told = talk({"plans"})
    told.taps("consent:yes")
    told.press("規劃與政策")
    assert (remembered(told), labels(told)[1]) == (
        [PurposeChanged("ann", "plans", True, NOW)],
        "✓ 規劃與政策",
    )


def test_who_wants_a_purpose_after_all_agrees_to_surveys() -> None:
    told = talk({"plans"})
    told.person = replace(ANN, surveys=Consent.REFUSED)
    told.taps("purpose:plans:yes")
    assert remembered(told) == [
        PurposeChanged("ann", "plans", True, NOW),
        ConsentChanged("ann", Consent.GIVEN, NOW),
    ]


def test_not_taking_part_is_said_of_the_surveys_purpose_alone() -> None:
    told = talk()
    said = told.taps("i:walk:r1:no")
    assert (said, remembered(told)) == (
        "好的，之後不會再傳「生活與環境」這一類的問卷給您。",
        [PurposeChanged("ann", "life", False, NOW)],
    )


def test_from_there_every_survey_can_be_refused() -> None:
    told = talk()
    told.taps("i:walk:r1:no")
    told.press("所有問卷都不要")
    assert remembered(told) == [ConsentChanged("ann", Consent.REFUSED, NOW)]


@pytest.mark.parametrize("gone", ["", "moon"])
def test_of_a_survey_without_a_purpose_of_the_citys_it_is_said_of_all(gone: str) -> None:
    told = talk(purpose=gone)
    told.taps("i:walk:r1:no")
    assert remembered(told) == [ConsentChanged("ann", Consent.REFUSED, NOW)]


@pytest.mark.parametrize("data", ["purpose:moon:no", "purpose:", "purpose:life"])
def test_a_made_up_press_changes_nothing(data: str) -> None:
    told = talk()
    told.taps(data)
    changed = [h for h in remembered(told) if getattr(h, "purpose", "") not in PURPOSES]
    assert changed == []


@pytest.mark.parametrize(
    ("data", "wanted"),
    [("consent:yes", True), ("purpose:life:no", True), ("consent:no", False)],
)
def test_what_is_refused_is_looked_up_where_it_is_shown(data: str, wanted: bool) -> None:
    inbound = Inbound("e1", ANN.address, NOW, Tap(data))
    ready = prepare(inbound, ANN, Conversation(), talk().desk)
    assert (Want.REFUSED in ready.wants) == wanted
