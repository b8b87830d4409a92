"""The learning loop: corrections, the gate, the card, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.rows import NOW, remember
from standins.samples import TAXONOMY

from bot.model.happenings import ReportCorrected
from bot.scheduler.models import ModelsJob, NoSuchModel, NothingToLearn
from bot.storage import models
from intents.lessons import held_back
from intents.places import Gazetteer
from intents.train import train
from intents.understand import Understander

LAMPS = tuple(f"{where}的路燈{how}" for where in "東南西北前後" for how in ("不亮", "壞了", "很暗"))
BUSES = tuple(
    f"{line}路公車{how}" for line in range(270, 276) for how in ("誤點", "過站不停", "太擠")
)
BOATS = tuple(
    f"{where}邊的渡船{how}" for where in "河湖溪港岸海" for how in ("沒開", "停駛", "客滿")
)
URBAN, TRANSPORT = TAXONOMY.domains


def known(domain, examples):
    first, *others = domain.kinds
    return replace(domain, kinds=(replace(first, examples={"zh-TW": examples}), *others))


CITY = replace(TAXONOMY, domains=(known(URBAN, LAMPS), known(TRANSPORT, BUSES)))


def reader(model):
    return Understander(CITY, Gazetteer((), ()), model).read


class Work:
    """What judges in this process."""

    def __init__(self):
        self.version = "city"

    def use(self, model):
        self.version = model.version if model else "city"


@pytest.fixture
def work():
    return Work()


@pytest.fixture
def job(database, work):
    return ModelsJob(database, CITY, lambda: NOW, reader, work.use)


def corrected(text, domain, by="ann"):
    return ReportCorrected(text, "zh-TW", "urban", domain, None, "m", by, NOW)


async def teach(database, domain="transport", by="staff:may"):
    """Ferries, of which the city's examples know nothing."""
    await remember(database, *(corrected(text, domain, by) for text in BOATS))


async def learn(job):
    return await job.learn("may", lambda: None)


async def test_corrections_that_help_go_live(database, job, work):
    await teach(database)
    lesson = await learn(job)
    await job.run()
    assert (lesson.verdict.passed, work.version) == (True, lesson.version)


async def test_corrections_that_help_are_understood_from_then_on(database, job):
    await teach(database)
    lesson = await learn(job)
    unseen = [text for text in BOATS if held_back(text)]
    assert (lesson.verdict.whole.after - lesson.verdict.whole.before) >= 1
    assert unseen


async def test_corrections_that_do_harm_stay_out_and_it_is_said_why(database, job, work):
    await remember(database, *(corrected(text, "transport", "staff:may") for text in LAMPS))
    lesson = await learn(job)
    await job.run()
    assert (work.version, lesson.verdict.passed) == ("city", False)
    assert lesson.outcome.startswith("It stays out: ")


async def test_one_citizen_alone_teaches_little(database, job):
    await teach(database, by="ann")
    lesson = await learn(job)
    assert "and 18 corrections" in lesson.card


async def test_without_a_correction_there_is_nothing_to_learn(job):
    with pytest.raises(NothingToLearn):
        await learn(job)


async def test_the_same_corrections_are_learned_once(database, job):
    await teach(database)
    await learn(job)
    with pytest.raises(NothingToLearn):
        await learn(job)


async def test_each_model_has_a_card(database, job):
    await teach(database)
    lesson = await learn(job)
    async with database.unit() as unit:
        assert await models.card(unit, lesson.version) == lesson.card


async def test_a_step_is_told_after_each_training(database, job):
    await teach(database)
    steps = []
    await job.learn("may", lambda: steps.append("."))
    assert len(steps) == 3


async def test_a_model_that_went_live_is_taken_back_in_one_go(database, job, work):
    await teach(database)
    await learn(job)
    await job.run()
    assert await job.roll_back(None, "may") is None
    await job.run()
    assert work.version == "city"


async def test_a_model_of_the_past_is_named_to_judge_again(database, job, work):
    await teach(database)
    lesson = await learn(job)
    await job.roll_back(None, "may")
    assert await job.roll_back(lesson.version, "may") == lesson.version
    await job.run()
    assert work.version == lesson.version


async def test_a_model_that_is_not_kept_cannot_judge(job):
    with pytest.raises(NoSuchModel):
        await job.roll_back("nobody", "may")


async def test_a_model_of_other_examples_than_the_citys_does_not_judge(database, job, work):
    await teach(database)
    await learn(job)
    job.taxonomy = TAXONOMY
    await job.run()
    assert work.version == "city"


def test_a_model_with_lessons_has_another_version():
    from intents.train import Labelled

    lessons = [Labelled(text, "transport", "zh-TW") for text in BOATS]
    assert train(CITY).version != train(CITY, lessons).version
