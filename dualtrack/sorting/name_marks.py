"""Known names as keyed hashes: texts can be searched for people whose names are kept nowhere.

What a quarter's snapshot keeps: the notebooks after it read decisions and countermeasures that
people wrote beside the settings, and these name people too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from dualtrack.sorting.second_reader.names import KnownNames

__all__ = ["mark_names", "read_marks"]

_PSEUDONYM_START = len("person-")


def mark_names(names: KnownNames, pseudonym: Callable[[str], str]) -> frozenset[str]:
    """Each form of the names as a keyed hash; those of scripts without blanks are left out.

    Args:
        names: As `list_names` returns.
        pseudonym: As `records.people.pseudonyms` returns.
    """
    forms = {kind: getattr(names, kind) for kind in _KINDS}
    return frozenset(
        _mark(kind, form, pseudonym) for kind, found in forms.items() for form in found
    )


def read_marks(marks: Iterable[str], pseudonym: Callable[[str], str]) -> KnownNames:
    """Names to look up by their marks.

    Args:
        marks: As `mark_names` returns.
        pseudonym: With the same key.
    """
    known = frozenset(marks)
    full, parts, logins = (_Marked(kind, known, pseudonym) for kind in _KINDS)
    return KnownNames(full, parts, logins, ())


_KINDS = ("full", "parts", "logins")


class _Marked:
    """A set of forms of which only the marks are known."""

    def __init__(self, kind: str, marks: frozenset[str], pseudonym: Callable[[str], str]) -> None:
        self._mark = lru_cache(maxsize=100_000)(lambda form: _mark(kind, form, pseudonym))
        self._marks = marks

    def __contains__(self, form: object) -> bool:
        return self._mark(form) in self._marks


def _mark(kind: str, form: object, pseudonym: Callable[[str], str]) -> str:
    words = " ".join(form) if isinstance(form, tuple) else form
    return pseudonym(f"{kind}: {words}")[_PSEUDONYM_START:]
