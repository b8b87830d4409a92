"""config/ → Catalogue. Every fault of every file is told at once, with its line and remedy."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bot.catalogue.areas import areas
from bot.catalogue.audiences import Known, audiences
from bot.catalogue.bureaus import bureaus
from bot.catalogue.domains import shelf
from bot.catalogue.faq import answers
from bot.catalogue.forms import forms
from bot.catalogue.houses import houses
from bot.catalogue.pack import Pack, chosen, pack
from bot.catalogue.places import places
from bot.catalogue.population import population
from bot.catalogue.sentences import wording
from bot.catalogue.speech import Dangers, commands, dangers, not_reports, replies
from bot.model.catalogue import Catalogue
from bot.model.city import City
from bot.model.errors import Fault, Misconfigured
from intents.places import Gazetteer
from intents.taxonomy import Domain, Taxonomy

__all__ = ["load"]


def load(folder: Path, city: str, channels: Collection[str] = ()) -> Catalogue:
    """All that `folder` (config/) defines for the city of that name (a folder of cities/).

    `channels` are those that surveys may name, none for any. Raises Misconfigured with the
    faults of all files, ordered by file and line.
    """
    faults: list[Fault] = []
    own = pack(folder / "cities", city, faults)
    languages = own.shape.languages if own else ()
    shelved = shelf(folder / "domains", languages, faults)
    domains = chosen(own, shelved, faults) if own else ()
    built = _city(own, domains, faults) if own else None
    spoken = wording(folder / "wording", languages, faults)
    perils = dangers(folder / "dangers.yaml", spoken, shelved, faults)
    taxonomy = _taxonomy(folder, domains, perils, faults)
    districts = built[2] if built else set[str]()
    surveys = forms(folder / "surveys", faults)
    purposes = own.shape.purposes if own else ()
    known = Known(channels, districts, {d.id for d in domains}, purposes)
    faults.extend(audiences(surveys, known))
    answered = answers(folder / "faq.yaml", languages, faults)
    people = population(own, faults) if own else {}
    if faults or built is None:
        raise Misconfigured(tuple(sorted(set(faults), key=lambda f: (f.file, f.line, f.fault))))
    asked = tuple(survey for _, survey in surveys)
    named = frozenset(districts)
    return Catalogue(built[0], taxonomy, built[1], asked, spoken, answered, people, named)


def _taxonomy(
    folder: Path, domains: tuple[Domain, ...], perils: Dangers, faults: list[Fault]
) -> Taxonomy:
    return Taxonomy(
        domains=domains,
        not_reports=not_reports(folder / "not_reports.yaml", faults),
        dangers=perils.words,
        emergency=perils.emergency,
        urgent=perils.urgent,
        commands=commands(folder / "commands.yaml", faults),
        sightings=perils.sightings,
        charges=perils.charges,
        asked_first=perils.asked_first,
        replies=replies(folder / "replies.yaml", faults),
    )


def _city(
    own: Pack, domains: tuple[Domain, ...], faults: list[Fault]
) -> tuple[City, Gazetteer, set[str]] | None:
    """The city, its places and its districts' names; None where any has faults."""
    before = len(faults)
    city = own.city(bureaus(own, domains, faults))
    entries = places(own.places / "places.csv", faults)
    districts = {entry.name for entry in entries if entry.kind == "district"}
    ground = areas(own.places / "villages.geojson", districts, faults)
    roads = {(entry.name, entry.district) for entry in entries if entry.kind == "road"}
    stretches = houses(own.places / "houses.csv", roads, faults)
    found = city, Gazetteer(entries, ground, stretches), districts
    return None if len(faults) > before else found
