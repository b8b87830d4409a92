"""How a round goes out: what it takes, in one call to many where a channel can, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.channels.base import Channel, Multicasting, Quota
from bot.conversations.surveying import invitation
from bot.model.catalogue import Catalogue
from bot.model.messages import Bubble, Outbound
from bot.model.person import Person
from bot.storage import conversations, multicasts, outbox
from bot.storage.database import Unit
from bot.storage.invitations import MATTERS
from bot.storage.multicasts import Multicast
from surveys.definition import Survey
from surveys.delivery import Lane, Plan
from surveys.schedule import round_ends

Quotas = Mapping[str, Quota]

SHARE = 0.95
"""Of a platform's rate; the rest is for those who are answered while a round goes out."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said of a round: a survey's invitation, or its reminder (`again`).

    With `at_once` the city's quiet hours are not waited for.
    """

    survey: Survey
    round: str
    again: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts down what is to be sent; workers deliver it. `pages` tells whether the city has any
    that surveys can be filled in on."""

    catalogue: Catalogue
    channels: Mapping[str, Channel]
    clock: Callable[[], datetime]
    mint: Callable[[], str]
    pages: bool = False

    @property
    def _tz(self) -> ZoneInfo:
        return ZoneInfo(self.catalogue.city.timezone)

    async def quotas(self) -> Quotas:
        """What each channel that counts has left. Raises TryLater where one can't be asked."""
        asked = {name: await channel.quota() for name, channel in self.channels.items()}
        return {name: quota for name, quota in asked.items() if quota is not None}

    def plan(self, people: Sequence[Person], quotas: Quotas) -> Plan:
        """What a message to each of these people takes; channels that are off take no time."""
        names = sorted({one.address.channel for one in people})
        return Plan(tuple(self._lane(name, people, quotas.get(name)) for name in names))

    def _lane(self, name: str, people: Sequence[Person], quota: Quota | None) -> Lane:
        channel = self.channels.get(name)
        count = sum(one.address.channel == name for one in people)
        rate = channel.capabilities.per_second if channel else float("inf")
        lane = Lane(name, count, rate, price=self.catalogue.city.prices.get(name, 0.0))
        if isinstance(channel, Multicasting):
            lane = replace(lane, per_second=channel.calls, together=channel.together)
        return replace(lane, left=quota.left, limit=quota.limit) if quota else lane

    async def send(self, unit: Unit, letter: Letter, people: Sequence[Person], plan: Plan) -> None:
        """Put it down for all of them, of whom the plan is: now, or in the months to come."""
        for lane in plan.lanes:
            theirs = [one for one in people if one.address.channel == lane.channel]
            channel = self.channels.get(lane.channel)
            if isinstance(channel, Multicasting):
                await self._multicast(unit, letter, theirs, lane)
            else:
                await self._singly(unit, letter, theirs, lane)

    async def _singly(
        self, unit: Unit, letter: Letter, people: Sequence[Person], lane: Lane
    ) -> None:
        """Each second's are due in that second: whoever is answered meanwhile waits for few."""
        now, due = self.clock(), self.due(letter)
        sent = [Outbound(self.mint(), p.address, (self._said(letter, p),)) for p in people]
        await conversations.offer(unit, sent)
        each = max(1, int(min(lane.per_second * SHARE, len(sent))))
        for second, at in enumerate(range(0, len(sent), each)):
            later = due + timedelta(seconds=second)
            await outbox.put(unit, sent[at : at + each], now, later)

    async def _multicast(
        self, unit: Unit, letter: Letter, people: Sequence[Person], lane: Lane
    ) -> None:
        """Who is reached in no month hears of it only by writing before it is too late."""
        waiting, months = iter(people), list(lane.waves())
        for ahead, wave in enumerate(months[:1] if letter.again else months):
            some = list(islice(waiting, wave))
            await self._put(unit, letter, some, lane, self.due(letter, ahead))
        await self._put(unit, letter, list(waiting), lane, self._until(letter))

    async def _put(
        self, unit: Unit, letter: Letter, people: Sequence[Person], lane: Lane, due: datetime
    ) -> None:
        now, until = self.clock(), self._until(letter)
        for said, alike in self._alike(letter, people).items():
            for at in range(0, len(alike), lane.together):
                purpose = letter.survey.purpose
                multicast = Multicast(
                    self.mint(), lane.channel, (said,), due, until, purpose=purpose
                )
                some = alike[at : at + lane.together]
                await multicasts.put(unit, multicast, [one.id for one in some], now)

    def _alike(self, letter: Letter, people: Sequence[Person]) -> Mapping[Bubble, Sequence[Person]]:
        """People by what is said to them, which is one thing in each language."""
        found: dict[Bubble, list[Person]] = {}
        for one in people:
            found.setdefault(self._said(letter, one), []).append(one)
        return found

    def _said(self, letter: Letter, person: Person) -> Bubble:
        language = self.catalogue.city.tongue(person.language)
        wording, survey = self.catalogue.wording, letter.survey
        return invitation(survey, letter.round, wording, language, letter.again, self.pages)

    def due(self, letter: Letter, ahead: int = 0) -> datetime:
        """Now, or the first day of a month to come at the survey's hour; not at night."""
        wall = self.clock().astimezone(self._tz)
        if ahead:
            first = wall.date().replace(day=1)
            for _ in range(ahead):
                first = (first + timedelta(days=31)).replace(day=1)
            wall = datetime.combine(first, letter.survey.schedule.time, self._tz)
        return wall if letter.at_once else self.catalogue.city.awake(wall)

    def _until(self, letter: Letter) -> datetime:
        """When there is no point any more in being invited."""
        ends = round_ends(letter.round, letter.survey.open_for, self._tz)
        return ends or self.clock() + MATTERS
