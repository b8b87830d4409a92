"""The question types: TYPES is the one list."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.questions.base import QuestionType
from surveys.questions.choice import Choice
from surveys.questions.number import Number
from surveys.questions.ranking import Ranking
from surveys.questions.scale import Scale
from surveys.questions.several import Several
from surveys.questions.text import Text
from surveys.questions.yes_no import YesNo

TYPES: Mapping[str, QuestionType] = {
    "choice": Choice(),
    "several": Several(),
    "scale": Scale(),
    "text": Text(),
    "yes_no": YesNo(),
    "number": Number(),
    "ranking": Ranking(),
}
