"""The report talk: one sentence, a summary, 送出."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from bot.conversations import answering, drafting, further, surveying
from bot.conversations.scene import Scene, Turn
from bot.model.conversation import Asking, Draft, Idle, Reporting
from bot.model.happenings import ReportCorrected, ReportFiled, ReportJoined
from bot.model.messages import Bubble, Choice
from bot.model.number import case_number
from bot.model.report import Report
from bot.model.wording import named
from intents.answers import Entry
from intents.reading import Act, Place, Reply

COURTESIES = {Act.GREETING: "greeting", Act.THANKS: "thanks"}
"""Acts that want a kind word; nothing in them could be a report."""

DOUBTS = {
    Act.QUESTION: "question",
    Act.PRAISE: "praise",
    Act.ABUSE: "abuse",
    Act.SPAM: "spam",
}
"""Acts with an answer of their own that may be reports all the same; the others get help."""

CORRECTION = 15
"""A text this short that names a place corrects the place instead of adding words."""


def said(scene: Scene) -> Turn:
    """A text outside commands and surveys."""
    assert scene.reading is not None
    topic = scene.conversation.topic
    if isinstance(topic, Reporting) and scene.reading.reply:
        return _replied(scene, topic, scene.reading.reply)
    if isinstance(topic, Reporting) and topic.asking is not Asking.WHETHER:
        return _said_while_drafting(scene, topic)
    if entry := answering.asked(scene):
        return _whether(scene, entry)
    if scene.reading.danger in scene.desk.taxonomy.asked_first:
        return _whether(scene)
    if scene.reading.act is Act.REPORT:
        return begin(scene)
    if key := COURTESIES.get(scene.reading.act):
        return scene.stay(scene.bubble(key))
    return _whether(scene)


def invite(scene: Scene) -> Turn:
    """我要反映: how to, or what was begun and not sent yet."""
    topic = scene.conversation.topic
    if isinstance(topic, Reporting) and topic.asking is not Asking.WHETHER:
        return go_on(scene, topic.draft)
    ready = scene if isinstance(topic, Idle) else surveying.shelved(scene).at(Idle())
    return ready.stay(scene.bubble("report.how"))


def begin(scene: Scene) -> Turn:
    """A new draft of the words; a survey that was going on is laid aside.

    Where the words tell several problems, the first is taken up and the others wait.
    """
    first, *others = further.told(scene)
    here = surveying.shelved(scene)
    here = replace(here, conversation=replace(here.conversation, further=tuple(others)))
    if not others:
        return go_on(here, first)
    told = scene.bubble("report.several", count=1 + len(others))
    return go_on(here, first).after(told)


def go_on(scene: Scene, draft: Draft, note: str = "") -> Turn:
    """Ask for the place where it is needed, else show the summary."""
    if drafting.lacks_place(scene, draft):
        what = scene.kind_name(draft.kind) or scene.domain_name(draft.domain)
        asked = drafting.ask_place(scene, draft, "report.ask_place_first", what=what)
        return scene.turn(Reporting(draft, Asking.PLACE), asked)
    if not draft.same:
        draft = drafting.offering(draft, scene.person.id, scene.facts.same)
    shown = drafting.summary(scene, draft, note)
    return scene.turn(Reporting(draft, Asking.CONFIRM), *shown)


def _whether(scene: Scene, entry: Entry | None = None) -> Turn:
    """Not a report as far as we can tell; one press makes it one, so nothing is lost."""
    assert scene.reading is not None
    if not scene.reading.redacted.strip():
        return scene.stay(scene.bubble("help"))
    fresh = drafting.draft(scene, scene.reading)
    button = scene.choice("button.report_it", f"d:{fresh.id}:show")
    asked = answering.answer(scene, entry, button) if entry else _doubt(scene, button)
    return surveying.shelved(scene).turn(Reporting(fresh, Asking.WHETHER), asked)


def _doubt(scene: Scene, button: Choice) -> Bubble:
    """Why nothing is filed; of a question also who answers for what it is about."""
    reading = scene.reading
    assert reading is not None
    if reading.danger:
        return scene.bubble("danger.whether", button)
    bureau = scene.desk.city.bureau_for(reading.domain, reading.kind) if reading.kind else None
    if reading.act is Act.QUESTION and bureau:
        what, who = scene.kind_name(reading.kind), named(bureau.name, scene.language)
        return scene.bubble("question.about", button, what=what, bureau=who)
    return scene.bubble(DOUBTS.get(reading.act, "help"), button)


def _said_while_drafting(scene: Scene, topic: Reporting) -> Turn:
    assert scene.reading is not None
    reading, draft = scene.reading, topic.draft
    if topic.asking is Asking.PLACE:
        return go_on(scene, drafting.placed(draft, _described(scene)))
    if reading.places and len(reading.redacted) <= CORRECTION:
        return go_on(scene, drafting.placed(draft, reading.places[0]))
    if entry := answering.asked(scene):
        return go_on(scene, draft).after(answering.answer(scene, entry))
    if key := COURTESIES.get(reading.act):
        return go_on(scene, draft).after(scene.bubble(key))
    return go_on(scene, drafting.more(scene, draft), scene.say("report.added"))


def _replied(scene: Scene, topic: Reporting, reply: Reply) -> Turn:
    """A short answer to what was asked last, as good as the button that was meant.

    Yes sends nothing while others' reports are on offer: it may mean «me too».
    """
    draft = topic.draft
    match topic.asking, reply:
        case (_, Reply.DECLINE) | (Asking.WHETHER, Reply.AMISS | Reply.UNKNOWN):
            return cancel(scene)
        case Asking.CONFIRM, Reply.AGREE if not draft.same:
            return _file(scene, draft)
        case Asking.CONFIRM, Reply.AMISS:
            return go_on(scene, draft, scene.say("report.amiss"))
        case Asking.PLACE, Reply.UNKNOWN | Reply.AMISS:
            return go_on(scene, replace(draft, placeless=True))
        case _:
            return go_on(scene, draft)


def _described(scene: Scene) -> Place:
    """A place we know, else the person's own words for it: 巷口那家店前面 finds it too."""
    assert scene.reading is not None
    if scene.reading.places:
        return scene.reading.places[0]
    return Place(scene.reading.redacted.strip()[:60], "described")


