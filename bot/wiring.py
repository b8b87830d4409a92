"""Where everything is put together: the only file that knows every concrete class.

Clocks and chance stand here and nowhere else.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from prometheus_client import CollectorRegistry

from bot import catalogue as definitions
from bot.board import Board
from bot.channels import CHANNELS
from bot.channels.base import Channel
from bot.channels.line import Line
from bot.channels.line.menu import Account, Button, Menu
from bot.channels.simulator import Simulator
from bot.channels.telegram import Telegram
from bot.conversations.scene import Desk
from bot.encoder import E5
from bot.forwarders.base import Forwarder
from bot.forwarders.folder import Folder
from bot.forwarders.webhook import Webhook
from bot.house import House, Ledger
from bot.media.keep import Keep
from bot.model.catalogue import Catalogue
from bot.reader import Reader
from bot.reader import own_model as model_in
from bot.scheduler.digests import DigestJob
from bot.scheduler.forwards import ForwardJob
from bot.scheduler.models import ModelsJob
from bot.scheduler.needs import GatherJob
from bot.scheduler.survey_ballots import BallotsJob
from bot.scheduler.survey_offer import OfferJob
from bot.scheduler.survey_results import ResultsJob
from bot.scheduler.survey_rounds import RoundsJob
from bot.scheduler.survey_sending import Sender
from bot.scheduler.tidying import TidyJob
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.vault import Vault
from bot.storage.writer import GroupWriter
from bot.web.doors import Doors
from bot.worker.console import Console
from bot.worker.form import FormWorker, Ticket, sealed
from bot.worker.inbox import InboxWorker
from bot.worker.lookup import Lookup
from bot.worker.loop import Bell
from bot.worker.media import MediaWorker
from bot.worker.moves import Moves
from bot.worker.multicast import MulticastWorker
from bot.worker.outbox import OutboxWorker
from bot.worker.pace import Pace
from intents.meaning import Encoder
from intents.model import Model
from intents.reading import Reading
from intents.understand import Understander

MENU = ("status", "language", "help", "forget")
"""Commands worth a place in a menu."""

PANEL = ("report", "status", "language", "help")
"""Commands on the buttons under a chat, where a platform has such; each has its drawing."""


def now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def mint() -> str:
    """A fresh unguessable id, a UUID: platforms take it as a retry key."""
    return str(uuid4())


def encoder_of(settings: Settings) -> E5 | None:
    """The encoder where the city wants one. Raises Misconfigured when it is not installed."""
    return E5() if settings.embeddings else None


def own_model(settings: Settings, catalogue: Catalogue, encoder: Encoder | None) -> Model:
    """The model of the city's examples; trained when they changed, else loaded."""
    folder = Path(settings.media_dir).parent / "models"
    return model_in(folder, catalogue.taxonomy, encoder, mint)


def reader_of(settings: Settings, catalogue: Catalogue, encoder: Encoder | None) -> Reader:
    """The reader of texts, by the city's own model to begin with."""
    own = own_model(settings, catalogue, encoder)
    return Reader(catalogue.taxonomy, catalogue.gazetteer, own, encoder)


def channels(settings: Settings, demo: bool) -> dict[str, Channel]:
    """The channels that are switched on."""
    on: dict[str, Channel] = {}
    line, telegram = settings.line, settings.telegram
    if line.channel_secret and line.channel_access_token:
        secret = line.channel_secret.get_secret_value()
        token = line.channel_access_token.get_secret_value()
        on["line"] = Line(secret, token, line.api_base, line.data_api_base, now)
    if telegram.token:
        hook = telegram.webhook_secret.get_secret_value() if telegram.webhook_secret else None
        on["telegram"] = Telegram(telegram.token.get_secret_value(), hook, telegram.api_base, now)
    if demo:
        on["simulator"] = Simulator(mint(), now)
    return on


def forwarders(settings: Settings) -> dict[str, Forwarder]:
    """The forwarders that are switched on."""
    on: dict[str, Forwarder] = {"folder": Folder(Path(settings.forward.folder))}
    if settings.forward.webhook_url and settings.forward.webhook_secret:
        secret = settings.forward.webhook_secret.get_secret_value()
        source = settings.public_url or "urn:cityvoice"
        on["webhook"] = Webhook(str(settings.forward.webhook_url), secret, str(source), now)
    return on


