"""How random definitions are tried: as long as each takes on a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
