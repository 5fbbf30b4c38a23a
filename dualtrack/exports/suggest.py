"""Which field an unknown heading probably holds: suggestions with their confidence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from rapidfuzz import fuzz, process

from dualtrack.exports.column_map import plain, read_column_maps

__all__ = ["suggest_fields", "write_suggested_map"]

# Below this likeness a suggestion is wrong more often than right (tried on headings of the maps).
_LEAST = 72.0


def suggest_fields(headings: Iterable[str]) -> pd.DataFrame:
    """Fields for headings no column map knows, by likeness to every heading any map knows.

    Args:
        headings: Headings as the file has them.

    Returns:
        `heading`, `field`, `known_as` (the known heading it is like), `confidence` (0 to 100,
        rapidfuzz WRatio), best first; headings like nothing known are left out, and a field is
        suggested once.
    """
    known: dict[str, str] = {}
    for column_map in read_column_maps():
        if column_map.table_name != "projects":
            continue
        for column in column_map.column:
            for heading in column.headings:
                known.setdefault(plain(heading), column.field)
    rows = []
    for heading in headings:
        found = process.extractOne(plain(heading), known.keys(), scorer=fuzz.WRatio)
        if found and found[1] >= _LEAST:
            rows.append((heading, known[found[0]], found[0], round(float(found[1]))))
    columns = ["heading", "field", "known_as", "confidence"]
    suggested = pd.DataFrame(rows, columns=columns).sort_values(
        "confidence", ascending=False, kind="stable"
    )
    return suggested.drop_duplicates("field").reset_index(drop=True)


def write_suggested_map(headings: list[str], *, tool: str) -> str:
    """A column map in TOML with the suggested fields, ready to edit.

    Args:
        headings: Headings of the list.
        tool: Name for the map, such as the file's stem.
    """
    suggested = suggest_fields(headings)
    lines = [
        "# Suggested by `dualtrack check --write-map`: read each line before you use it, then",
        '# name this file in portfolio.toml: [[export]] match = "...", column_map = "..."',
        f"tool = {_quoted(tool)}",
        f"title = {_quoted(f'{tool}, own list')}",
        f"signatures = [[{', '.join(_quoted(one) for one in headings[:4] if one)}]]",
    ]
    for row in suggested.itertuples():
        lines += [
            "",
            f"[[column]]  # like {row.known_as!r}, confidence {row.confidence}",
            f'field = "{row.field}"',
            f"headings = [{_quoted(row.heading)}]",
        ]
    unused = [one for one in headings if one and one not in set(suggested["heading"])]
    lines += ["", *(f"# not used: {' '.join(one.split())}" for one in unused), ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'
