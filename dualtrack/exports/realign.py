"""Rows with more cells than headings, put right where only one place fits."""

from __future__ import annotations

import re

from dualtrack.exports.column_map import plain
from dualtrack.exports.export import Cell

__all__ = ["realign"]

# Fields that hold several values, for which a tool writes more cells than it wrote headings.
_SEVERAL = re.compile(
    r"^(labels?|sprints?|watchers( id)?|comments?|attachments?|components?(/s)?|fix versions?(/s)?"
    r"|affects versions?(/s)?|tags?|etiquetas|adjuntos?|comentarios?|stichwörter|étiquettes)$"
)
_DATED = re.compile(
    r"\b(date|created|updated|resolved|due|viewed|changed|fecha|creada|actualizada|datum|erstellt)\b"
)
_DATE = re.compile(
    r"^\s*(\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}([ T,]+[\d:.]+.*)?|\d{12,13}|\w{3},? \w{3} .*)\s*$"
)
_MOST_EXTRA = 30


def realign(row: list[Cell], headings: list[str]) -> list[Cell] | None:
    """Join the surplus cells of a row into the field they belong to.

    The surplus is taken out behind one field of several values; the place is accepted if then
    every cell under a date heading is a date or blank, at least one is a date, and no other place
    fits as well.

    Args:
        row: Cells, more than there are headings.
        headings: The heading row.

    Returns:
        A row of the headings' width, the surplus joined by '; '; None where no single place fits.
    """
    extra = len(row) - len(headings)
    if not 0 < extra <= _MOST_EXTRA:
        return None
    names = [plain(heading) for heading in headings]
    dated = [place for place, name in enumerate(names) if _DATED.search(name)]
    fits = []
    for place, name in enumerate(names):
        is_last = place + 1 == len(names) or names[place + 1] != name
        if not is_last or not _SEVERAL.match(name):
            continue
        surplus = [str(cell) for cell in row[place : place + extra + 1] if cell not in (None, "")]
        moved = [*row[:place], "; ".join(surplus) or None, *row[place + extra + 1 :]]
        if _has_dates_in_place(moved, dated):
            fits.append(moved)
    return fits[0] if len(fits) == 1 else None


def _has_dates_in_place(row: list[Cell], dated: list[int]) -> bool:
    filled = [str(row[place]) for place in dated if row[place] not in (None, "")]
    return bool(filled) and all(_DATE.match(cell) for cell in filled)
