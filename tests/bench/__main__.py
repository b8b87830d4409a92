"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import (
    answers,
    embeddings,
    engines,
    kinds,
    redaction,
    split,
    understanding,
    urgency,
    webhooks,
)
from load import residents

if __name__ == "__main__":
    understanding.main()
    engines.main()
    embeddings.main()
    kinds.main()
    redaction.main()
    urgency.main()
    answers.main()
    split.main()
    asyncio.run(webhooks.main())
    asyncio.run(residents.main())
