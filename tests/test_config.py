"""The configuration that is shipped: sound, whole, and as large as promised."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.wiring import PANEL
from intents.commands import Commands

CONFIG = Path(__file__).parent.parent / "config"
CITIES = sorted(path.parent.name for path in CONFIG.glob("cities/*/city.yaml"))
FOURTEEN = (
    "housing", "transport", "healthcare", "education", "payment", "innovation", "environment",
    "safety", "urban", "welfare", "labor", "commerce", "culture", "government",
)  # fmt: skip
ONE_AND_SEVEN = (
    "government", "safety", "building", "transport", "education", "healthcare", "environment",
    "economy",
)  # fmt: skip
FOUNDING = ("housing", "transport", "healthcare", "education", "payment", "innovation")
NAMES = {
    "housing": "智慧公宅",
    "transport": "智慧交通",
    "healthcare": "智慧醫療",
    "education": "智慧教育",
    "payment": "智慧金融支付",
    "innovation": "創新創業生態系",
    "environment": "智慧環境",
    "safety": "智慧安全",
    "urban": "都市建設",
    "welfare": "社會福利",
    "labor": "勞動就業",
    "commerce": "產業消費",
    "culture": "文化觀光",
    "government": "智慧政府",
}


@pytest.fixture(scope="module")
def catalogues():
    return {city: load(CONFIG, city) for city in CITIES}


@pytest.fixture(scope="module")
def taipei(catalogues):
    return catalogues["taipei"]


def kinds(catalogue):
    return [kind for domain in catalogue.taxonomy.domains for kind in domain.kinds]


def sentences(domain):
    groups = [domain.examples, domain.questions, *(kind.examples for kind in domain.kinds)]
    return [text for group in groups for texts in group.values() for text in texts]


def test_both_packs_of_taipei_are_shipped():
    assert CITIES == ["taipei", "taipei-1-7"]


def test_taipei_has_the_fourteen_domains_in_their_order(taipei):
    assert tuple(d.id for d in taipei.taxonomy.domains) == FOURTEEN


def test_taipeis_domains_bear_the_names_that_were_promised(taipei):
    assert {d.id: d.name["zh-TW"] for d in taipei.taxonomy.domains} == NAMES


def test_taipei_1_7_has_one_government_and_seven_fields(catalogues):
    assert tuple(d.id for d in catalogues["taipei-1-7"].taxonomy.domains) == ONE_AND_SEVEN


def test_both_packs_tell_the_same_kinds_apart(catalogues):
    first, second = (sorted(k.id for k in kinds(catalogues[city])) for city in CITIES)
    assert first == second


@pytest.mark.parametrize("city", CITIES)
def test_no_kind_stands_twice(catalogues, city):
    ids = [kind.id for kind in kinds(catalogues[city])]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("city", CITIES)
def test_every_kind_ends_with_a_bureau(catalogues, city):
    found = catalogues[city]
    orphans = [
        kind.id
        for domain in found.taxonomy.domains
        for kind in domain.kinds
        if found.city.bureau_for(domain.id, kind.id) is None
    ]
    assert orphans == []


@pytest.mark.parametrize("domain", FOURTEEN)
def test_a_domain_has_as_many_sentences_as_promised(taipei, domain):
    count = len(sentences(taipei.taxonomy.domain(domain)))
    assert count >= (200 if domain in FOUNDING else 150)


@pytest.mark.parametrize("domain", FOURTEEN)
def test_a_domain_knows_what_is_asked_about_its_services(taipei, domain):
    assert len(taipei.taxonomy.domain(domain).questions["zh-TW"]) >= 20


@pytest.mark.parametrize("domain", FOURTEEN)
def test_every_kind_has_a_sentence_and_a_word_in_both_languages(taipei, domain):
    bare = [
        (kind.id, language)
        for kind in taipei.taxonomy.domain(domain).kinds
        for language in ("zh-TW", "en")
        if not kind.examples.get(language) or not kind.words.get(language)
    ]
    assert bare == []


def test_no_sentence_stands_in_two_domains(taipei):
    owners = {}
    for domain in taipei.taxonomy.domains:
        for text in sentences(domain):
            owners.setdefault(text, set()).add(domain.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


def test_there_are_at_least_forty_texts_of_each_act_that_is_no_report(taipei):
    acts = taipei.taxonomy.not_reports
    few = [act for act, said in acts.items() if len(list(chain(*said.values()))) < 40]
    assert (sorted(acts), few) == (
        ["abuse", "greeting", "praise", "question", "small_talk", "spam", "thanks"],
        [],
    )


def test_at_least_forty_questions_are_answered(taipei):
    assert len(taipei.answers) >= 40


def test_the_dangers_have_the_number_to_call(taipei):
    numbers = taipei.taxonomy.emergency
    assert {danger: numbers[danger] for danger in sorted(numbers)} == {
        "despair": "119",
        "fire": "119",
        "gas": "119",
        "injury": "119",
        "violence": "110",
    }


@pytest.mark.parametrize(
    "text, command",
    [("進度", "status"), ("查詢進度", "status"), ("/status", "status"),
     ("刪除我的資料", "forget"), ("/forget", "forget"), ("/language", "language")],
)  # fmt: skip
def test_the_promised_commands_are_there(taipei, text, command):
    assert text in taipei.taxonomy.commands[command]


@pytest.mark.parametrize("name", PANEL)
@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_a_button_under_the_chat_types_its_own_command(taipei, language, name):
    typed = taipei.wording.say(language, f"panel.{name}")
    assert Commands(taipei.taxonomy.commands).named(typed) == name


def test_all_districts_and_villages_are_known_by_point(taipei):
    rows = (CONFIG / "cities/taipei/places.csv").read_text("utf-8").splitlines()[1:]
    cells = [row.split(",") for row in rows]
    points = [c for c in cells if c[1] == "village"]
    assert (len([c for c in cells if c[1] == "district"]), len(points)) == (12, 456)
    found = [taipei.gazetteer.locate(float(c[4]), float(c[5])) for c in points]
    assert [(p.district, p.village) for p in found] == [(c[2], c[0]) for c in points]


@pytest.mark.parametrize(
    "text, district",
    [
        ("大安森林公園站旁", "大安區"),
        ("near Taipei Zoo Station", "文山區"),
        ("龍門里的公園", "大安區"),
    ],
)
def test_places_are_found_by_their_names(taipei, text, district):
    assert taipei.gazetteer.find(text)[0].district == district


def test_a_point_outside_the_city_is_no_place(taipei):
    assert taipei.gazetteer.locate(24.15, 120.67) is None


def test_every_survey_is_known_by_its_own_id(taipei):
    ids = [survey.id for survey in taipei.surveys]
    assert len(ids) == len(set(ids))
