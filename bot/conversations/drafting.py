"""A report before it is sent: made from words, changed, shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversations.scene import Scene
from bot.model.conversation import Draft, Idle
from bot.model.messages import Bubble, Choice, Photo, Style
from bot.model.report import Report
from intents.reading import Place, Reading, Urgency
from intents.taxonomy import PlaceNeed

SHOWN = 200
"""Characters of the text repeated in the summary."""

PAGE = 7
"""Domains shown at once: few enough to read, and within every channel's buttons."""


def draft(scene: Scene, reading: Reading) -> Draft:
    """A new draft of the words, with the photos and place that were sent ahead of them."""
    topic = scene.conversation.topic
    ahead = topic if isinstance(topic, Idle) else Idle()
    return Draft(
        id=scene.desk.mint()[:8],
        text=reading.redacted,
        language=reading.language,
        domain=reading.domain,
        judged=reading.domain,
        kind=reading.kind,
        confidence=reading.confidence,
        urgency=reading.urgency,
        place=reading.places[0] if reading.places else ahead.place,
        model=reading.model,
        at=scene.now,
        ranked=tuple(sorted(reading.scores, key=lambda d: -reading.scores[d])),
        refs=_refs(scene),
        photos=(*ahead.photos, *photo_of(scene)),
    )


def photo_of(scene: Scene) -> tuple[str, ...]:
    """The key under which the photo of this Inbound will be kept: its id is its own."""
    return (scene.photo,) if isinstance(scene.inbound.content, Photo) else ()


def _refs(scene: Scene) -> tuple[str, ...]:
    return (scene.inbound.ref,) if scene.inbound.ref else ()


def more(scene: Scene, old: Draft) -> Draft:
    """The draft with further words: read again as a whole, keeping what was chosen."""
    assert scene.reading is not None
    text = f"{old.text}\n{scene.reading.redacted}"
    reading = scene.desk.read(text)
    fresh = draft(scene, reading)
    corrected = old.domain != old.judged
    return replace(
        fresh,
        id=old.id,
        text=text,
        domain=old.domain if corrected or reading.abstained else reading.domain,
        kind=old.kind if corrected else reading.kind or old.kind,
        place=scene.reading.places[0] if scene.reading.places else old.place,
        placeless=old.placeless,
        refs=(*old.refs, *_refs(scene)),
        photos=(*old.photos, *photo_of(scene)),
    )


def placed(old: Draft, place: Place) -> Draft:
    """The draft at another place."""
    return replace(old, place=place, placeless=False)


def lacks_place(scene: Scene, old: Draft) -> bool:
    """Whether a crew could not find the problem, and the person was not asked yet."""
    kind = scene.desk.taxonomy.kind(old.kind) if old.kind else None
    needed = kind is not None and kind.place is PlaceNeed.NEEDED
    return needed and old.place is None and not old.placeless


def offering(old: Draft, person: str, same: tuple[tuple[Report, int], ...]) -> Draft:
    """The draft with the reports of others that may be the same problem, three at most."""
    others = [report for report, _ in same if report.person != person]
    return replace(old, same=tuple((r.id, r.number) for r in others[:3]))


def summary(scene: Scene, shown: Draft, note: str = "") -> tuple[Bubble, ...]:
    """What the bot understood, with 送出 first; before it, reports that may be the same."""
    facts = [(scene.say("report.fact.domain"), scene.domain_name(shown.domain))]
    if kind := scene.kind_name(shown.kind):
        facts.append((scene.say("report.fact.kind"), kind))
    place = shown.place.name if shown.place else scene.say("report.place_unknown")
    facts.append((scene.say("report.fact.place"), place))
    facts.append((scene.say("report.fact.text"), short(shown.text)))
    if shown.photos:
        count = scene.say("report.photos", count=len(shown.photos))
        facts.append((scene.say("report.fact.photos"), count))
    urgent = shown.urgency is not Urgency.NORMAL
    ask = scene.say("report.confirm_urgent" if urgent else "report.confirm")
    which = scene.say("report.which_district", place=place) if unsettled(scene, shown) else ""
    text = "\n".join(filter(None, (note, which, ask)))
    card = Bubble(text, scene.say("report.title"), tuple(facts), _buttons(scene, shown))
    return (*_others(scene, shown), card)


def short(text: str) -> str:
    """As much of a text as a bubble repeats."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _buttons(scene: Scene, shown: Draft) -> tuple[Choice, ...]:
    return (
        scene.choice("button.send", f"d:{shown.id}:send", Style.PRIMARY),
        *_districts(scene, shown),
        scene.choice("button.place", f"d:{shown.id}:place"),
        scene.choice("button.domain", f"d:{shown.id}:domain:0"),
        scene.choice("button.cancel", f"d:{shown.id}:cancel"),
    )


def unsettled(scene: Scene, shown: Draft) -> tuple[Place, ...]:
    """The places that the draft's may be, one for each district; none where it is certain or
    where the problem has no place."""
    kind = scene.desk.taxonomy.kind(shown.kind) if shown.kind else None
    if shown.place is None or (kind is not None and kind.place is PlaceNeed.NONE):
        return ()
    return tuple(place for place in shown.place.candidates if place.district)


def _districts(scene: Scene, shown: Draft) -> Iterator[Choice]:
    """A button for each: who knows presses it, who doesn't sends without."""
    for index, place in enumerate(unsettled(scene, shown)):
        yield Choice(place.district or "", f"d:{shown.id}:at:{index}")


def _others(scene: Scene, shown: Draft) -> tuple[Bubble, ...]:
    found = {report.id: (report, people) for report, people in scene.facts.same}
    known = [found[key] for key, _ in shown.same if key in found]
    if not known:
        return ()
    lines = [scene.say("report.same")]
    choices = []
    for index, (report, people) in enumerate(known, 1):
        place = report.place.name if report.place else scene.say("report.place_unknown")
        lines.append(
            scene.say(
                "report.same_line",
                index=index,
                title=scene.what(report),
                place=place,
                people=people,
            )
        )
        choices.append(scene.choice("button.me_too", f"d:{shown.id}:same:{index - 1}", index=index))
    choices.append(scene.choice("button.none_of_them", f"d:{shown.id}:none"))
    return (Bubble("\n".join(lines), choices=tuple(choices)),)


def ask_place(scene: Scene, shown: Draft, key: str, **values: object) -> Bubble:
    """Ask where, with a way to share the location and one to skip."""
    share = Choice(scene.say("button.share"), shares_location=True)
    skip = scene.choice("button.skip", f"d:{shown.id}:skip")
    return scene.bubble(key, share, skip, **values)


def ask_domain(scene: Scene, shown: Draft, page: int) -> Bubble:
    """Offer the domains, the likeliest first, a page at a time."""
    known = [domain.id for domain in scene.desk.taxonomy.domains]
    ranked = [d for d in shown.ranked if d in known] + [d for d in known if d not in shown.ranked]
    pages = -(-len(ranked) // PAGE)
    page %= pages
    choices = [
        Choice(scene.domain_name(d), f"d:{shown.id}:is:{d}")
        for d in ranked[page * PAGE : (page + 1) * PAGE]
    ]
    choices.append(scene.choice("button.more", f"d:{shown.id}:domain:{page + 1}"))
    return scene.bubble("report.ask_domain", *choices)
