"""What is shown besides words: a place on the map, a photo."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations import drafting, reporting, surveying
from bot.conversations.scene import Scene, Turn
from bot.model.conversation import Asking, Idle, Reporting
from bot.model.happenings import PhotoAdded, PhotoSent, PlaceAdded
from bot.model.messages import Location, Photo
from intents.reading import Place


def located(scene: Scene) -> Turn:
    """A shared location: of the draft, of the report just filed, or of what is yet to come."""
    content, topic = scene.inbound.content, scene.conversation.topic
    assert isinstance(content, Location)
    if surveying.answering(scene):
        return surveying.said(scene)
    place = scene.desk.locate(content.lat, content.lon)
    if isinstance(topic, Reporting):
        if place is None:
            outside = drafting.ask_place(
                scene, topic.draft, "report.outside", city=scene.city_name()
            )
            return scene.turn(Reporting(topic.draft, Asking.PLACE), outside)
        return reporting.go_on(scene, drafting.placed(topic.draft, place))
    return _located_ahead(scene, place)


def _located_ahead(scene: Scene, place: Place | None) -> Turn:
    topic = scene.conversation.topic
    if place is None:
        return scene.stay(scene.bubble("report.outside_ahead", city=scene.city_name()))
    if not isinstance(topic, Idle):
        return scene.stay()
    last = next((r for r in scene.facts.own if r.number == topic.last_report), None)
    if last is not None and last.place is None:
        done = scene.stay(scene.bubble("report.place_added", number=last.number))
        return done.then(PlaceAdded(last.id, place))
    kept = replace(topic, place=place)
    return scene.turn(kept, scene.bubble("report.place_kept", place=place.name))


def photographed(scene: Scene) -> Turn:
    """A photo: of the draft, of the report just filed, or ahead of the words."""
    content, topic = scene.inbound.content, scene.conversation.topic
    assert isinstance(content, Photo)
    sent = PhotoSent(scene.photo, scene.person.id, scene.inbound.address, content.ref, scene.now)
    if answered := surveying.photographed(scene):
        return answered.then(sent)
    if scene.reading is not None:
        return reporting.said(scene).then(sent)
    if isinstance(topic, Reporting):
        draft = replace(topic.draft, photos=(*topic.draft.photos, scene.photo))
        asked = (
            reporting.go_on(scene, draft)
            if topic.asking is not Asking.WHETHER
            else scene.turn(Reporting(draft, Asking.WHETHER), scene.bubble("report.photo_kept"))
        )
        return asked.then(sent)
    return _photo_ahead(scene, topic if isinstance(topic, Idle) else Idle()).then(sent)


def _photo_ahead(scene: Scene, topic: Idle) -> Turn:
    last = next((r for r in scene.facts.own if r.number == topic.last_report), None)
    if last is not None:
        done = scene.stay(scene.bubble("report.photo_added", number=last.number))
        return done.then(PhotoAdded(last.id, scene.photo))
    kept = replace(topic, photos=(*topic.photos, scene.photo))
    return surveying.shelved(scene).turn(kept, scene.bubble("report.photo_kept"))