def catalogue_of(settings: Settings) -> Catalogue:
    """All of config/, proved sound. Raises Misconfigured with every fault."""
    return definitions.load(Path(settings.config_dir), settings.city, CHANNELS)


def open_database(settings: Settings) -> Database:
    """The database that the settings name, not connected yet."""
    return Database.open(settings.database_url, _vault(settings), mint)


def _vault(settings: Settings) -> Vault:
    assert settings.secret_key is not None
    return Vault(settings.secret_key.get_secret_value())


def desk_of(settings: Settings, catalogue: Catalogue, reader: Reader, board: Board) -> Desk:
    """What the rooms know of the city."""
    return Desk(
        city=catalogue.city,
        taxonomy=catalogue.taxonomy,
        wording=catalogue.wording,
        surveys=board.surveys,
        editions=board.editions,
        answers=catalogue.answers,
        read=reader.read,
        locate=catalogue.gazetteer.locate,
        mint=mint,
        ballot=board.ballots,
        form=partial(_form_page, settings, _vault(settings)) if settings.public_url else None,
    )


def _form_page(settings: Settings, vault: Vault, person: str, survey: str, round_id: str) -> str:
    return f"{settings.public_url}/form/{sealed(vault, Ticket(person, survey, round_id))}"


def _unused(model: Model | None) -> None:
    """Commands read nothing that citizens write."""


@asynccontextmanager
async def open_ledger(settings: Settings) -> AsyncIterator[Ledger]:
    """The stores and jobs without channels and workers: for commands."""
    catalogue, board = catalogue_of(settings), Board()
    database, encoder = open_database(settings), encoder_of(settings)
    on = channels(settings, demo=False)
    ledger = ledger_of(settings, catalogue, database, Bell(), _unused, encoder, on, board)
    try:
        await database.upgrade()
        await ledger.offer.run()
        await ledger.gathering.run()
        yield ledger
    finally:
        await ledger.close()
        for channel in on.values():
            await channel.close()


def ledger_of(
    settings: Settings,
    catalogue: Catalogue,
    database: Database,
    said: Bell,
    use: Callable[[Model | None], None],
    encoder: Encoder | None,
    on: Mapping[str, Channel],
    board: Board,
) -> Ledger:
    """The jobs over a database; `said` is rung when something waits to be sent, `use` puts a
    model to work, `on` are the channels that rounds are planned for, `board` is written on."""
    own, catalogue = catalogue.surveys, replace(catalogue, surveys=board.surveys)
    board.surveys.use(own)
    read = partial(_reading_by, catalogue, encoder)
    sender = Sender(catalogue, on, now, mint, bool(settings.public_url))
    return Ledger(
        catalogue=catalogue,
        database=database,
        gathering=GatherJob(
            database, catalogue.city, catalogue.taxonomy, catalogue.wording, now, mint
        ),
        offer=OfferJob(database, own, board.surveys.use, board.editions.use),
        rounds=RoundsJob(database, catalogue, now, sender, said.ring),
        results=ResultsJob(database, catalogue, _results_page(settings), now, mint, said.ring),
        ballots=BallotsJob(database, catalogue, board.ballots.use),
        digests=DigestJob(database, catalogue, now, mint, said.ring),
        forwarding=ForwardJob(database, forwarders(settings), now),
        tidying=TidyJob(database, Keep(Path(settings.media_dir)), now),
        moves=Moves(
            database, catalogue.city, catalogue.taxonomy, catalogue.wording, now, said.ring
        ),
        models=ModelsJob(database, catalogue.taxonomy, now, read, use, encoder),
        clock=now,
        mint=mint,
    )


def _results_page(settings: Settings) -> str:
    return f"{str(settings.public_url).rstrip('/')}/surveys" if settings.public_url else ""


def _reading_by(
    catalogue: Catalogue, encoder: Encoder | None, model: Model
) -> Callable[[str], Reading]:
    return Understander(catalogue.taxonomy, catalogue.gazetteer, model, encoder).read


