"""`Label: value` lines inside descriptions: fields people keep where their tool has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from dualtrack.exports.column_map import ColumnMap, plain
from dualtrack.exports.export import Cell, Export
from dualtrack.exports.suggest import suggest_fields

__all__ = ["add_label_lines", "offer_label_lines", "take_label_lines"]

# `**Sponsor:** Ada`, `- Budget: 10,000`, `### Goal: less waste`; an address is no label.
_LABEL_LINE = re.compile(
    r"^[ \t]*(?:[-*+•#>]+[ \t]+)*[*_]{0,2}([^\W\d_][\w /&()%.'-]{0,39}?)[*_]{0,2}[ \t]{0,3}"
    r":(?!//)[*_]{0,2}[ \t]*(\S.*)$",
    re.MULTILINE,
)
_LABEL_WORDS = 5
# A label is a field only if people use it on more than one card.
_LABEL_CARDS = 2
_MOST_LABELS = 200
_NOT_FROM_LINES = {"project_id", "parent_key", "title", "description", "milestones"}
_SURE = 90  # likeness from which a label is taken for a known heading
_LONGEST_DESCRIPTION = 100_000


def offer_label_lines(export: Export) -> pd.DataFrame:
    """Labels in the descriptions of a list that could be columns.

    Args:
        export: A project list; its descriptions are looked through.

    Returns:
        `label`, `row_count`, `example`, `field` (ours that the label's name fits; missing if none),
        most frequent first; only labels of two rows and more.
    """
    cells = export.frame.get("description", [])
    found = [_label_lines(cell) for cell in cells]
    names = _shared_labels(found)
    rows = []
    for key, name in names.items():
        values = [lines[key][1] for lines in found if key in lines]
        rows.append((name, len(values), values[0], _field_of(name, export.column_map)))
    return pd.DataFrame(rows, columns=["label", "row_count", "example", "field"])


def take_label_lines(frame: pd.DataFrame, column_map: ColumnMap) -> pd.DataFrame:
    """Fill fields from the labels of the descriptions; a filled cell of the tool stands.

    Args:
        frame: `Export.frame` of a project list.
        column_map: The map that recognised it, for the fields its headings fit.

    Returns:
        A new frame: gaps of known fields filled, fields added that only the lines hold. Labels that
        fit no field are left in the description.
    """
    if "description" not in frame:
        return frame
    found = [_label_lines(cell) for cell in frame["description"]]
    taken = frame.copy()
    for key, label in _shared_labels(found).items():
        field = _field_of(label, column_map)
        if field is None or field in _NOT_FROM_LINES:
            continue
        values = pd.Series(
            [lines.get(key, ("", None))[1] for lines in found], index=frame.index, dtype=object
        )
        taken[field] = (
            taken[field].where(taken[field].notna(), values) if field in taken else values
        )
    return taken


def _field_of(label: str, column_map: ColumnMap) -> str | None:
    own = column_map.find([label])
    if own:
        return next(iter(own))
    suggested = suggest_fields([label])
    is_sure = not suggested.empty and suggested["confidence"].iloc[0] >= _SURE
    return str(suggested["field"].iloc[0]) if is_sure else None


def _shared_labels(found: Iterable[dict[str, tuple[str, str]]]) -> dict[str, str]:
    """Labels that stand on more than one card, as compared, to the way they are written first."""
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    for lines in found:
        counted.update(lines.keys())
        for key, (label, _) in lines.items():
            written.setdefault(key, label)
    return {
        key: written[key]
        for key, count in counted.most_common(_MOST_LABELS)
        if count >= _LABEL_CARDS
    }


def add_label_lines(records: list[dict[str, Cell]], description: str) -> None:
    """Give each label of `Label: value` lines a column of its own, in place.

    Args:
        records: Cells by heading; the description keeps its lines.
        description: Heading of the text to look in.
    """
    found = [_label_lines(record.get(description)) for record in records]
    names = _shared_labels(found)
    for record, lines in zip(records, found, strict=True):
        taken = {plain(heading): heading for heading, cell in record.items()}
        for key, (_, value) in lines.items():
            # What the tool itself says in a field of that name stays; its empty field is filled.
            heading = taken.get(key, names.get(key, ""))
            if key in names and record.get(heading) is None:
                record[heading] = value


def _label_lines(text: Cell) -> dict[str, tuple[str, str]]:
    """Label as compared, to the label as written and its value; the first of a name counts."""
    lines: dict[str, tuple[str, str]] = {}
    if isinstance(text, str):
        for label, value in _LABEL_LINE.findall(text[:_LONGEST_DESCRIPTION].replace("\r", "")):
            if len(label.split()) <= _LABEL_WORDS:
                lines.setdefault(plain(label), (label.strip(), value.strip().removesuffix("**")))
    return lines
