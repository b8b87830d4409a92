"""Whom surveys name: channels, districts, domains and other surveys that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.catalogue.document import Document
from bot.model.errors import Fault
from surveys.definition import Earlier, Survey


@dataclass(frozen=True, slots=True)
class Known:
    """The names that an audience may hold, and the purposes that a survey may have; any name
    where a collection is empty."""

    channels: Collection[str]
    districts: Collection[str]
    domains: Collection[str]
    purposes: Collection[str] = ()


def audiences(built: Iterable[tuple[Document, Survey]], known: Known) -> Iterator[Fault]:
    """A fault for each name that is none: such an audience would be nobody, without a word."""
    every = list(built)
    surveys = {survey.id: survey for _, survey in every}
    for found, survey in every:
        yield from unknown(found, survey, surveys, known)


def unknown(
    found: Document, survey: Survey, surveys: Mapping[str, Survey], known: Known
) -> Iterator[Fault]:
    """A fault for each name of one survey's audience that is none; `surveys` are all by id."""
    for key in ("channels", "districts", "domains"):
        names: Collection[str] = getattr(known, key)
        yield from _strangers(found, key, getattr(survey.audience, key), names)
    if earlier := survey.audience.answered:
        yield from _earlier_flaws(found, earlier, surveys)
    if survey.purpose and known.purposes and survey.purpose not in known.purposes:
        remedy = f"write one of {', '.join(sorted(known.purposes))}, or leave it out"
        fault = f"{survey.purpose} is none of the city's purposes"
        yield found.fault(("purpose",), fault, remedy)


def _strangers(
    found: Document, key: str, named: Iterable[str], names: Collection[str]
) -> Iterator[Fault]:
    for at, name in enumerate(named):
        if names and name not in names:
            loc = ("audience", key, at)
            remedy = f"write some of {', '.join(sorted(names))}"
            yield found.fault(loc, f"{name} is not known among the {key}", remedy)


def _earlier_flaws(
    found: Document, earlier: Earlier, surveys: Mapping[str, Survey]
) -> Iterator[Fault]:
    loc = ("audience", "answered", "survey")
    asked = surveys.get(earlier.survey)
    if asked is None:
        remedy = f"name one of {', '.join(sorted(surveys))}"
        yield found.fault(loc, f"there is no survey {earlier.survey}", remedy)
    elif asked.anonymous:
        remedy = "leave it out: who answered what is not to be known"
        yield found.fault(loc, f"the survey {earlier.survey} is anonymous", remedy)
    elif earlier.question not in {question.id for question in asked.questions}:
        where = ("audience", "answered", "question")
        fault = f"{earlier.survey} does not ask {earlier.question}"
        remedy = f"name one of {', '.join(question.id for question in asked.questions)}"
        yield found.fault(where, fault, remedy)
