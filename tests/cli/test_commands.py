"""What each command does, and what it says to a mistake."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from standins.forms import WALK, definition
from standins.sayings import DRAIN, LAMP

from bot.storage import migrating

ROOT = Path(__file__).parents[2]
SPOTS = ("巷口", "公園", "校門", "橋下")
ROWS = [
    *({"text": f"路燈不亮,{spot}很暗", "label": "lamp"} for spot in SPOTS),
    *({"text": f"水溝堵住,{spot}淹水", "label": "drain"} for spot in SPOTS),
    *({"text": f"Dark lamp at {spot}", "label": "lamp", "lang": "en"} for spot in "ABC"),
]


# intents


@pytest.fixture
def trained(cli, write, here: Path) -> str:
    """A folder with a classifier of lamps and drains."""
    assert cli("intents", "train", "--data", str(write("f.jsonl", *ROWS)), "--out", "m").status == 0
    return "m"


def test_a_classifier_is_trained_from_whatever_labels_the_data_holds(cli, write, here: Path):
    ended = cli("intents", "train", "--data", str(write("f.jsonl", *ROWS)), "--out", "a/b")
    assert (ended.status, ended.out) == (0, "11 texts, 2 labels: a/b/model.bin\n")
    assert (here / "a" / "b" / "model.bin").exists()


def test_a_classifier_also_learns_from_a_folder_of_domains(cli, write, here: Path):
    (here / "domains").mkdir()
    shutil.copy(ROOT / "config" / "domains" / "culture.yaml", here / "domains")
    data = str(write("f.jsonl", *ROWS))
    cli("intents", "train", "--data", data, "--out", "m", "--taxonomy", "domains")
    read = cli("intents", "classify", "--model", "m", "--json", said=LAMP).lines[0]
    assert sorted(read["scores"]) == ["culture", "drain", "lamp"]


def test_a_trained_classifier_is_measured(cli, write, trained: str):
    rows = [*ROWS, {"text": "路燈", "label": "dark", "accept": ["lamp"]}]
    data = str(write("gold.jsonl", *rows))
    figures = cli("intents", "evaluate", "--data", data, "--model", trained, "--json").lines[0]
    assert sorted(figures) == [
        "abstained",
        "accuracy",
        "calibration_error",
        "documents_per_second",
        "labels",
        "macro_f1",
        "n",
    ]
    assert (figures["n"], figures["labels"]["drain"]["support"]) == (12, 4)
    assert figures["accuracy"] > 0.9


def test_no_texts_have_no_accuracy_but_are_no_mistake(cli, write, trained: str):
    ended = cli("intents", "evaluate", "--data", str(write("none.jsonl")), "--model", trained)
    assert (ended.status, ended.out.split("\n")[0]) == (0, "n: 0")


def test_texts_are_classified_a_line_each(cli, model_file: Path):
    ended = cli("intents", "classify", "--json", said=f"{LAMP}\n\n你好\n0912345678 打給我\n")
    assert [line["text"] for line in ended.lines] == [LAMP, "", "你好", "0912345678 打給我"]
    lamp = ended.lines[0]
    assert (lamp["label"], lamp["abstained"], lamp["language"]) == ("urban", False, "zh-TW")
    assert (lamp["urgency"], len(lamp["scores"])) == ("normal", 14)
    assert lamp["places"][0]["name"] == "民生東路三段"
    assert "0912345678" not in ended.lines[3]["redacted"]


def test_what_people_read_has_a_text_a_line_too(cli, trained: str):
    ended = cli("intents", "classify", "--model", trained, said="路燈不亮\n")
    assert re.fullmatch(r"(lamp|-)\t[01]\.\d\d\t路燈不亮\n", ended.out)


def test_bytes_that_are_no_text_do_not_end_the_classifying(process, model_file: Path):
    said = b"\xff\xfe\n" + "路燈不亮".encode()
    ended = process("intents", "classify", "--json", said=said, LC_ALL="C")
    assert (ended.status, ended.err) == (0, "")
    assert [line["text"] for line in ended.lines] == ["\ufffd\ufffd", "路燈不亮"]


def test_a_reader_who_has_enough_is_no_mistake(process, here: Path, model_file: Path):
    (here / "texts").write_text("路燈不亮\n" * 500, encoding="utf-8")
    classify = f"{sys.executable} -m bot intents classify --json <texts"
    line = f"{classify} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.stdout.splitlines()[1:], done.stderr) == (["0"], "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"text": "a", "label": "x"}\n{"text": "a"', "bad.jsonl:2: "),
        ('{"label": "x"}', "bad.jsonl:1: lacks 'text'"),
        ('{"text": null, "label": "x"}', "bad.jsonl:1: text is no text"),
        ("\n[1]", "bad.jsonl:2: not a JSON object"),
        ('{"text": "a", "label": "x"}', "bad.jsonl: two labels of two texts are the least"),
        (
            '{"text": "a", "label": "x"}\n{"text": "b", "label": "y"}\n{"text": "c", "label": "y"}',
            "bad.jsonl: two labels of two texts are the least; x has one",
        ),
        ("", "bad.jsonl: two labels"),
    ],
)
def test_data_that_cannot_be_learnt_from_is_told_by_its_line(text, complaint, cli, here: Path):
    (here / "bad.jsonl").write_text(text)
    ended = cli("intents", "train", "--data", "bad.jsonl", "--out", "m")
    assert ended.mistake == (1, 1, False)
    assert ended.err.startswith(f"cityvoice: {complaint}")


def test_a_text_may_hold_any_line_end_that_json_lets_it(cli, write):
    rows = [{"id": "1", "text": "路燈\u2028不亮\x85"}]
    ended = cli("needs", "cluster", "--data", str(write("f.jsonl", *rows)), "--json")
    assert [line["ids"] for line in ended.lines] == [["1"]]


@pytest.mark.parametrize("content", [None, b"", b"CVINTENT", b"no model at all"])
def test_a_model_that_is_none_is_told(content: bytes | None, cli, here: Path):
    if content is not None:
        (here / "model.bin").write_bytes(content)
    assert cli("intents", "classify", "--model", ".").mistake == (1, 1, False)


def test_a_file_that_is_not_there_is_told(cli):
    ended = cli("intents", "evaluate", "--data", "none.jsonl")
    assert (ended.mistake, "none.jsonl" in ended.err) == ((1, 1, False), True)


def test_a_file_that_is_not_utf_8_is_told(cli, here: Path):
    (here / "big5.jsonl").write_bytes('{"text": "路燈"}'.encode("big5"))
    ended = cli("intents", "train", "--data", "big5.jsonl", "--out", "m")
    assert (ended.mistake, ended.err) == (
        (1, 1, False),
        "cityvoice: big5.jsonl: not UTF-8 (byte 10)\n",
    )


# needs


def test_texts_of_a_file_are_clustered_into_needs(cli, write):
    rows = [
        {"id": 1, "text": LAMP, "created_at": "2026-03-01T09:00:00+08:00"},
        {"id": "2", "text": "民生東路三段路燈壞了,很暗", "created_at": "2026-03-02T09:00:00"},
        {"id": "3", "text": DRAIN, "lat": 24.988, "lon": 121.57, "label": "urban"},
        {"id": "4", "text": "測試", "lat": 0, "lon": 0},
    ]
    found = cli("needs", "cluster", "--data", str(write("f.jsonl", *rows)), "--json").lines
    assert sorted(sorted(need["ids"]) for need in found) == [["1", "2"], ["3"], ["4"]]
    lamp = next(need for need in found if "1" in need["ids"])
    assert (lamp["need"], lamp["id"], lamp["place"], lamp["from"], lamp["to"], lamp["people"]) == (
        "need-1",
        "need-1",
        "民生東路三段",
        "2026-03-01T09:00:00+08:00",
        "2026-03-02T09:00:00+00:00",
        2,
    )
    assert sorted(lamp) == sorted(
        ["id", "need", "ids", "title", "label", "place", "from", "to", "people", "heat"]
    )


@pytest.mark.parametrize(
    "row",
    [
        {"text": "a"},
        {"id": 1},
        {"id": 1, "text": 5},
        {"id": 1, "text": "a", "created_at": "yesterday"},
        {"id": 1, "text": "a", "created_at": 1700000000},
        {"id": 1, "text": "a", "lat": "north", "lon": 121.5},
        {"id": 1, "text": "a", "lat": float("nan"), "lon": 121.5},
        {"id": 1, "text": "a", "lat": 125.0, "lon": 121.5},
        {"id": 1, "text": "a", "label": ["urban"]},
    ],
    ids=str,
)
def test_a_report_that_cannot_be_clustered_is_told_by_its_line(row, cli, write):
    good = {"id": 0, "text": LAMP}
    ended = cli("needs", "cluster", "--data", str(write("bad.jsonl", good, row)), "--json")
    assert ended.mistake == (1, 1, False)
    assert "bad.jsonl:2: " in ended.err


def test_an_empty_file_holds_no_need(cli, write):
    ended = cli("needs", "cluster", "--data", str(write("f.jsonl")), "--json")
    assert (ended.status, ended.out) == (0, "")


def test_needs_are_listed_the_hottest_first(ledger):
    lamp, drain = ledger("needs", "list", "--json").lines
    assert (lamp["people"], lamp["reports"], lamp["place"], lamp["stage"], lamp["ripe"]) == (
        3,
        3,
        "民生東路三段",
        None,
        True,
    )
    assert (drain["people"], drain["ripe"]) == (1, False)
    assert {"id", "title", "label", "from", "to", "heat"} < set(lamp)


def test_a_need_is_shown_with_its_reports_words(ledger):
    lamp = ledger("needs", "list", "--json").lines[0]
    shown = ledger("needs", "show", lamp["id"], "--json").lines[0]
    assert (shown["id"], shown["texts"]) == (lamp["id"], [LAMP] * 3)
    assert LAMP in ledger("needs", "show", lamp["id"]).out


def test_a_ripe_need_is_forwarded_once(ledger, here: Path):
    need = ledger("needs", "list", "--json").lines[0]["id"]
    made = ledger("needs", "forward", need, "--json").lines[0]
    assert (made["need"], made["stage"], made["waiting"]) == (need, "collected", [])
    document = json.loads((here / "var" / "proposals" / f"{made['id']}.json").read_text())
    assert document["id"] == made["id"]
    assert ledger("needs", "forward", need).mistake == (1, 1, False)


def test_a_need_that_is_not_ripe_is_forwarded_only_when_insisted(ledger):
    need = ledger("needs", "list", "--json").lines[1]["id"]
    assert ledger("needs", "forward", need).mistake == (1, 1, False)
    assert ledger("needs", "forward", need, "--unripe", "--by", "May").status == 0


@pytest.mark.parametrize("action", ["show", "forward"])
@pytest.mark.parametrize("need", ["nothing", "", "'; drop table needs", "\x00"])
def test_a_need_that_is_not_there_is_told(action: str, need: str, cli):
    assert cli("needs", action, need).mistake == (1, 1, False)


# surveys


def test_a_sound_survey_has_no_fault(cli):
    ended = cli("surveys", "check", str(ROOT / "config" / "surveys" / "last_mile.yaml"))
    assert (ended.status, ended.out) == (0, "last_mile, version 1, 5 questions: no fault\n")


def test_each_fault_of_a_survey_is_told_with_its_line(cli, here: Path):
    whole = definition(*WALK[:2], minutes="x")
    whole["questions"][1] = {**WALK[1], "type": "essay"}
    (here / "bad.yaml").write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
    ended = cli("surveys", "check", "bad.yaml")
    assert (ended.status, "Traceback" in ended.err) == (1, False)
    assert sorted(re.sub(r":\d+: (.*) → .*", r": \1", line) for line in ended.err.splitlines()) == [
        "bad.yaml: essay is no type",
        "bad.yaml: is no whole number",
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, 1),
        (b"", 1),
        (b"[", 2),
        (b"- a", 1),
        (b"5", 1),
        (b"\xff", 1),
        (b"at: 2026-13-45", 1),
        (b"id: a\nid: b", 2),
    ],
)
def test_a_file_that_is_no_survey_is_told(content: bytes | None, line: int, cli, here: Path):
    if content is not None:
        (here / "bad.yaml").write_bytes(content)
    ended = cli("surveys", "check", "bad.yaml")
    assert (ended.mistake, ended.err.split(" ")[0]) == ((1, 1, False), f"bad.yaml:{line}:")


def test_a_round_is_sent_to_those_who_agreed_and_its_answers_are_counted(ledger):
    assert ledger("surveys", "publish", "last_mile", "--at-once").out == "4 people are invited\n"
    results = ledger("surveys", "results", "last_mile", "--json").lines[0]
    assert (results["id"], results["version"], results["questions"][0]["n"]) == ("last_mile", 1, 0)


def test_results_for_a_spreadsheet_begin_with_their_columns(cli):
    out = cli("surveys", "results", "last_mile", "--format", "csv").out
    assert list(csv.reader(io.StringIO(out))) == [["session", "round", "question", "value"]]


def test_results_as_a_workbook_are_written_to_standard_output(here: Path):
    command = [sys.executable, "-m", "bot", "surveys", "results", "last_mile", "--format", "xlsx"]
    ended = subprocess.run(command, capture_output=True, check=True)
    assert load_workbook(io.BytesIO(ended.stdout)).sheetnames == [
        "answers",
        "counts",
        "reached",
        "labels",
    ]


def test_results_of_a_version_that_was_not_sent_are_refused(ledger):
    ledger("surveys", "publish", "last_mile", "--at-once")
    assert ledger("surveys", "results", "last_mile", "--version", "1").status == 0
    ended = ledger("surveys", "results", "last_mile", "--version", "7")
    assert (ended.mistake, ended.err) == (
        (1, 1, False),
        "cityvoice: last_mile was not sent in version 7; sent were: 1\n",
    )


@pytest.mark.parametrize("question", ["nothing", "wish"])
def test_what_results_cannot_be_held_against_is_told(question: str, cli):
    assert cli("surveys", "results", "last_mile", "--by", question).mistake == (1, 1, False)


def test_results_that_cannot_be_weighted_are_told(cli):
    ended = cli("surveys", "results", "last_mile", "--weighted")
    assert ended.err.startswith("cityvoice: last_mile weighs by nothing")


def test_results_are_held_against_a_question(cli):
    crossed = cli("surveys", "results", "last_mile", "--by", "often", "--json").lines[0]["crossed"]
    assert [*crossed] == ["why_not", "trouble", "content"]


def test_needs_in_peoples_own_words_are_listed(ledger):
    assert ledger("surveys", "needs", "last_mile", "wish", "--json").lines == []


def test_needs_of_a_question_with_options_are_refused(cli):
    ended = cli("surveys", "needs", "last_mile", "often")
    assert ended.err == "cityvoice: often is no question of free text; there are: wish\n"


def test_statements_are_listed_and_only_those_that_are_there_decided(ledger):
    assert ledger("surveys", "statements", "last_mile", "--json").lines == []
    ended = ledger("surveys", "statements", "last_mile", "--accept", "s1:own")
    assert (ended.mistake, ended.err) == (
        (1, 1, False),
        "cityvoice: there is no statement s1:own: `surveys statements` lists them\n",
    )


def test_a_plan_tells_people_and_messages_and_sends_nothing(ledger):
    plan = ledger("surveys", "plan", "last_mile", "--json").lines[0]
    assert (plan["id"], plan["people"], plan["beyond"], plan["currency"]) == (
        "last_mile",
        4,
        0,
        "TWD",
    )
    assert ledger("surveys", "publish", "last_mile", "--at-once").out == "4 people are invited\n"


@pytest.mark.parametrize("action", ["plan", "publish", "results"])
def test_a_survey_that_is_not_there_is_told(action: str, cli):
    ended = cli("surveys", action, "none")
    assert (ended.mistake, ended.err) == (
        (1, 1, False),
        "cityvoice: no survey none; there are: last_mile\n",
    )


# digests, staff, people


def test_the_digest_is_shown_before_it_is_sent(ledger):
    assert "路燈" in ledger("digests", "preview").out
    assert len(ledger("digests", "preview", "--json").lines) == 1
    assert ledger("digests", "send").out == "the digest is on its way to 0 chats\n"


def test_a_staff_member_gets_a_code(cli):
    assert cli("staff", "add", "王小明", "--role", "viewer").out == "王小明 is viewer\n"
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}\n", cli("staff", "code", "王小明").out)


def test_a_staff_member_who_is_not_there_is_told(cli):
    ended = cli("staff", "code", "nobody")
    assert (ended.mistake, ended.err) == (
        (1, 1, False),
        "cityvoice: no staff member nobody: add one with `cityvoice staff add nobody`\n",
    )


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b"])
def test_a_staff_member_needs_a_name(name: str, cli):
    assert cli("staff", "add", name).mistake == (1, 1, False)


def test_a_first_command_makes_its_own_database(cli, here: Path):
    (here / "test.db").unlink()
    assert cli("staff", "code", "nobody").err.startswith("cityvoice: no staff member nobody")


def test_what_is_kept_of_a_person_is_shown_and_then_forgotten(ledger):
    kept = ledger("people", "export", "simulator:citizen-0", "--json").lines[0]
    assert ([report["text"] for report in kept["reports"]], kept["person"]["id"]) == (
        [LAMP],
        kept["id"],
    )
    assert ledger("people", "forget", "simulator:citizen-0").status == 0
    assert ledger("people", "export", "simulator:citizen-0").mistake == (1, 1, False)


@pytest.mark.parametrize("action", ["export", "forget"])
@pytest.mark.parametrize("address", ["simulator:nobody", "nobody", ":", ""])
def test_a_person_who_is_not_known_is_told(action: str, address: str, cli):
    assert cli("people", action, address).mistake == (1, 1, False)


# db, talk


def test_the_schema_is_brought_up_to_date(cli, here: Path):
    (here / "test.db").unlink()
    said = [cli("db", name).out for name in ("revision", "upgrade", "upgrade", "revision")]
    assert said == [
        "not up to date: run `cityvoice db upgrade`\n",
        "the schema is up to date\n",
        "the schema is up to date\n",
        "up to date\n",
    ]


def test_a_migration_that_nothing_calls_for_is_not_written(cli):
    ended = cli("db", "revision", "-m", "nothing new")
    assert (ended.mistake, ended.out) == ((1, 1, False), "")
    assert "no migration is needed" in ended.err


def test_a_migration_waits_for_those_that_have_not_run(cli, here: Path):
    (here / "test.db").unlink()
    ended = cli("db", "revision", "-m", "too early")
    assert (ended.mistake, "cityvoice db upgrade" in ended.err) == ((1, 1, False), True)


def test_what_the_tables_have_anew_is_written_as_a_migration(cli, here: Path, monkeypatch):
    folder = here / "migrations"
    shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrating, "FOLDER", folder)
    with sqlite3.connect("test.db") as database:
        database.execute("DROP INDEX ix_needs_road")
    written = Path(cli("db", "revision", "-m", "roads again").out.strip())
    assert (written.parent, written.stem[5:]) == (folder / "versions", "roads_again")
    assert cli("db", "revision").out == "not up to date: run `cityvoice db upgrade`\n"
    assert cli("db", "upgrade").out == "the schema is up to date\n"


@pytest.mark.parametrize("message", ["", "  ", "…"])
def test_a_migration_says_what_it_is_for(message: str, cli):
    assert cli("db", "revision", "-m", message).mistake == (1, 1, False)


def test_a_talk_in_the_terminal_is_kept_as_a_golden_test(cli, here: Path, model_file: Path):
    ended = cli("talk", "--save", "lamp.yaml", said=f"{LAMP}\n送出\n")
    assert "案件編號：TPE-" in ended.out
    assert (here / "lamp.yaml").read_text("utf-8").startswith("turns:\n- citizen: 民生東路三段的")
