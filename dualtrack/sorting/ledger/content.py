"""What a project is by its content: a fingerprint, and how like two texts are.

An id is the tool's and changes with it; the content is how a decision finds its project again.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from rapidfuzz import fuzz

__all__ = ["LONGEST_TEXT", "compare_texts", "fingerprint_text", "join_text", "mark_title"]

LONGEST_TEXT = 1000  # letters: enough to tell another text from an edited one
_WORDS = re.compile(r"\w+")
# Digits and single letters tell "Hall 3" from "Hall 4" and "Phase A" from "Phase B"; so do Roman
# numerals. All other letters may differ by a slip of the pen.
_MARKS = re.compile(r"\b(?:\w*\d\w*|[ivx]+|\w)\b")


def join_text(title: str, description: str) -> str:
    """Title and description as one text in small letters, in which only words count."""
    plain = unicodedata.normalize("NFKC", f"{title} {description}").casefold()
    return " ".join(_WORDS.findall(plain))


def fingerprint_text(text: str) -> str:
    """A short code of a text of `join_text`: the same for two only if their words are.

    It begins with letters, so that no spreadsheet takes it for a number.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"fp-{digest[:16]}"


def compare_texts(left: str, right: str) -> float:
    """Likeness of two texts of `join_text`, 0 to 100 (rapidfuzz ratio), on their beginnings."""
    return float(fuzz.ratio(left[:LONGEST_TEXT], right[:LONGEST_TEXT]))


def mark_title(title: str) -> list[str]:
    """The numbers and single letters of a title of `join_text`: twins differ in no such mark."""
    return _MARKS.findall(title)
