"""What people ask for in their own words: answers to a survey read and gathered as reports are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from intents.cluster import Gathered, Told, cluster
from intents.reading import Reading
from surveys.session import Session


def themes(
    sessions: Iterable[Session], question: str, read: Callable[[str], Reading]
) -> tuple[Gathered, ...]:
    """The needs in the answers to a question of free text, the hottest first.

    Their `ids` are those of the sessions; who skipped the question is in none.
    """
    told = [
        _told(session.id, answer.value, read)
        for session in sessions
        for answer in session.answers
        if answer.question == question and isinstance(answer.value, str)
    ]
    return cluster(told)


def _told(session: str, text: str, read: Callable[[str], Reading]) -> Told:
    reading = read(text)
    place = next(iter(reading.places), None)
    # One round is one moment: that one answered later makes no need hotter.
    return Told(session, reading.redacted, None, place, reading.domain, by=session)
