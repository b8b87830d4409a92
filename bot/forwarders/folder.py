"""Proposals as JSON files in a folder, for whatever picks them up."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from pathlib import Path

from bot.model.errors import CityvoiceError, TryLater, Undeliverable
from bot.model.proposal import Forwarding

_SAFE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_READABLE = 0o644


class Folder:
    """Writes `<proposal id>.json`. A reader sees a whole file or none."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def forward(self, forwarding: Forwarding) -> None:
        """Write the proposal's document; a repeat puts the same file in place again."""
        if not _SAFE.fullmatch(forwarding.proposal.id):
            raise Undeliverable(f"proposal id {forwarding.proposal.id!r} is no file name")
        text = json.dumps(dict(forwarding.proposal.document), ensure_ascii=False, indent=2)
        target = self._folder / f"{forwarding.proposal.id}.json"
        try:
            await asyncio.to_thread(_put, target, f"{text}\n".encode())
        except OSError as error:
            raise TryLater(f"cannot write {target}: {error.strerror}") from error

    async def check(self) -> str:
        """Write and remove a file, as forwarding would."""
        try:
            await asyncio.to_thread(_probe, self._folder)
        except OSError as error:
            raise CityvoiceError(f"cannot write into {self._folder}: {error.strerror}") from error
        return str(self._folder)

    async def close(self) -> None:
        """Nothing is held open."""


def _put(target: Path, content: bytes) -> None:
    """Write beside the target, sync, rename, sync the folder: after a crash all or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _READABLE)
            os.fsync(file.fileno())
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _probe(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(prefix=".", suffix=".part", dir=folder):
        pass
