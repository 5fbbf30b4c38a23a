"""Folders of this machine taken out of what a pack keeps: they tell who made it, and where."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

__all__ = ["forget_paths", "hide_paths"]


def forget_paths(notebook: Path, *folders: Path) -> None:
    """Write an executed notebook anew, its paths relative to the workspace or the user's home.

    Args:
        notebook: The file; one that is not there is left alone.
        folders: Of the workspace, where it ran; of the notebooks.
    """
    if not notebook.is_file():
        return
    text = plain = notebook.read_text(encoding="utf-8")
    # As JSON holds a path, and as JSON holds a cell of Python that holds it.
    for written in (_in_json, lambda path: _in_json(_in_json(path))):
        plain = hide_paths(plain, *folders, written=written)
    if plain != text:
        new = notebook.with_name(f".{notebook.name}.new")
        new.write_text(plain, encoding="utf-8")
        new.replace(notebook)


def hide_paths(text: str, *folders: Path, written: Callable[[str], str] = str) -> str:
    """A text with paths relative to the workspace (`portfolio.toml`) or the home (`~/x`).

    Args:
        text: Any text.
        folders: Of the workspace, and others whose place is nobody's business.
        written: How a path is written in it.
    """
    places = [(one, "") for folder in folders for one in dict.fromkeys((folder, folder.resolve()))]
    for place, short in (*places, (Path.home(), "~")):
        path = str(place)
        if len(place.parts) < 2 or not place.is_absolute():  # the root is no one's
            continue
        signs, sep = re.escape(written(path)), re.escape(written(os.sep))
        # The path itself comes first: the letters before it, looked at first, would be looked at
        # all over a text of some million.
        text = re.sub(
            rf"{signs}(?<![\w.~-]{signs})(?:(?P<inside>{sep})|(?![\w-]|\.\w))",
            partial(_shorten, short=short),
            text,
        )
    return text


def _shorten(found: re.Match[str], *, short: str) -> str:
    if found["inside"]:
        return f"{short}/" if short else ""
    is_last = found.string.startswith(".", found.end())  # the sentence ends: not "..", the parent
    return short or ("./" if is_last else ".")


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
