"""Whether people want to be asked, and what for."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.scene import Scene, Turn
from bot.model.happenings import ConsentChanged, PurposeChanged
from bot.model.messages import Bubble, Choice, Content, Tap
from bot.model.person import Consent
from bot.model.wording import named
from surveys.definition import Survey


def ask(scene: Scene, done: Turn) -> Turn:
    """Ask once, after something went well, whether surveys are welcome."""
    if scene.person.surveys is not Consent.UNASKED:
        return done
    yes = scene.choice("button.consent_yes", "consent:yes")
    no = scene.choice("button.consent_no", "consent:no")
    asked = replace(done, bubbles=(*done.bubbles, scene.bubble("consent.ask", yes, no)))
    return asked.then(ConsentChanged(scene.person.id, Consent.ASKED, scene.now))


def consented(scene: Scene, answer: str) -> Turn:
    """願意 or 先不用, pressed or given as a command; who agrees can say what for."""
    if answer != "yes":
        refused = ConsentChanged(scene.person.id, Consent.REFUSED, scene.now)
        return scene.stay(scene.bubble("consent.no")).then(refused)
    given = ConsentChanged(scene.person.id, Consent.GIVEN, scene.now)
    said = [scene.bubble("consent.yes")]
    if scene.desk.city.purposes:
        said.append(_purposes(scene, scene.facts.refused))
    return scene.stay(*said).then(given)


def wanted(scene: Scene, rest: str) -> Turn:
    """A purpose wanted or not: `<purpose>:yes` or `<purpose>:no`."""
    purpose, _, answer = rest.rpartition(":")
    if purpose not in scene.desk.city.purposes:
        return scene.stay(scene.bubble("stale"))
    changed = PurposeChanged(scene.person.id, purpose, answer == "yes", scene.now)
    refused = scene.facts.refused - {purpose} if changed.wanted else scene.facts.refused | {purpose}
    shown = scene.stay(_purposes(scene, refused)).then(changed)
    if changed.wanted and scene.person.surveys is not Consent.GIVEN:
        return shown.then(ConsentChanged(scene.person.id, Consent.GIVEN, scene.now))
    return shown


def refused(scene: Scene, survey: Survey | None) -> Turn:
    """不參加 on an invitation: no more for its purpose, or of any where it has none."""
    purposes = scene.desk.city.purposes
    if survey is None or survey.purpose not in purposes:
        no = ConsentChanged(scene.person.id, Consent.REFUSED, scene.now)
        return scene.stay(scene.bubble("survey.refused")).then(no)
    name = named(purposes[survey.purpose], scene.language)
    every = scene.choice("button.refuse_all", "consent:no")
    said = scene.bubble("survey.refused_purpose", every, purpose=name)
    return scene.stay(said).then(PurposeChanged(scene.person.id, survey.purpose, False, scene.now))


def asks(content: Content) -> bool:
    """Whether what is pressed shows what the person wants to be asked for."""
    return isinstance(content, Tap) and content.data.startswith(("consent:yes", "purpose:"))


def _purposes(scene: Scene, refused: frozenset[str]) -> Bubble:
    """A button for each purpose, ticked where it is wanted; pressed it is the other."""
    choices = []
    for purpose, names in scene.desk.city.purposes.items():
        name, out = named(names, scene.language), purpose in refused
        label = name if out else scene.desk.wording.say(scene.language, "survey.ticked", label=name)
        choices.append(Choice(label, f"purpose:{purpose}:{'yes' if out else 'no'}"))
    return scene.bubble("consent.purposes", *choices)
