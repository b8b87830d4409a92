"""The default model with the extra `embeddings`: what it gains on real people's words, and what
it costs. Encoding the city's sentences takes some minutes."""

from __future__ import annotations

import time

from bench.understanding import DATA, ROOT, rows, speed, tell

from bot.catalogue import load
from bot.encoder import E5
from intents.train import train
from intents.understand import Understander


def main() -> None:
    """Print training time, speed, and the figures on each file of real texts."""
    catalogue, encoder = load(ROOT / "config", "taipei"), E5()
    started = time.perf_counter()
    model = train(catalogue.taxonomy, encoder=encoder)
    print(f"embeddings: model trained in {time.perf_counter() - started:.0f} s")
    reader = Understander(catalogue.taxonomy, catalogue.gazetteer, model, Forgetful(encoder))
    print(f"embeddings: {speed(reader):,.0f} texts/s, one by one, one process")
    if DATA.is_dir():
        for name in ("taipei_faq", "teddy7", "polis"):
            tell(f"default model with embeddings on {name}.dev", reader, rows(name, "dev"))


class Forgetful:
    """The encoder without its memory, so that each text costs what a new one does."""

    def __init__(self, encoder: E5) -> None:
        self.name = encoder.name
        self._encoder = encoder

    def vectors(self, texts):
        """A row for each text, encoded now."""
        self._encoder.forget()
        return self._encoder.vectors(texts)


if __name__ == "__main__":
    main()
