"""The question types: TYPES is the one list."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.questions.base import QuestionType
from surveys.questions.choice import Choice
from surveys.questions.date import Date
from surveys.questions.moment import Moment
from surveys.questions.note import Note
from surveys.questions.number import Number
from surveys.questions.photo import Photo
from surveys.questions.place import Place
from surveys.questions.ranking import Ranking
from surveys.questions.scale import Scale
from surveys.questions.several import Several
from surveys.questions.statement import Statement
from surveys.questions.suggestion import Suggestion
from surveys.questions.text import Text
from surveys.questions.time import Time
from surveys.questions.yes_no import YesNo

TYPES: Mapping[str, QuestionType] = {
    "choice": Choice(),
    "several": Several(),
    "scale": Scale(),
    "text": Text(),
    "yes_no": YesNo(),
    "number": Number(),
    "ranking": Ranking(),
    "date": Date(),
    "time": Time(),
    "moment": Moment(),
    "place": Place(),
    "photo": Photo(),
    "statement": Statement(),
    "suggestion": Suggestion(),
    "note": Note(),
}
