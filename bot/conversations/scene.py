"""All that one turn may look at, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.city import City
from bot.model.conversation import Conversation, Idle, Topic
from bot.model.happenings import Happening
from bot.model.messages import Bubble, Choice, Inbound, Style
from bot.model.need import Need
from bot.model.person import Person
from bot.model.report import Report
from bot.model.wording import Wording, named
from intents.answers import Answers
from intents.reading import Place, Reading
from intents.taxonomy import Taxonomy
from surveys.definition import Survey
from surveys.session import Session
from surveys.statements import Ballot


@dataclass(frozen=True, slots=True)
class Desk:
    """What stays the same from turn to turn. `mint` gives unguessable ids of 26 characters.

    `surveys` are the city's as they are now, `editions` those of older versions that were sent.
    `ballot` gives what is put to the vote in a survey's round beside its own statements.
    `form` gives a person's (id) own address of a page for a survey's round, None without pages.
    """

    city: City
    taxonomy: Taxonomy
    wording: Wording
    surveys: Sequence[Survey]
    answers: Answers
    read: Callable[[str], Reading]
    locate: Callable[[float, float], Place | None]
    mint: Callable[[], str]
    editions: Sequence[Survey] = ()
    form: Callable[[str, str, str], str] | None = None
    ballot: Callable[[str, str], Ballot] = lambda survey, round_id: Ballot()


@dataclass(frozen=True, slots=True)
class Facts:
    """What was looked up for this turn, as far as `wants` asked for it.

    `own` are the reports that the person filed or joined, the newest first; `same` open
    reports of the same problem nearby with how many people have it; `staff` the name behind
    a one-time code; `digest` the staff digest as text; `session` the person's own of the survey
    round that was pressed, begun before; `handed` the one that a typed code is for; `alike` how
    many people of the same quota cell have finished the round, None where none is asked about;
    `refused` are the purposes that the person is not to be asked for.
    """

    own: tuple[Report, ...] = ()
    same: tuple[tuple[Report, int], ...] = ()
    staff: str | None = None
    digest: str = ""
    session: Session | None = None
    handed: Session | None = None
    alike: int | None = None
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome: the talk as it now stands, what to remember, what to say."""

    conversation: Conversation
    bubbles: tuple[Bubble, ...] = ()
    happenings: tuple[Happening, ...] = ()

    def then(self, *happenings: Happening) -> Turn:
        """The same turn with more to remember."""
        return replace(self, happenings=(*self.happenings, *happenings))

    def after(self, *bubbles: Bubble) -> Turn:
        """The same turn with bubbles said first."""
        return replace(self, bubbles=(*bubbles, *self.bubbles))


@dataclass(frozen=True, slots=True)
class Scene:
    """One Inbound, who sent it, where the talk stands and what is known.

    `photo` is the key under which a photo in this Inbound will be kept, empty for any other.
    """

    inbound: Inbound
    person: Person
    conversation: Conversation
    facts: Facts
    desk: Desk
    now: datetime
    language: str
    photo: str
    reading: Reading | None = None

    def say(self, key: str, **values: object) -> str:
        """A sentence in the person's language."""
        return self.desk.wording.say(self.language, key, **values)

    def choice(self, key: str, data: str, style: Style = Style.PLAIN, **values: object) -> Choice:
        """A button labelled by the wording."""
        return Choice(self.say(key, **values), data, style)

    def bubble(self, key: str, *choices: Choice, **values: object) -> Bubble:
        """A bubble that says one sentence of the wording."""
        return Bubble(self.say(key, **values), choices=choices)

    def turn(self, topic: Topic, *bubbles: Bubble, happenings: tuple[Happening, ...] = ()) -> Turn:
        """Go on to `topic`, saying `bubbles`."""
        return Turn(replace(self.conversation, topic=topic), bubbles, happenings)

    def at(self, topic: Topic) -> Scene:
        """The same scene with the talk standing elsewhere."""
        return replace(self, conversation=replace(self.conversation, topic=topic))

    def stay(self, *bubbles: Bubble) -> Turn:
        """Leave the talk where it stands, saying `bubbles`."""
        return self.turn(self.conversation.topic, *bubbles)

    def idle(self, *bubbles: Bubble, last_report: str = "") -> Turn:
        """End whatever was going on, saying `bubbles`."""
        return self.turn(Idle(last_report=last_report), *bubbles)

    def city_name(self) -> str:
        """The city as the person calls it."""
        return named(self.desk.city.name, self.language)

    def domain_name(self, domain_id: str | None) -> str:
        """A domain's name in the person's language; the wording's «not sure» for None."""
        domain = self.desk.taxonomy.domain(domain_id) if domain_id else None
        return named(domain.name, self.language) if domain else self.say("report.domain_unknown")

    def kind_name(self, kind_id: str | None) -> str:
        """A kind's name in the person's language, empty where none is known."""
        kind = self.desk.taxonomy.kind(kind_id) if kind_id else None
        return named(kind.name, self.language) if kind else ""

    def what(self, report: Report) -> str:
        """A report in a few words: its kind, else its domain."""
        return about(report, self.desk.taxonomy, self.desk.wording, self.language)


def about(thing: Report | Need, taxonomy: Taxonomy, wording: Wording, language: str) -> str:
    """A report or need in a few words: its kind, else its domain."""
    kind = taxonomy.kind(thing.kind) if thing.kind else None
    known = kind or (taxonomy.domain(thing.domain) if thing.domain else None)
    return named(known.name, language) if known else wording.say(language, "report.domain_unknown")
