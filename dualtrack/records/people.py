"""Pseudonyms: people are counted and grouped, never named, after this point."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path

from dualtrack.config import Settings

__all__ = ["pseudonyms"]

_KEY_FILE = ".dualtrack/people.key"


def pseudonyms(settings: Settings) -> Callable[[str], str]:
    """The function that turns a name into its pseudonym.

    A keyed hash (BLAKE2), so that nobody without the key can try names out; the key is the one of
    the settings, else one made on first use and kept in `.dualtrack/people.key`, outside any pack.
    """
    key = settings.privacy.people_key or _kept_key(settings.path(_KEY_FILE))

    def pseudonym(name: str) -> str:
        plain = " ".join(name.casefold().split())
        digest = hashlib.blake2b(plain.encode(), key=key.encode()[:64], digest_size=5)
        return f"person-{digest.hexdigest()}"

    return pseudonym


def _kept_key(path: Path) -> str:
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()
