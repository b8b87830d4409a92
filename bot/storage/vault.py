"""Seals what could name a person; nothing of it is stored in the clear."""

from __future__ import annotations

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.model.messages import Address

NONCE = 12
"""Bytes of chance before each sealed text, as AES-GCM wants them."""


class Vault:
    """Two keys from one secret: one seals texts, one turns addresses into lookup keys."""

    def __init__(self, secret: str) -> None:
        self._lookup = _derive(secret, b"cityvoice lookup")
        self._cipher = AESGCM(_derive(secret, b"cityvoice seal"))

    def key_of(self, address: Address) -> str:
        """What an address is looked up by: 32 hex characters that do not betray it."""
        return self.mark(f"{address.channel}\n{address.id}")

    def mark(self, text: str) -> str:
        """The same 32 hex characters for the same text, which cannot be had from them."""
        return hmac.digest(self._lookup, text.encode(), "sha256").hex()[:32]

    def seal(self, text: str) -> bytes:
        """The text so that only this vault reads it; sealed twice, it looks different."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str:
        """What was sealed; raises cryptography's InvalidTag for what another vault sealed."""
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()

    def token(self, *parts: str) -> str:
        """The parts as one word for an address or a cookie; nobody else can read or make one."""
        return urlsafe_b64encode(self.seal(json.dumps(parts))).decode().rstrip("=")

    def parts(self, token: str) -> tuple[str, ...] | None:
        """What `token` was made of; None for anything else."""
        try:
            return tuple(json.loads(self.open(urlsafe_b64decode(token + "=" * (-len(token) % 4)))))
        except (InvalidTag, ValueError, TypeError):
            return None


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
