"""The one entry of the rooms: an Inbound and where the talk stands in, a Turn out.

The corridor calls `prepare`, looks up what it wants, then calls `turn`. Both are pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.conversations import (
    commanding,
    consenting,
    following_up,
    further,
    reporting,
    showing,
    staffing,
    surveying,
)
from bot.conversations.belonging import Belonging, belonging
from bot.conversations.scene import Desk, Facts, Scene, Turn
from bot.model.conversation import Confirming, Conversation, Idle, Reporting
from bot.model.happenings import LanguageSet, ReachChanged, WordsChanged, WordsTakenBack
from bot.model.messages import (
    Content,
    Edited,
    Followed,
    Inbound,
    Left,
    Location,
    Photo,
    Sticker,
    Tap,
    Text,
    Unreadable,
    Unsent,
)
from bot.model.number import plain
from bot.model.person import Person, Role
from bot.model.report import Problem
from intents.reading import Act, Reading

CODE = re.compile(
    r"(?:/link\s+|/start\s+link-)?([0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4})\s*", re.I
)
"""How a staff member's one-time code looks, typed alone or as a command."""

_ENDS = "。．.!！~～ "

PASSING = (Act.SMALL_TALK, Act.ABUSE, Act.EMPTY)
SAYING = 3
"""Idle letters of fewer words than this say nothing about a person's language."""


class Want(StrEnum):
    """What a turn needs to have looked up."""

    OWN = "own"
    STAFF = "staff"
    DIGEST = "digest"
    SESSION = "session"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ready:
    """An Inbound with typed labels turned into taps, its text understood.

    Open reports of the problem `seek` are to be looked up, as is what it wants; `belongs` is
    the quota cell that its answer puts the person into.
    """

    inbound: Inbound
    reading: Reading | None
    code: str
    wants: frozenset[Want]
    seek: Problem | None
    belongs: Belonging | None = None


def prepare(inbound: Inbound, person: Person, conversation: Conversation, desk: Desk) -> Ready:
    """Understand the words and say what must be looked up before the turn."""
    content = _pressed(inbound.content, conversation)
    words = _words(content)
    reading = desk.read(words) if words else None
    code = CODE.fullmatch(words.strip()) if words else None
    seek = _seek(content, reading, conversation, desk)
    ready = Ready(
        replace(inbound, content=content),
        reading,
        plain(code.group(1)) if code else "",
        frozenset(),
        seek,
    )
    belongs = belonging(content, conversation, desk)
    return replace(ready, wants=_wants(ready, person, conversation), belongs=belongs)


def turn(
    ready: Ready,
    person: Person,
    conversation: Conversation,
    facts: Facts,
    desk: Desk,
    now: datetime,
) -> Turn:
    """Decide what to say and what to remember. Never raises for anything a person sends."""
    language, learnt = _language(ready, person, desk)
    photo = desk.mint() if isinstance(ready.inbound.content, Photo) else ""
    scene = Scene(
        ready.inbound, person, conversation, facts, desk, now, language, photo, ready.reading
    )
    outcome = _warned(scene, _answer(scene, ready))
    if outcome.bubbles:
        offered = tuple(c for b in outcome.bubbles for c in b.choices if c.presses)
        outcome = replace(outcome, conversation=replace(outcome.conversation, offered=offered))
    return replace(outcome, happenings=(*learnt, *outcome.happenings))


def _pressed(content: Content, conversation: Conversation) -> Content:
    """A typed text equal to the label of a button on the screen counts as pressing it, whatever
    the case, with or without an end mark."""
    if not isinstance(content, Text):
        return content
    typed = content.text.strip().rstrip(_ENDS).casefold()
    return next((Tap(c.data) for c in conversation.offered if c.label.casefold() == typed), content)


def _words(content: Content) -> str:
    match content:
        case Text(text) | Edited(_, text):
            return text
        case Photo(_, caption):
            return caption
        case _:
            return ""


def _seek(
    content: Content, reading: Reading | None, conversation: Conversation, desk: Desk
) -> Problem | None:
    """What the summary will be about, as far as it can be known before the turn."""
    if isinstance(content, Tap):
        return _seek_further(content, conversation)
    reading = reading.parts[0] if reading and reading.parts else reading
    draft = conversation.topic.draft if isinstance(conversation.topic, Reporting) else None
    place = draft.place if draft else None
    if isinstance(content, Location):
        place = desk.locate(content.lat, content.lon)
    if reading and reading.places:
        place = reading.places[0]
    if place is None:
        return None
    if draft:
        return Problem(draft.domain, draft.kind, place)
    if reading and reading.act is Act.REPORT and reading.domain:
        return Problem(reading.domain, reading.kind, place)
    return None


def _seek_further(tap: Tap, conversation: Conversation) -> Problem | None:
    """What the next problem will be about, when its button is pressed."""
    waiting = conversation.further
    if not waiting or tap.data != f"n:{waiting[0].id}:yes" or waiting[0].place is None:
        return None
    return Problem(waiting[0].domain, waiting[0].kind, waiting[0].place)


