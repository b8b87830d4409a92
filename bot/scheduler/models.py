"""Let a model learn from corrections, and let every process judge by the one that is live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.model.errors import CityvoiceError
from bot.model.happenings import ReportCorrected
from bot.storage import corrections, models
from bot.storage.database import Database
from intents.card import Facts, card, curve, outcome
from intents.evaluate import Gold, evaluate
from intents.gate import Verdict, compare
from intents.lessons import Taught, lessons, split
from intents.meaning import Encoder
from intents.model import Model
from intents.reading import Reading
from intents.taxonomy import Taxonomy
from intents.train import Labelled, fingerprint, train

STAFF = "staff:"
"""What the name of a staff member begins with where a citizen's id could stand."""

log = structlog.get_logger()


class NothingToLearn(CityvoiceError):
    """Nobody corrected anything yet, or nothing since the model at work learned."""


class NoSuchModel(CityvoiceError):
    """No model of that version is kept: see `cityvoice intents models`."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of learning: the candidate's version, the verdict, its card."""

    version: str
    verdict: Verdict
    card: str

    @property
    def outcome(self) -> str:
        """Whether it went live, and why."""
        return outcome(self.verdict)


@dataclass(slots=True)
class ModelsJob:
    """Models that learned. `read` makes a reader of a model, `use` puts one to work here
    (None: the city's own); `encoder` is the one that they learn with."""

    database: Database
    taxonomy: Taxonomy
    clock: Callable[[], datetime]
    read: Callable[[Model], Callable[[str], Reading]]
    use: Callable[[Model | None], None]
    encoder: Encoder | None = None
    _using: str | None = None

    async def run(self) -> None:
        """Judge by the live model from now on, if it learned from the city's present examples."""
        async with self.database.unit() as unit:
            version = await models.live(unit)
            if version == self._using:
                return
            kept = await models.load(unit, version) if version else None
        self._using = version
        if kept and kept[0] != self._fingerprint():
            log.warning("model_outdated", version=version, remedy="cityvoice intents train")
            kept = None
        self.use(Model.load(kept[1]) if kept else None)

    async def learn(self, by: str, step: Callable[[], None]) -> Lesson:
        """Train a candidate with all corrections, and put it to work if it may.

        `step` is called after each of three trainings. Raises NothingToLearn.
        """
        async with self.database.unit() as unit:
            taught = [_taught(one) for one in await corrections.all(unit)]
            kept = {model.version for model in await models.all(unit)}
        learned = lessons(taught, {domain.id for domain in self.taxonomy.domains})
        if not learned or self._fingerprint(learned)[:12] in kept:
            raise NothingToLearn("no correction has come since the last training")
        verdict, unseen, readings = self._compare(learned, step)
        model = train(self.taxonomy, learned, encoder=self.encoder)
        step()
        told = card(self._facts(model.version, learned, verdict, unseen, readings))
        async with self.database.unit() as unit:
            base, now = self._fingerprint(), self.clock()
            await models.keep(unit, model.version, base, model.dump(), told, now)
            if verdict.passed:
                await models.use(unit, model.version, by, now)
        return Lesson(model.version, verdict, told)

    async def roll_back(self, version: str | None, by: str) -> str | None:
        """Judge by an earlier model again, the one before when none is named.

        Gives its version, None for the city's own. Raises NoSuchModel.
        """
        async with self.database.unit() as unit:
            to = version or await models.before(unit)
            if to and await models.card(unit, to) is None:
                raise NoSuchModel(f"no model {to} is kept")
            await models.use(unit, to, by, self.clock())
        return to

    def _fingerprint(self, learned: Sequence[Labelled] = ()) -> str:
        name = self.encoder.name if self.encoder else None
        return fingerprint(self.taxonomy, learned, name)

    def _compare(
        self, learned: Sequence[Labelled], step: Callable[[], None]
    ) -> tuple[Verdict, Sequence[Gold], Sequence[Reading]]:
        """With and without the corrections, both without what is held back."""
        taxonomy, seen, unseen = split(self.taxonomy, learned)
        before = self._readings(train(taxonomy, encoder=self.encoder), unseen)
        step()
        after = self._readings(train(taxonomy, seen, encoder=self.encoder), unseen)
        step()
        right = [_right(unseen, readings) for readings in (before, after)]
        return compare([gold.label for gold in unseen], *right), unseen, after

    def _readings(self, model: Model, unseen: Sequence[Gold]) -> list[Reading]:
        read = self.read(model)
        return [read(gold.text) for gold in unseen]

    def _facts(
        self,
        version: str,
        learned: Sequence[Labelled],
        verdict: Verdict,
        unseen: Sequence[Gold],
        readings: Sequence[Reading],
    ) -> Facts:
        right = _right(unseen, readings)
        return Facts(
            version=version,
            made=self.clock().date().isoformat(),
            examples=Counter(_examples(self.taxonomy)),
            corrections=Counter(one.label for one in learned),
            figures=evaluate(unseen, readings, 0),
            curve=curve([reading.confidence for reading in readings], right),
            verdict=verdict,
        )


def _taught(one: ReportCorrected) -> Taught:
    return Taught(one.text, one.domain, one.language, one.by, one.by.startswith(STAFF))


def _right(unseen: Sequence[Gold], readings: Sequence[Reading]) -> list[bool]:
    """Judged by the best domain, sure or not."""
    return [
        max(reading.scores, key=reading.scores.__getitem__, default="") == gold.label
        for gold, reading in zip(unseen, readings, strict=True)
    ]


def _examples(taxonomy: Taxonomy) -> Iterator[str]:
    for domain in taxonomy.domains:
        for sentences in (domain.examples, *(kind.examples for kind in domain.kinds)):
            for some in sentences.values():
                yield from (domain.id for _ in some)
