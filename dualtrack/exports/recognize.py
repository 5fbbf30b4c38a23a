"""Which tool wrote a sheet, told from its headings, and where the headings stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dualtrack.exports.column_map import ColumnMap, plain
from dualtrack.exports.export import RawSheet

__all__ = ["Recognition", "recognize"]

# Metadata above a heading row takes three to five rows in the exports seen; hand-kept lists more.
_HEADING_SEARCH_ROWS = 25
# A list told by its fields counts as little as the shortest signature.
_FIELDS_COUNT = 3
# A generic list needs a title and two more fields, else any two words would make a list.
_GENERIC_TOOL = "generic"
_GENERIC_FIELDS = 3
# Rows looked at for cells that tell the tool.
_CELL_SEARCH_ROWS = 500


@dataclass(frozen=True)
class Recognition:
    """The column map that fits, the heading row's position and the reason in words.

    Attributes:
        is_generic: The columns are those of the generic list, whatever tool its cells name.
    """

    column_map: ColumnMap
    heading_position: int
    reason: str
    is_generic: bool = False


def recognize(sheet: RawSheet, column_maps: tuple[ColumnMap, ...]) -> Recognition | None:
    """Find the column map whose signature stands in a heading row.

    Args:
        sheet: Raw cells.
        column_maps: Maps to try; one named `generic` is used when no signature fits.

    Returns:
        The fit with the longest signature, then the most mapped headings; None if nothing fits.
    """
    fits: list[tuple[int, int, int, Recognition]] = []
    for position, row in enumerate(sheet.rows[:_HEADING_SEARCH_ROWS]):
        headings = {plain(cell) for cell in row} - {""}
        for column_map in column_maps:
            signature = _matching_signature(column_map, headings)
            count = len(signature)
            if not signature:
                signature = _matching_fields(column_map, headings)
                count = min(len(signature), _FIELDS_COUNT)
            if signature:
                mapped = len(column_map.find([str(cell or "") for cell in row]))
                reason = "headings " + ", ".join(repr(name) for name in signature)
                found = Recognition(column_map, position, reason)
                fits.append((count, mapped, -position, found))
    if fits:
        return max(fits, key=lambda fit: fit[:3])[3]
    return _recognize_generic(sheet, column_maps)


def _matching_signature(column_map: ColumnMap, headings: set[str]) -> tuple[str, ...]:
    whole = [names for names in column_map.signatures if {plain(n) for n in names} <= headings]
    return max(whole, key=len, default=())


def _matching_fields(column_map: ColumnMap, headings: set[str]) -> tuple[str, ...]:
    """One heading for each field of `signature_fields`; nothing where one is missing."""
    known: dict[str, list[str]] = {}
    for column in column_map.column:
        known.setdefault(column.field, []).extend(plain(heading) for heading in column.headings)
    found = [
        next((name for name in known.get(field, []) if name in headings), "")
        for field in column_map.signature_fields
    ]
    return tuple(found) if found and all(found) else ()


def _recognize_generic(sheet: RawSheet, column_maps: tuple[ColumnMap, ...]) -> Recognition | None:
    generic = next((one for one in column_maps if one.tool == _GENERIC_TOOL), None)
    if generic is None:
        return None
    best: tuple[int, int, Recognition] | None = None
    for position, row in enumerate(sheet.rows[:_HEADING_SEARCH_ROWS]):
        found = generic.find([str(cell or "") for cell in row])
        if "title" not in found or len(found) < _GENERIC_FIELDS:
            continue
        names = ", ".join(repr(str(row[found[field][0]])) for field in list(found)[:4])
        fit = (
            len(found),
            -position,
            Recognition(generic, position, f"list headings {names}", is_generic=True),
        )
        if best is None or fit[:2] > best[:2]:
            best = fit
    return _name_by_cells(sheet, best[2], column_maps) if best else None


def _name_by_cells(
    sheet: RawSheet, found: Recognition, column_maps: tuple[ColumnMap, ...]
) -> Recognition:
    """A generic list, under the name of the tool its cells give away."""
    rows = sheet.rows[found.heading_position + 1 :][:_CELL_SEARCH_ROWS]
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    for column_map in column_maps:
        for pattern in column_map.signature_cells:
            seen = next((text for text in texts if re.search(pattern, text)), None)
            if seen is not None:
                own = {"tool": column_map.tool, "title": column_map.title}
                named = found.column_map.model_copy(update=own)
                reason = f"a cell such as {seen[:60]!r}, {found.reason}"
                return replace(found, column_map=named, reason=reason)
    return found
