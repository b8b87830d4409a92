"""How often the kind of problem is found, on texts by another writer than the training's.

The writer of kinds.jsonl was given the kinds' ids and names and saw no training sentence; nor did
that of spellings.jsonl: wrong characters of the right sound, 注音文, Taiwanese, mixed languages and
scripts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.catalogue import load
from intents.classify import kinds
from intents.features import prepared
from intents.model import Model
from intents.train import train

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def main() -> None:
    """Print it for plain texts, then by how the others are spelt."""
    model = train(load(ROOT / "config", "taipei").taxonomy)
    told("kinds", model, rows("kinds.jsonl"))
    spelt = rows("spellings.jsonl")
    for how in dict.fromkeys(row["how"] for row in spelt):
        told(f"kinds: {how}", model, [row for row in spelt if row["how"] == how])


def rows(name: str) -> list[Mapping[str, str]]:
    """The texts of a file."""
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def told(what: str, model: Model, gold: Sequence[Mapping[str, str]]) -> None:
    """Print how often the right kind comes first, and among the first three."""
    ranks = [rank(model, row["text"], row["kind"]) for row in gold]
    print(
        f"{what}: {len(gold)} texts, {len({row['kind'] for row in gold})} kinds: "
        f"first {share(ranks, 1):.3f}, among three {share(ranks, 3):.3f}"
    )


def rank(model: Model, text: str, kind: str) -> int:
    """The place of the kind among all, the likeliest being 0."""
    return kinds(model, prepared(text)).index(kind)


def share(ranks: Sequence[int], among: int) -> float:
    """The share of texts whose kind is among so many."""
    return sum(rank < among for rank in ranks) / len(ranks)


if __name__ == "__main__":
    main()
