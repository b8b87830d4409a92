"""What loading gives when nothing is wrong, and that faults are told all at once."""

from __future__ import annotations

from pathlib import Path

from bot.catalogue import load

FIRST_CUT = "domains:\n  - roads\n  - water\n"
JOINED = """domains:
  - id: streets
    name: {zh-TW: 街道, en: Streets}
    about: {zh-TW: 街上的一切, en: All of the street}
    from: [roads, water]
"""


def test_a_sound_folder_gives_the_domains_in_the_citys_order(config):
    found = load(config, "town")
    assert [d.id for d in found.taxonomy.domains] == ["roads", "water"]


def test_dangers_are_kept_apart_from_urgent_words(config):
    taxonomy = load(config, "town").taxonomy
    assert taxonomy.dangers == {"fire": {"zh-TW": ("失火",), "en": ("on fire",)}}
    assert taxonomy.emergency == {"fire": "119"}
    assert taxonomy.urgent == {"zh-TW": ("緊急",), "en": ("urgent",)}


def test_sightings_are_kept_by_the_danger_that_they_tell_of(config):
    assert load(config, "town").taxonomy.sightings == {
        "fire": {"zh-TW": ("樓下整片紅紅的",)},
        "urgent": {"zh-TW": ("欄杆只剩一根螺絲",)},
        "calm": {"zh-TW": ("晚霞紅紅的",)},
    }


def test_a_danger_may_have_a_kind_and_wait_to_be_asked(config):
    taxonomy = load(config, "town").taxonomy
    assert (taxonomy.charges, taxonomy.asked_first) == ({"fire": "lamp"}, frozenset({"fire"}))


def test_a_kinds_bureau_comes_before_that_of_its_domain(config):
    city = load(config, "town").city
    assert city.bureau_for("roads", "lamp").id == "lamps"
    assert city.bureau_for("water", "pipe").id == "works"


def test_a_point_in_a_village_is_found(config):
    place = load(config, "town").gazetteer.locate(25.02, 121.58)
    assert place.name == "東區光明里"


def test_the_citys_own_language_comes_first_in_the_wording(config):
    assert load(config, "town").wording.say(None, "filed", number="7") == "案件編號：7"


def test_one_domain_may_be_made_of_several_files(config, spoil):
    spoil("cities/town/city.yaml", FIRST_CUT, JOINED)
    spoil("cities/town/bureaus.yaml", "[roads, water]", "[streets]")
    (streets,) = load(config, "town").taxonomy.domains
    assert streets.name == {"zh-TW": "街道", "en": "Streets"}
    assert [kind.id for kind in streets.kinds] == ["lamp", "pipe"]
    assert len(streets.examples["zh-TW"]) == 40


def test_a_domain_may_bear_another_name_in_a_city(config, spoil):
    renamed = "  - id: roads\n    name: {zh-TW: 道路, en: Ways}\n"
    spoil("cities/town/city.yaml", "  - roads\n", renamed)
    assert load(config, "town").taxonomy.domain("roads").name["en"] == "Ways"


def test_a_city_may_retire_a_domain(config, spoil):
    spoil("cities/town/city.yaml", "  - water\n", "")
    spoil("cities/town/bureaus.yaml", "[roads, water]", "[roads]")
    assert [d.id for d in load(config, "town").taxonomy.domains] == ["roads"]


def test_a_pack_may_share_the_places_of_another(config):
    text = (config / "cities/town/city.yaml").read_text("utf-8")
    twin = config / "cities/twin"
    twin.mkdir()
    own = text.replace("id: town", "id: twin\nplaces_of: town")
    (twin / "city.yaml").write_text(own, "utf-8")
    (twin / "bureaus.yaml").write_text(
        (config / "cities/town/bureaus.yaml").read_text("utf-8"), "utf-8"
    )
    assert load(config, "twin").gazetteer.locate(25.02, 121.58).village == "光明里"


def test_a_spreadsheets_byte_order_mark_is_read_over(config):
    path: Path = config / "cities/town/places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(config, "town").city.id == "town"


def test_the_faults_of_all_files_are_told_at_once(spoil, told):
    spoil("cities/town/city.yaml", "prefix: TWN", "prefix: town")
    spoil("domains/roads.yaml", "place: needed", "place: perhaps")
    spoil("commands.yaml", "status:", "status: [")
    spoil("wording/en.yaml", "hello: Hello\n", "")
    assert {f.file for f in told()} == {
        "cities/town/city.yaml",
        "domains/roads.yaml",
        "commands.yaml",
        "wording/en.yaml",
    }


def test_every_fault_has_a_line_and_a_remedy(spoil, told):
    spoil("cities/town/city.yaml", "prefix: TWN", "prefix: town")
    spoil("dangers.yaml", "call: '119'", "call: 119")
    assert all(f.line > 0 and f.remedy for f in told())