def _wants(ready: Ready, person: Person, conversation: Conversation) -> frozenset[Want]:
    wants = set[Want]()
    reading, content = ready.reading, ready.inbound.content
    if reading and reading.command in ("status", "forget"):
        wants.add(Want.OWN)
    if isinstance(content, Location | Photo) and isinstance(conversation.topic, Idle):
        wants.add(Want.OWN)
    if isinstance(content, Tap) and content.data.startswith(("forget:", "done:")):
        wants.add(Want.OWN)
    if consenting.asks(content) or (reading and reading.command == "surveys_on"):
        wants.add(Want.REFUSED)
    if surveying.pressed(content):
        wants.add(Want.SESSION)
    if ready.code:
        wants.add(Want.STAFF)
    if reading and reading.command == "digest" and person.role is Role.STAFF:
        wants.add(Want.DIGEST)
    return frozenset(wants)


def _language(ready: Ready, person: Person, desk: Desk) -> tuple[str, tuple[LanguageSet, ...]]:
    """The language to answer in: the chosen one, else that of the words, else the last."""
    own = person.language or _of_locale(ready.inbound.locale, desk)
    reading = ready.reading
    if person.chosen or reading is None or reading.command or ready.code:
        return own, ()
    if reading.act in PASSING and len(reading.redacted.split()) < SAYING:
        return own, ()
    if reading.language == own or reading.language not in desk.wording.languages:
        return own, ()
    return reading.language, (LanguageSet(person.id, reading.language, False),)


def _of_locale(locale: str, desk: Desk) -> str:
    first, *others = desk.wording.languages
    spoken = locale.split("-")[0].lower()
    return next((o for o in others if spoken and o.split("-")[0].lower() == spoken), first)


def _answer(scene: Scene, ready: Ready) -> Turn:
    match ready.inbound.content:
        case Left():
            return Turn(scene.conversation).then(ReachChanged(scene.person.id, False))
        case Followed():
            return commanding.welcome(scene).then(ReachChanged(scene.person.id, True))
        case Unsent(ref):
            return _taken_back(scene, ref)
        case Edited(ref, _):
            return _changed(scene, ref)
        case Sticker():
            return scene.stay(scene.bubble("sticker"))
        case Unreadable():
            return scene.stay(scene.bubble("unreadable"))
        case Tap(data):
            return _tapped(scene, data)
        case Location():
            return showing.located(scene)
        case Photo():
            return showing.photographed(scene)
        case Text():
            return staffing.link(scene) if ready.code else _spoken(scene)


def _warned(scene: Scene, outcome: Turn) -> Turn:
    """Danger to life comes before anything else, whatever the talk was about."""
    danger = scene.reading.danger if scene.reading else None
    if danger is None:
        return outcome
    number = scene.desk.taxonomy.emergency[danger]
    return outcome.after(scene.bubble(f"danger.{danger}", number=number))


def _taken_back(scene: Scene, ref: str) -> Turn:
    """Silence is kindest here: the person wanted less said, not more."""
    topic = scene.conversation.topic
    mine = isinstance(topic, Reporting) and ref in topic.draft.refs
    conversation = further.without(scene.conversation, ref)
    conversation = replace(conversation, topic=Idle()) if mine else conversation
    return Turn(conversation).then(WordsTakenBack(scene.person.id, ref, scene.now))


def _changed(scene: Scene, ref: str) -> Turn:
    topic = scene.conversation.topic
    if isinstance(topic, Reporting) and topic.draft.refs == (ref,):
        return reporting.begin(scene)
    redacted = scene.reading.redacted if scene.reading else ""
    changed = WordsChanged(scene.person.id, ref, redacted, scene.now)
    here = replace(scene, conversation=further.without(scene.conversation, ref))
    return here.stay(scene.bubble("report.edited")).then(changed)


def _tapped(scene: Scene, data: str) -> Turn:
    """Each room owns the first word of its buttons' data."""
    rooms = {
        "d": reporting.tapped,
        "n": reporting.next_one,
        "s": surveying.tapped,
        "i": surveying.invited,
        "consent": consenting.consented,
        "purpose": consenting.wanted,
        "forget": following_up.confirmed,
        "done": following_up.judged,
        "lang": commanding.chosen,
    }
    head, _, rest = data.partition(":")
    room = rooms.get(head)
    return room(scene, rest) if room else scene.stay(scene.bubble("stale"))


def _spoken(scene: Scene) -> Turn:
    assert scene.reading is not None or not _words(scene.inbound.content)
    if scene.reading is None:
        return commanding.unsure(scene)
    if scene.reading.command:
        return commanding.obey(scene, scene.reading.command)
    if isinstance(scene.conversation.topic, Confirming):
        return following_up.unconfirmed(scene)
    if surveying.answering(scene):
        return surveying.said(scene)
    return reporting.said(scene)