def cancel(scene: Scene) -> Turn:
    """取消, typed or pressed."""
    if not isinstance(scene.conversation.topic, Reporting):
        return scene.stay(scene.bubble("nothing_to_cancel"))
    return _alone(scene).idle(scene.bubble("report.cancelled"))


def _alone(scene: Scene) -> Scene:
    """The scene with no further problem waiting."""
    return replace(scene, conversation=replace(scene.conversation, further=()))


def next_one(scene: Scene, rest: str) -> Turn:
    """A button under the next problem: `<draft>:yes` or `<draft>:no`; old ones say so kindly."""
    mark, _, answer = rest.partition(":")
    waiting = scene.conversation.further
    if not waiting or waiting[0].id != mark or isinstance(scene.conversation.topic, Reporting):
        return scene.stay(scene.bubble("stale"))
    later = replace(scene, conversation=replace(scene.conversation, further=waiting[1:]))
    if answer == "yes":
        return go_on(surveying.shelved(later), waiting[0])
    return further.offer(later, later.stay(scene.bubble("report.no_further")))


def tapped(scene: Scene, rest: str) -> Turn:
    """A button of the report talk: `<draft>:<what>[:<which>]`; old ones say so kindly."""
    mark, _, action = rest.partition(":")
    topic = scene.conversation.topic
    if not isinstance(topic, Reporting) or topic.draft.id != mark:
        return scene.stay(scene.bubble("stale"))
    what, _, which = action.partition(":")
    return _pressed(scene, topic.draft, what, which)


def _pressed(scene: Scene, draft: Draft, what: str, which: str) -> Turn:
    match what:
        case "send":
            return _file(scene, draft)
        case "place":
            asked = drafting.ask_place(scene, draft, "report.ask_place")
            return scene.turn(Reporting(draft, Asking.PLACE), asked)
        case "domain":
            asked = drafting.ask_domain(scene, draft, _number(which))
            return scene.turn(Reporting(draft, Asking.DOMAIN), asked)
        case "is" if scene.desk.taxonomy.domain(which):
            return go_on(scene, _as_domain(scene, draft, which))
        case "cancel":
            return cancel(scene)
        case "at" if _number(which) < len(drafting.unsettled(scene, draft)):
            return _settle(scene, draft, drafting.unsettled(scene, draft)[_number(which)])
        case "skip":
            return go_on(scene, replace(draft, placeless=True))
        case "show":
            return go_on(scene, draft)
        case "none":
            return _distinct(scene, draft)
        case "same" if _number(which) < len(draft.same):
            return _join(scene, draft, _number(which))
        case _:
            return scene.stay(scene.bubble("stale"))


def _number(which: str) -> int:
    """The number that a button of ours carries; 0 for what nobody's button says."""
    return int(which) if which.isascii() and which.isdecimal() and len(which) < 4 else 0


def _as_domain(scene: Scene, draft: Draft, domain: str) -> Draft:
    """The person's own choice; a kind of another domain goes with it."""
    of_kind = scene.desk.taxonomy.domain_of(draft.kind) if draft.kind else None
    kind = draft.kind if of_kind and of_kind.id == domain else None
    return replace(draft, domain=domain, kind=kind)


def _settle(scene: Scene, draft: Draft, place: Place) -> Turn:
    note = scene.say("report.district_settled", district=place.district, place=place.name)
    return go_on(scene, drafting.placed(draft, place), note)


def _distinct(scene: Scene, draft: Draft) -> Turn:
    shown = drafting.summary(scene, replace(draft, same=()), scene.say("report.not_same"))
    return scene.turn(Reporting(draft, Asking.CONFIRM), *shown)


def _join(scene: Scene, draft: Draft, index: int) -> Turn:
    report, number = draft.same[index]
    said = scene.bubble("report.joined", number=number)
    joined = ReportJoined(report, scene.person.id, scene.now)
    return further.offer(scene, scene.idle(said)).then(joined)


def _file(scene: Scene, draft: Draft) -> Turn:
    report = _report(scene, draft)
    said = scene.bubble("report.filed", number=report.number)
    done = scene.idle(said, last_report=report.number).then(ReportFiled(report))
    if draft.domain is not None and draft.domain != draft.judged:
        done = done.then(_correction(scene, draft, draft.domain))
    return further.offer(scene, done)


def _report(scene: Scene, draft: Draft) -> Report:
    return Report(
        id=scene.desk.mint(),
        number=case_number(scene.desk.city.prefix, UUID(scene.desk.mint()).int),
        person=scene.person.id,
        text=draft.text,
        language=draft.language,
        domain=draft.domain,
        kind=draft.kind,
        confidence=draft.confidence,
        urgency=draft.urgency,
        place=draft.place,
        model=draft.model,
        at=scene.now,
        refs=draft.refs,
        photos=draft.photos,
    )


def _correction(scene: Scene, draft: Draft, domain: str) -> ReportCorrected:
    return ReportCorrected(
        text=draft.text,
        language=draft.language,
        judged=draft.judged,
        domain=domain,
        kind=draft.kind,
        model=draft.model,
        by=scene.person.id,
        at=scene.now,
    )
