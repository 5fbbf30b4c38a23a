"""Text in files that people open in a spreadsheet: written so that no cell runs as a formula.

Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` (OWASP, CSV injection). Such a cell
gets an apostrophe in front, which a spreadsheet takes for "this is text"; reading takes one away.
"""

from __future__ import annotations

import re
from pathlib import Path

from dualtrack.errors import SortingError

__all__ = ["bare_cell", "decode_table", "find_separator", "guard_cell", "one_line"]

# Also after a semicolon or tab: a spreadsheet set to another separator begins a new cell there.
# U+FF0B, U+FF0D, U+FF1D, U+FF20 are the wide forms of + - = @, which some take for the same.
_START = "(^|[;\t])([ ]*)"
_SIGN = "[=+\\-@\uff0b\uff0d\uff1d\uff20]"
# Control characters, and halves of a character, which cannot be written as UTF-8.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TO_GUARD = re.compile(f"{_START}(?='*{_SIGN})")
_GUARDED = re.compile(f"{_START}'(?='*{_SIGN})")


def guard_cell(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would run; see `bare_cell`."""
    return _TO_GUARD.sub(r"\1\2'", text)


def bare_cell(text: str) -> str:
    """The text as it was before `guard_cell`: `bare_cell(guard_cell(text)) == text`."""
    return _GUARDED.sub(r"\1\2", text)


def one_line(text: str) -> str:
    """The text on one line: runs of white space and control characters are one blank."""
    return " ".join(_NO_TEXT.sub(" ", text).split())


def decode_table(content: bytes, path: Path) -> str:
    """The text of a table people keep.

    Args:
        content: Bytes of the file.
        path: For the message.

    Raises:
        SortingError: It is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise SortingError(
            f"{path}: not UTF-8 ({fault.reason} at byte {fault.start}). In the spreadsheet, save "
            f"it as 'CSV UTF-8'."
        ) from fault


def find_separator(heading: str) -> str:
    """Comma, or semicolon or tab where the heading row has more of them.

    Spreadsheets of many countries save with semicolons.
    """
    return max(",;\t", key=heading.count)
