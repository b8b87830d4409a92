"""The pipeline that reads a text: spaCy's, by characters, with the city's own components.

Each component writes what it finds to an extension of the Doc: `doc._.places` (tuple of
Place), `doc._.judgement` (Judgement), `doc._.alarm` (Urgency and kind of danger).
"""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from intents.classify import judge, serene
from intents.features import prepared
from intents.meaning import Encoder
from intents.model import Model
from intents.places import Gazetteer
from intents.taxonomy import Taxonomy
from intents.urgency import Alarm

Component = Callable[[Doc], Doc]

TEXT = "text"

for _extension in ("places", "judgement", "alarm"):
    Doc.set_extension(_extension, default=None, force=True)


class Reader:
    """A component that writes what `found` says about the text to one extension."""

    def __init__(self) -> None:
        self.extension = ""
        self.found: Callable[[str], object] = str

    def __call__(self, doc: Doc) -> Doc:
        doc._.set(self.extension, self.found(doc.user_data[TEXT]))
        return doc


def read(nlp: Language, text: str) -> Doc:
    """The text as the pipeline reads it. It keeps the text, which a Doc would put together from
    its tokens again for every component."""
    doc = nlp.make_doc(text)
    doc.user_data[TEXT] = text
    return nlp(doc)


@Language.factory("cityvoice_reader")
def _reader(nlp: Language, name: str) -> Component:
    return Reader()


def pipeline(
    taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model, encoder: Encoder | None
) -> Language:
    """A blank Chinese pipeline by characters with the city's components."""
    nlp = spacy.blank("zh")
    _add(nlp, "places", gazetteer.find)
    _add(nlp, "judgement", lambda text: judge(model, prepared(text), encoder))
    alarm = Alarm(taxonomy)
    _add(nlp, "alarm", lambda text: alarm.heard(text, lambda part: serene(model, part)))
    return nlp


def _add(nlp: Language, extension: str, found: Callable[[str], object]) -> None:
    reader = nlp.add_pipe("cityvoice_reader", name=extension)
    reader.extension, reader.found = extension, found  # type: ignore[attr-defined]
