"""The staff digest: collected from the stores, daily and on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests.compile import Digest, DigestFacts, Round, compile
from bot.digests.render import text
from bot.model.catalogue import Catalogue
from bot.model.messages import Bubble, Outbound
from bot.model.wording import named
from bot.pipeline.ripen import ripe
from bot.scheduler.due import latest_due
from bot.storage import forwarding, inbox, needs, outbox, people, reports, surveys
from bot.storage.database import Database, Unit

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DigestJob:
    """Sends the digest to every linked staff chat at the city's hour."""

    database: Database
    catalogue: Catalogue
    clock: Callable[[], datetime]
    mint: Callable[[], str]
    said: Callable[[], None]

    async def run(self) -> None:
        """Send today's digest when its hour has come and nobody has sent it."""
        due = latest_due(self._next, self.clock())
        if due is None:
            return
        async with self.database.unit() as unit:
            if await surveys.claim_due(unit, "digest", due):
                await self._send(unit)
        self.said()

    async def send(self) -> int:
        """Send the digest of the last day now; to how many chats."""
        async with self.database.unit() as unit:
            sent = await self._send(unit)
        self.said()
        return sent

    async def collect(self, unit: Unit) -> Digest:
        """The digest of the last day."""
        now = self.clock()
        since = now - DAY
        open_needs = tuple(await needs.all(unit, now))
        rules = self.catalogue.city.ripeness
        facts = DigestFacts(
            since=since,
            until=now,
            reports=tuple(await reports.between(unit, since, now)),
            before=tuple(await reports.between(unit, since - DAY, since)),
            needs=open_needs,
            joined=await needs.gained(unit, since),
            ripe=frozenset(need.id for need in open_needs if ripe(need, rules, now)),
            rounds=await self._rounds(unit),
            undecided=len(await reports.waiting_for_person(unit)),
            stuck=len(await forwarding.stuck(unit)),
            dead=(await inbox.depth(unit)).dead,
        )
        return compile(facts, self.catalogue.city.timezone)

    async def words(self, unit: Unit, language: str) -> str:
        """The digest of the last day as text."""
        spoken = self.catalogue.city.tongue(language)
        digest = await self.collect(unit)
        return text(digest, self.catalogue.wording, self.catalogue.taxonomy, spoken)

    async def _rounds(self, unit: Unit) -> tuple[Round, ...]:
        language = self.catalogue.city.languages[0]
        titles = {s.id: named(s.title, language) for s in self.catalogue.surveys}
        return tuple(
            Round(titles[count.survey], count.invited, count.finished)
            for count in await surveys.counts(unit)
            if count.survey in titles
        )

    async def _send(self, unit: Unit) -> int:
        outbounds: list[Outbound] = []
        for person in await people.staff(unit):
            words = await self.words(unit, person.language or "")
            outbounds.append(Outbound(self.mint(), person.address, (Bubble(words),)))
        await outbox.put(unit, outbounds, self.clock())
        return len(outbounds)

    def _next(self, after: datetime) -> datetime | None:
        """The first digest hour after a moment, by the city's clock."""
        zone = ZoneInfo(self.catalogue.city.timezone)
        hour, minute = map(int, self.catalogue.city.digest_at.split(":"))
        local = after.astimezone(zone)
        today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return today if today > local else today + DAY
