"""What is put to the vote is kept up to date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from standins.forms import definition, question
from standins.rows import NOW, later, met, remember

from bot.ballots import BallotBox
from bot.catalogue import load
from bot.model.happenings import QuestionAnswered, SurveyBegun
from bot.scheduler.survey_ballots import BallotsJob
from bot.storage import statements, surveys
from surveys.build import build
from surveys.session import Answer, Session
from surveys.statements import Ballot

CONFIG = Path(__file__).parents[2] / "config"
VIEWS = [question(f"v{at}", "statement") for at in range(2)]
OWN = question("own", "suggestion", required=False)
SAID = "公園的燈應該亮到半夜。"


async def ballot(database, **more):
    """What is put to the vote after somebody voted and made a statement that was accepted."""
    walk = build(definition(*VIEWS, OWN, **more))
    box = BallotBox()
    job = BallotsJob(database, replace(load(CONFIG, "taipei"), surveys=(walk,)), box.use)
    ann = await met(database)
    session = Session("s1", "walk", 1, "r1", "zh-TW", NOW)
    given = [Answer("v0", "agree", NOW), Answer("own", SAID, NOW)]
    answered = [QuestionAnswered(ann.id, "s1", "walk", 1, each) for each in given]
    await remember(database, SurveyBegun(ann.id, session), *answered)
    async with database.unit() as unit:
        await surveys.invited(unit, "walk", "r1", 1)
        (one,) = await statements.suggested(unit, "walk", ("own",))
        await statements.decide(unit, "walk", one, True, "may", later(60))
    await job.run()
    return box


async def test_accepted_statements_are_on_the_ballot_of_their_round(database):
    box = await ballot(database)
    assert ([each.text for each in box("walk", "r1").added], box("walk", "r2")) == (
        [SAID],
        Ballot(),
    )


async def test_the_order_is_told_where_it_is_to_tell_most(database):
    box = await ballot(database, informative=True)
    (added,) = box("walk", "r1").added
    assert box("walk", "r1").order == (f"own_{added.id}", "v1", "v0")


async def test_elsewhere_the_order_is_the_surveys_own(database):
    assert (await ballot(database))("walk", "r1").order == ()
