"""Understanding: texts a second one by one, and how well real people's texts are read.

The real texts lie outside the project, in ../shared/data; without them only speed is told.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from bot.catalogue import load
from bot.model.catalogue import Catalogue
from intents.cluster import Told, cluster
from intents.evaluate import Gold, evaluate
from intents.reading import Reading
from intents.taxonomy import Taxonomy
from intents.train import Labelled, train
from intents.understand import Understander

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
NOTHING = Taxonomy((), {}, {}, {}, {}, {})
TEXTS = (
    "民生東路三段的路燈壞了三天,晚上很暗",
    "你好",
    "進度",
    "大安森林公園旁邊的人行道磚翹起來,阿嬤差點跌倒",
    "公车司机在捷运大安站乱按喇叭",
    "There is a pothole on Ren'ai Road near Daan Station",
    "您好,本人住在松山區,社區門口的垃圾已經三天沒有人來收,味道很重,請派人處理,電話0912345678",
    "敬老卡在公車上感應不到,司機叫我阿公下車,請問要去哪裡換新的卡片",
)
SECONDS = 3.0


def main() -> None:
    """Speed, then the default model and the engine on real texts, then clustering."""
    catalogue = load(ROOT / "config", "taipei")
    started = time.perf_counter()
    understander = Understander(catalogue.taxonomy, catalogue.gazetteer, train(catalogue.taxonomy))
    print(f"understanding: model trained in {time.perf_counter() - started:.1f} s")
    print(f"understanding: {speed(understander):,.0f} texts/s, one by one, one process")
    if not DATA.is_dir():
        print("understanding: ../shared/data is absent; accuracy not measured")
        return
    for name in ("taipei_faq", "teddy7", "polis"):
        tell(f"default model on {name}.dev", understander, rows(name, "dev"))
    for name in ("taipei_faq", "teddy7"):
        tell(f"engine trained on {name}.train, on its dev", engine(name, catalogue), rows(name))
    clusters()


def speed(understander: Understander) -> float:
    """Texts a second, read one after another."""
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for text in TEXTS:
            understander.read(text)
        done += len(TEXTS)
    return done / (time.perf_counter() - started)


def lines(name: str, part: str) -> Iterator[Mapping[str, Any]]:
    """The rows of one file of real texts."""
    with (DATA / f"{name}.{part}.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def rows(name: str, part: str = "dev") -> list[Gold]:
    """The labelled texts of one file."""
    return [Gold(r["text"], r["label"], tuple(r["accept"])) for r in lines(name, part)]


def engine(name: str, catalogue: Catalogue) -> Understander:
    """A reader trained on that file alone."""
    labelled = [Labelled(row.text, row.label, "zh-TW") for row in rows(name, "train")]
    return Understander(NOTHING, catalogue.gazetteer, train(NOTHING, labelled))


def tell(what: str, understander: Understander, gold: Sequence[Gold]) -> None:
    """Print the figures of one reader on one file."""
    started = time.perf_counter()
    readings = [understander.read(row.text) for row in gold]
    figures = evaluate(gold, readings, time.perf_counter() - started)
    kept = [(g, r) for g, r in zip(gold, readings, strict=True) if r.domain]
    right = sum(r.domain in (g.label, *g.accept) for g, r in kept)
    lost = sum(r.act != "report" for r in readings)
    print(
        f"understanding: {what}: accuracy {figures['accuracy']:.3f}, "
        f"macro-F1 {figures['macro_f1']:.3f}, "
        f"calibration error {figures['calibration_error']:.3f}, "
        f"keeps {len(kept) / len(gold):.0%} at precision {right / max(1, len(kept)):.3f}, "
        f"surer half {surer_half(gold, readings):.3f}, "
        f"not reports {lost / len(gold):.1%}"
    )


def surer_half(gold: Sequence[Gold], readings: Sequence[Reading]) -> float:
    """How often the half that it is surest of is right, kept or not."""
    pairs = sorted(zip(readings, gold, strict=True), key=lambda pair: -pair[0].confidence)
    half = pairs[: len(pairs) // 2]
    best = [max(r.scores, key=r.scores.__getitem__) in (g.label, *g.accept) for r, g in half]
    return sum(best) / len(best)


def clusters() -> None:
    """Print how well a year of complaints is put together."""
    every = list(lines("hot", "dev"))
    told = [
        Told(r["oid"], r["text"], datetime.fromisoformat(r["time"]), by=r["user"]) for r in every
    ]
    started = time.perf_counter()
    needs = [need.ids for need in cluster(told)]
    seconds = time.perf_counter() - started
    matters: defaultdict[str, list[str]] = defaultdict(list)
    for row in (r for r in every if r["label"]):
        matters[row["label"]].append(row["oid"])
    known = {oid for of in matters.values() for oid in of}
    meant = pairs(matters.values())
    found = pairs([oid for oid in need if oid in known] for need in needs)
    f1 = 2 * len(meant & found) / (len(meant) + len(found))
    print(
        f"understanding: clustering hot.dev: pair-F1 {f1:.3f}, {len(every)} texts, "
        f"{len(needs)} needs, {seconds:.1f} s"
    )


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every two that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    main()
