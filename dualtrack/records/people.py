"""Pseudonyms: people are counted and grouped, never named, after this point."""

from __future__ import annotations

import hashlib
import os
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
    """The key kept; a blank file, as a power cut can leave one, holds none.

    Without a key anyone could try names out on a pseudonym.
    """
    key = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return key or _make_key(path)


def _make_key(path: Path) -> str:
    """Write a new key, whole or not at all; another process's, if that came first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(16)
    beside = path.with_name(f"{path.name}.{key[:8]}.new")
    try:
        with beside.open("x", encoding="utf-8") as file:
            beside.chmod(0o600)
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        _place(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path.read_text(encoding="utf-8").strip()


def _place(beside: Path, path: Path) -> None:
    if path.is_file() and not path.read_text(encoding="utf-8").strip():
        path.unlink(missing_ok=True)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:  # no links on this file system
        beside.replace(path)
