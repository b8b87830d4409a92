"""A proposal on its way."""

from __future__ import annotations

import pytest
from standins.samples import NOW

from bot.model.proposal import Forwarding, Proposal, Stage


@pytest.fixture
def forwarding() -> Forwarding:
    document = {"schema_version": "1.0", "id": "P1", "title": "民生東路三段・路燈故障"}
    return Forwarding("F1", Proposal("P1", "n1", Stage.COLLECTED, document, NOW), "any", "key-1")
