"""The house keeps its shape: what linters can't see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(
    file
    for package in ("bot", "intents", "surveys")
    for file in (ROOT / package).rglob("*.py")
    if "migrations" not in file.parts
)
PURE = ("intents", "surveys", "bot/model", "bot/conversations", "bot/pipeline", "bot/digests")
PLATFORM_WORDS = ("line-bot", "linebot", "telegram")
PLATFORM_FILES = ("bot/channels/", "bot/settings.py", "bot/wiring.py")
LONGEST = 350
SENTENCE = re.compile("[\u4e00-\u9fff]{5,}[，。？！]")


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def pure(file: Path) -> bool:
    return name(file).startswith(PURE)


def calls(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_room_is_longer_than_a_few_screens(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("file", [f for f in FILES if pure(f)], ids=name)
def test_an_engine_noun_or_room_neither_opens_nor_prints(file: Path) -> None:
    assert calls(file) & {"open", "print", "input"} == set()


@pytest.mark.parametrize(
    "file", [f for f in FILES if not name(f).startswith(PLATFORM_FILES)], ids=name
)
def test_no_platform_is_named_outside_its_channel(file: Path) -> None:
    text = file.read_text(encoding="utf-8").lower()
    assert [word for word in PLATFORM_WORDS if word in text] == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_sentence_that_a_citizen_reads_stands_in_python(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    loose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented | loose
        and SENTENCE.search(node.value)
    ]
    assert sentences == []