async def open_house(settings: Settings, demo: bool) -> House:
    """Everything, ready to run: definitions proved, model loaded, schema up to date."""
    catalogue = catalogue_of(settings)
    encoder = encoder_of(settings)
    reader = await asyncio.to_thread(reader_of, settings, catalogue, encoder)
    database, board = open_database(settings), Board()
    desk = desk_of(settings, catalogue, reader, board)
    await database.upgrade()
    bells = {name: Bell() for name in ("inbox", "outbox", "multicast", "media", "gather")}
    said = bells["outbox"]
    on = channels(settings, demo)
    if "line" in on:
        import linebot.v3.messaging  # noqa: F401  (slow: before the first citizen, not for them)
    ledger = ledger_of(settings, catalogue, database, said, reader.use, encoder, on, board)
    await ledger.offer.run()
    await ledger.models.run()
    await ledger.ballots.run()
    lookup = Lookup(desk, ledger.digests.words)
    keep, pace = Keep(Path(settings.media_dir)), Pace(time.monotonic)
    house = House(
        ledger=ledger,
        channels=on,
        writer=GroupWriter(database, now),
        inbox=InboxWorker(
            database,
            on,
            desk,
            now,
            lookup,
            filed=bells["gather"].ring,
            said=said.ring,
            pictured=bells["media"].ring,
        ),
        outbox=OutboxWorker(database, on, now, pace, said),
        multicast=MulticastWorker(database, on, now, pace, mint, said.ring),
        media=MediaWorker(database, on, keep, catalogue.wording, now, mint, said.ring),
        form=FormWorker(database, desk, lookup, now),
        console=Console(
            database,
            catalogue,
            CHANNELS,
            ledger.offer.run,
            ledger.rounds.plan,
            ledger.rounds.begin,
            now,
        ),
        public_url=settings.public_url and str(settings.public_url),
        bells=bells,
    )
    for channel in on.values():
        if isinstance(channel, Telegram) and settings.telegram.mode == "polling":
            house.pollers.append(partial(channel.poll, house.put))
    await house.recover()
    return house


def doors(house: House) -> Doors:
    """What the web is given of a house."""

    async def ready() -> Mapping[str, bool]:
        return {"database": await house.ledger.database.migrated(), "models": True}

    simulator = house.channels.get("simulator")
    return Doors(
        channels={n: c for n, c in house.channels.items() if n != "simulator"},
        put=house.put,
        ready=ready,
        registry=CollectorRegistry(),
        simulator=simulator if isinstance(simulator, Simulator) else None,
        staff_code=house.ledger.staff_code,
        needs=house.ledger.shown_needs,
        released=house.ledger.released,
        fill=house.form.fill,
        console=house.console,
        secure=str(house.public_url or "").startswith("https"),
        clock=time.perf_counter,
    )


def panel(catalogue: Catalogue) -> Menu:
    """The buttons under a chat in the city's own language; each types a command's own text."""
    language = catalogue.city.languages[0]
    buttons = (Button(n, catalogue.wording.say(language, f"panel.{n}")) for n in PANEL)
    return Menu(catalogue.wording.say(language, "panel.bar"), tuple(buttons))


async def set_up(settings: Settings, catalogue: Catalogue) -> list[str]:
    """Tell each platform where the bot lives and what its menu holds; what was done, by line."""
    done = []
    for name, channel in channels(settings, demo=False).items():
        url = f"{settings.public_url}/webhooks/{name}" if settings.public_url else None
        try:
            if isinstance(channel, Telegram):
                hooked = url if settings.telegram.mode == "webhook" else None
                await channel.setup(hooked, catalogue.wording.menus(MENU))
            done.append(f"{name}: {await channel.check()}")
            if isinstance(channel, Line):
                done += await _set_up_line(settings, catalogue, url)
        finally:
            await channel.close()
    return done


async def _set_up_line(settings: Settings, catalogue: Catalogue, url: str | None) -> list[str]:
    line, fonts = settings.line, Path(settings.config_dir) / "fonts"
    assert line.channel_access_token is not None
    token = line.channel_access_token.get_secret_value()
    account = Account(token, line.api_base, line.data_api_base)
    if url:
        await account.set_webhook(url)
    font = next(iter(sorted(fonts.glob("*.[ot]tf"))), None)
    await account.set_menu(panel(catalogue), font)
    return [] if font else [f"line: its menu has no words, for there is no font in {fonts}"]
