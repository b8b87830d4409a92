"""What became of it, whether it helped, and being forgotten."""

from __future__ import annotations

from bot.conversations import reporting
from bot.conversations.scene import Scene, Turn, about
from bot.model.conversation import Confirming, Conversation, Idle
from bot.model.happenings import PersonForgotten, ReportMoved
from bot.model.messages import Bubble, Choice, Style
from bot.model.need import Need
from bot.model.proposal import Stage
from bot.model.report import Report, ReportStage
from bot.model.vicinity import vicinity
from bot.model.wording import Wording
from intents.taxonomy import Taxonomy

SHOWN = 10
"""Cases listed at once: a phone's screen."""

ASKED = 3
"""Done cases asked about at once."""


def status(scene: Scene) -> Turn:
    """The person's own cases with number and stage; of those done they are asked again."""
    own = scene.facts.own[:SHOWN]
    if not own:
        return scene.stay(scene.bubble("status.none"))
    lines = [scene.say("status.title"), *(_line(scene, report) for report in own)]
    done = [report for report in own if report.stage is ReportStage.DONE][:ASKED]
    desk, language = scene.desk, scene.language
    asked = (moved(report, desk.taxonomy, desk.wording, language) for report in done)
    return scene.stay(Bubble("\n".join(lines)), *asked)


def _line(scene: Scene, report: Report) -> str:
    stage = scene.say(f"stage.{report.stage}")
    return scene.say("status.line", number=report.number, what=scene.what(report), stage=stage)


def moved(report: Report, taxonomy: Taxonomy, wording: Wording, language: str) -> Bubble:
    """What reporter and joiners are told when staff moved a report; of a done one they judge."""
    what = about(report, taxonomy, wording, language)
    said = wording.say(language, f"moved.{report.stage}", what=what, number=report.number)
    if report.stage is not ReportStage.DONE:
        return Bubble(said)
    head = f"done:{report.id}"
    yes = Choice(wording.say(language, "button.improved"), f"{head}:yes", Style.PRIMARY)
    no = Choice(wording.say(language, "button.not_improved"), f"{head}:no")
    return Bubble(said, choices=(yes, no))


def progress(
    need: Need, stage: Stage, why: str, taxonomy: Taxonomy, wording: Wording, language: str
) -> Bubble:
    """What everybody behind a need is told when it is forwarded or its proposal moves on."""
    what = about(need, taxonomy, wording, language)
    where = vicinity(need.place) if need.place else ""
    title = wording.say(language, "need.title", place=where, what=what) if where else what
    key = stage.value if stage in (Stage.COLLECTED, Stage.DECLINED) else "stage"
    name = wording.say(language, f"stage.{stage}")
    return Bubble(wording.say(language, f"progress.{key}", title=title, stage=name, why=why))


def judged(scene: Scene, rest: str) -> Turn:
    """已改善 or 還沒改善: `<report>:yes|no`; the latter opens the report again."""
    report_id, _, answer = rest.rpartition(":")
    report = next((r for r in scene.facts.own if r.id == report_id), None)
    if report is None:
        return scene.stay(scene.bubble("stale"))
    closed = report.stage in (ReportStage.DONE, ReportStage.CONFIRMED)
    if not closed or answer not in ("yes", "no"):
        return scene.stay(Bubble(_line(scene, report)))
    stage = ReportStage.CONFIRMED if answer == "yes" else ReportStage.RECEIVED
    said = scene.bubble(f"judged.{answer}", number=report.number)
    return scene.stay(said).then(ReportMoved(report.id, stage, scene.person.id, scene.now))


def ask_to_forget(scene: Scene) -> Turn:
    """Deleting can't be undone, so it is asked once more."""
    yes = scene.choice("button.forget", "forget:yes", Style.DANGER)
    no = scene.choice("button.keep", "forget:no")
    return scene.turn(Confirming(), scene.bubble("forget.ask", yes, no))


def confirmed(scene: Scene, answer: str) -> Turn:
    """A button under the question was pressed; an old one counts for nothing."""
    if not isinstance(scene.conversation.topic, Confirming):
        return scene.stay(scene.bubble("stale"))
    if answer != "yes":
        return scene.idle(scene.bubble("forget.kept"))
    said = scene.bubble("forget.done", reports=_filed(scene))
    return Turn(Conversation(), (said,)).then(PersonForgotten(scene.person.id, scene.now))


def _filed(scene: Scene) -> int:
    return sum(report.person == scene.person.id for report in scene.facts.own)


def unconfirmed(scene: Scene) -> Turn:
    """Anything but the button means no; what was typed instead is not lost."""
    return reporting.said(scene.at(Idle())).after(scene.bubble("forget.kept"))
