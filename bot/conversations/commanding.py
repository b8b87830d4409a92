"""Commands and small courtesies: everything that is neither a report nor an answer."""

from __future__ import annotations

from bot.conversations import consenting, following_up, handing, reporting, surveying
from bot.conversations.scene import Scene, Turn
from bot.model.happenings import LanguageSet
from bot.model.messages import Bubble, Choice
from bot.model.person import Role


def welcome(scene: Scene) -> Turn:
    """Say who we are and what to do first."""
    return scene.stay(scene.bubble("welcome", city=scene.city_name()))


def unsure(scene: Scene) -> Turn:
    """Never silence: say what the bot can do."""
    return scene.stay(scene.bubble("help"))


def obey(scene: Scene, command: str) -> Turn:
    """Do what a command says; an id that no room knows gets the help."""
    match command:
        case "report":
            return reporting.invite(scene)
        case "status":
            return following_up.status(scene)
        case "forget":
            return following_up.ask_to_forget(scene)
        case "language":
            return _ask_language(scene)
        case "start":
            return welcome(scene)
        case "cancel":
            return reporting.cancel(scene)
        case "surveys_on":
            return consenting.consented(scene, "yes")
        case "surveys_off":
            return consenting.consented(scene, "no")
        case "resume":
            return surveying.resume(scene)
        case "elsewhere":
            return handing.hand_over(scene)
        case "digest":
            return _digest(scene)
        case _:
            return unsure(scene)


def _digest(scene: Scene) -> Turn:
    """Staff only: to anybody else the word means nothing."""
    if scene.person.role is not Role.STAFF:
        return unsure(scene)
    return scene.stay(scene.bubble("staff.digest", text=scene.facts.digest))


def _ask_language(scene: Scene) -> Turn:
    languages = scene.desk.wording.languages
    choices = (Choice(languages[code]["language.name"], f"lang:{code}") for code in languages)
    return scene.stay(scene.bubble("language.ask", *choices))


def chosen(scene: Scene, language: str) -> Turn:
    """A language button was pressed."""
    if language not in scene.desk.wording.languages:
        return scene.stay(scene.bubble("stale"))
    picked = LanguageSet(scene.person.id, language, True)
    said = scene.desk.wording.say(language, "language.set")
    return scene.stay(Bubble(said)).then(picked)
