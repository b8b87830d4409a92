"""A desk with little on it, and turns taken at it: the rooms without a house around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from standins.samples import CITY, NOW, TAXONOMY, wording

from bot.conversations.scene import Desk, Facts, Turn
from bot.conversations.turn import prepare, turn
from bot.model.conversation import Conversation
from bot.model.happenings import ReportFiled
from bot.model.messages import Address, Content, Inbound, Tap, Text
from bot.model.person import Person
from intents.answers import Answers
from intents.reading import Act, Reading
from surveys.definition import Survey

ANN = Person("ann", Address("simulator", "ann"), "zh-TW")


def minted() -> Callable[[], str]:
    """Ids in the order they are asked for."""
    numbers = count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012}"


def unread(text: str) -> Reading:
    """A reading that says nothing: small talk in Chinese."""
    return Reading(text, "zh-TW", Act.SMALL_TALK)


def desk(*surveys: Survey) -> Desk:
    """A desk that understands nothing and knows these surveys."""
    return Desk(
        city=CITY,
        taxonomy=TAXONOMY,
        wording=wording(),
        surveys=surveys,
        answers=Answers(()),
        read=unread,
        locate=lambda lat, lon: None,
        mint=minted(),
    )


@dataclass
class Talk:
    """One person at a desk; `last` is the latest turn, `facts` what would be looked up."""

    desk: Desk
    person: Person = ANN
    facts: Facts = field(default_factory=Facts)
    conversation: Conversation = field(default_factory=Conversation)
    last: Turn | None = None

    def does(self, content: Content) -> str:
        """The texts that come back, a line each."""
        inbound = Inbound("e1", self.person.address, NOW, content)
        ready = prepare(inbound, self.person, self.conversation, self.desk)
        self.last = turn(ready, self.person, self.conversation, self.facts, self.desk, NOW)
        self.conversation = self.last.conversation
        return "\n".join(bubble.text for bubble in self.last.bubbles)

    def says(self, words: str) -> str:
        """Type; the texts that come back."""
        return self.does(Text(words))

    def taps(self, data: str) -> str:
        """Press a button by its data; the texts that come back."""
        return self.does(Tap(data))

    def press(self, label: str) -> str:
        """Press a button on the screen by its label; the texts that come back."""
        return self.taps(self.data(label))

    def data(self, label: str) -> str:
        """What the button of that label on the screen was sent with."""
        return next(c.data for c in self.conversation.offered if c.label == label)

    def filed(self) -> list[str]:
        """The texts of the reports that the latest turn filed."""
        assert self.last is not None
        return [h.report.text for h in self.last.happenings if isinstance(h, ReportFiled)]

    def knows(self, *surveys: Survey) -> None:
        """The city's surveys are others now."""
        self.desk = replace(self.desk, surveys=surveys)
