"""The reader at work: reads by the model that judges now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from intents.meaning import Encoder
from intents.model import Model
from intents.places import Gazetteer
from intents.reading import Reading
from intents.taxonomy import Taxonomy
from intents.train import fingerprint, train
from intents.understand import Understander


class Reader:
    """Reads texts; its model can change between two of them. `base` is the city's own."""

    def __init__(
        self, taxonomy: Taxonomy, gazetteer: Gazetteer, base: Model, encoder: Encoder | None
    ) -> None:
        self._reading_by = partial(Understander, taxonomy, gazetteer, encoder=encoder)
        self._base = self._now = self._reading_by(base)

    @property
    def version(self) -> str:
        """The version of the model that judges."""
        return self._now.version

    def read(self, text: str) -> Reading:
        """What the text says, whatever the text."""
        return self._now.read(text)

    def use(self, model: Model | None) -> None:
        """Read by this one from now on; None is the city's own."""
        self._now = self._reading_by(model) if model else self._base


def own_model(
    folder: Path, taxonomy: Taxonomy, encoder: Encoder | None, mint: Callable[[], str]
) -> Model:
    """The model of the city's examples, kept in `folder`; trained when they changed."""
    mark = fingerprint(taxonomy, (), encoder.name if encoder else None)
    kept = folder / f"{mark}.model"
    if kept.exists():
        return Model.load(kept.read_bytes())
    model = train(taxonomy, encoder=encoder)
    folder.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{mint()}")
    part.write_bytes(model.dump())
    part.replace(kept)
    return model
