"""The one entry: a text becomes a Reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from intents.classify import Judgement
from intents.commands import Commands
from intents.errors import NoEncoderError
from intents.features import prepared
from intents.language import language, traditional
from intents.manner import asks, bare, complains
from intents.meaning import Encoder
from intents.model import Model
from intents.nlp import pipeline, read
from intents.normalise import normalise
from intents.places import Gazetteer
from intents.reading import Act, Reading, Reply, Urgency
from intents.redact import redact
from intents.split import several
from intents.taxonomy import Taxonomy

REPORTING = 0.4
"""From this probability on a text is a report."""

DEMANDING = {Act.QUESTION: 0.8, Act.PRAISE: 0.5, Act.THANKS: 0.8, Act.SPAM: 0.2}
"""Acts that speak of the city's matters as reports do: beside them a report must be likelier. To
call a letter an advertisement is the worst mistake: beside spam it need not be so likely."""

DOUBTFUL = 0.2
"""From this probability on it is one if it has a sure domain, or problem and place. Of 98 dangers
of strangers that no word betrays none was below it."""

_COMPLAINING = (Act.QUESTION, Act.PRAISE, Act.THANKS, Act.ABUSE, Act.SMALL_TALK, Act.SPAM)
"""Acts that short complaints are easily taken for."""

_IDLE = (Act.SMALL_TALK, Act.GREETING, Act.ABUSE, Act.SPAM)
"""Acts that ask without wanting to know anything of the city."""

_DOUBTED = (Act.QUESTION, Act.SMALL_TALK, Act.ABUSE)
_UNSURE = (None, None)
_MARKS = re.compile(r"〔[^〕]*〕|\[[a-z ]+\]")
"""What redaction leaves: it says nothing of the problem."""

_CALM = re.compile(r"[\s,.!?~。]+")


class Understander:
    """Reads texts by one taxonomy, gazetteer and model. Texts never make it raise.

    A model that was trained with an encoder needs the same one, else NoEncoderError is raised.
    """

    def __init__(
        self,
        taxonomy: Taxonomy,
        gazetteer: Gazetteer,
        model: Model,
        encoder: Encoder | None = None,
    ) -> None:
        needed, there = model.meaning and model.meaning.encoder, encoder and encoder.name
        if needed and needed != there:
            raise NoEncoderError(f"this model needs {needed}, there is {there or 'no encoder'}")
        self._commands = Commands(taxonomy.commands)
        self._replies = Commands(taxonomy.replies)
        self._phrases = dict(_phrases(taxonomy))
        self._nlp = pipeline(taxonomy, gazetteer, model, encoder)
        self._model = model
        self._emergency = taxonomy.emergency
        self._charges = dict(_charges(taxonomy))

    @property
    def version(self) -> str:
        """The version of the model that judges."""
        return self._model.version

    def read(self, text: str) -> Reading:
        """What the text says, whatever the text."""
        whole = self._whole(text)
        parts = several(whole, self._whole)
        return replace(whole, parts=parts) if parts else whole

    def _whole(self, text: str) -> Reading:
        """The text read as if it told one thing."""
        shown = normalise(text)
        spoken = language(shown)
        redacted, personal = redact(shown, spoken)
        command, reply = self._commands.named(shown), self._replies.named(shown)
        known = self._known(shown, command, reply)
        if known:
            return Reading(
                redacted,
                spoken,
                known,
                command=command,
                reply=Reply(reply) if reply else None,
                model=self.version,
            )
        doc = read(self._nlp, traditional(_MARKS.sub("", redacted) if personal else shown))
        judged: Judgement = doc._.judgement
        urgency, danger = self._alarmed(judged, *doc._.alarm)
        act = self._act(judged, bool(doc._.places), prepared(shown))
        sure = (judged.domain, judged.kind) if judged.kept else self._charges.get(danger, _UNSURE)
        return Reading(
            redacted=redacted,
            language=spoken,
            act=Act.REPORT if danger else act,
            domain=sure[0],
            confidence=judged.confidence,
            scores=judged.scores,
            kind=sure[1],
            places=doc._.places,
            urgency=urgency,
            danger=danger,
            personal=personal,
            model=self.version,
        )

    def _alarmed(
        self, judged: Judgement, urgency: Urgency, danger: str | None
    ) -> tuple[Urgency, str | None]:
        """What words betray, else what the model sees in a text that may be a report at all: of
        thanks with a typing error it once made an accident."""
        if danger or judged.reporting < DOUBTFUL:
            return urgency, danger
        if judged.danger in self._emergency:
            return Urgency.DANGER, judged.danger
        return (Urgency.HIGH if judged.pressing else urgency), None

    def _known(self, shown: str, command: str | None, reply: str | None) -> Act | None:
        """What the text does, where that is sure before anything is judged."""
        if command:
            return Act.COMMAND
        if not shown:
            return Act.EMPTY
        idle = reply or not any(c.isalnum() for c in shown)
        return self._phrases.get(_calm(shown), Act.SMALL_TALK if idle else None)

    def _act(self, judged: Judgement, placed: bool, said: str) -> Act:
        """What the text does. To lose a report is worse than to ask once too often."""
        if asks(said) and (judged.act not in _IDLE or judged.reporting >= DOUBTFUL):
            return Act.QUESTION
        if judged.act in _COMPLAINING and (judged.kept or judged.named) and complains(said):
            return Act.REPORT
        if judged.reporting >= DEMANDING.get(judged.act, REPORTING):
            return Act.REPORT
        if judged.named and judged.act is not Act.QUESTION and bare(said):
            return Act.REPORT
        doubtful = judged.reporting >= DOUBTFUL and judged.act in _DOUBTED
        if doubtful and (judged.kept or (judged.named and placed)):
            return Act.REPORT
        return judged.act


def _phrases(taxonomy: Taxonomy) -> Iterator[tuple[str, Act]]:
    """Texts that are surely no reports, as the city lists them, by their calm form."""
    for act, sentences in taxonomy.not_reports.items():
        for text in (t for some in sentences.values() for t in some):
            yield _calm(text) or text, Act(act)


def _charges(taxonomy: Taxonomy) -> Iterator[tuple[str | None, tuple[str | None, str | None]]]:
    """What each danger is where the domain is unsure: somebody must be told at once."""
    for danger, kind in taxonomy.charges.items():
        if domain := taxonomy.domain_of(kind):
            yield danger, (domain.id, kind)


def _calm(text: str) -> str:
    """Folded, without blanks and end marks."""
    return _CALM.sub("", prepared(text))
