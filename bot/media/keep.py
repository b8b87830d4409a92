"""A folder of kept photos, each a file named by its unguessable key."""

from __future__ import annotations

import os
import re
from pathlib import Path

_KEY = re.compile(r"[A-Za-z0-9_-]{8,128}")


class Keep:
    """Photos under `folder`, which is made when the first one comes.

    A key is minted by the caller and is all that is needed to see the photo, so it must be
    unguessable: 8 to 128 ASCII letters, digits, "-" and "_". Any other key raises
    ValueError, so that no key leads out of the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, photo: bytes) -> None:
        """Keep `photo`, replacing what the key held. A crash leaves the old or the new."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(photo)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)

    def get(self, key: str) -> bytes | None:
        """The photo; None when there is none."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        """Whether it was there or not, it is gone afterwards."""
        path = self._path(key)
        path.unlink(missing_ok=True)
        path.with_suffix(".part").unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not the key of a photo")
        return self._folder / key[:2] / f"{key}.jpg"
