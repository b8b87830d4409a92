"""The places of Taipei: as good as promised on authored texts, and sound as data."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import places

from bot.catalogue import load
from bot.catalogue.places import places as listed
from intents.places import Entry, Gazetteer

PACK = Path(__file__).parents[2] / "config/cities/taipei"


@pytest.fixture(scope="module")
def taipei() -> Gazetteer:
    return load(PACK.parents[1], "taipei").gazetteer


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return listed(PACK / "places.csv", [])


def test_there_are_four_hundred_texts_and_a_quarter_names_no_place() -> None:
    texts = [row for half in ("dev", "test") for row in places.rows(half)]
    bare = sum(not row["places"] for row in texts)
    assert (len(texts) >= 400, bare >= len(texts) // 4) == (True, True)


def test_no_text_stands_in_both_halves() -> None:
    dev, test = ({row["text"] for row in places.rows(half)} for half in ("dev", "test"))
    assert dev & test == set()


@pytest.mark.parametrize("half", ["dev", "test"])
def test_the_words_of_a_gold_place_stand_in_its_text(half: str) -> None:
    rows = places.rows(half)
    assert [r for r in rows for p in r["places"] if p["span"] not in r["text"]] == []


@pytest.mark.parametrize("half", ["dev", "test"])
def test_places_are_found_as_surely_as_promised(taipei: Gazetteer, half: str) -> None:
    found = places.figures(places.rows(half), taipei)
    assert (found.precision >= 0.95, found.recall >= 0.90) == (True, True), found


def test_every_point_lies_in_the_district_of_its_row(
    taipei: Gazetteer, entries: tuple[Entry, ...]
) -> None:
    wrong = [
        (entry.name, entry.district, at)
        for entry in entries
        if entry.lat is not None and entry.lon is not None and entry.kind != "district"
        if (at := taipei.locate(entry.lat, entry.lon)) is None or at.district != entry.district
    ]
    assert wrong == []


def test_every_name_is_found_as_itself_or_as_its_exit(
    taipei: Gazetteer, entries: tuple[Entry, ...]
) -> None:
    skipped = ("elsewhere", "word", "office")
    lost = [
        entry.name
        for entry in entries
        if entry.kind not in skipped and len(entry.name) > 2
        if entry.name not in [place.name for place in taipei.find(f"在{entry.name}")]
    ]
    assert lost == []
