"""JSON values as cells: nested values shown as text."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from dualtrack.exports.export import Cell

__all__ = [
    "Json",
    "JsonObject",
    "at",
    "flatten",
    "join_cells",
    "objects",
    "to_cell",
]

Json: TypeAlias = object
JsonObject: TypeAlias = "dict[str, Json]"

# What stands for a nested object, such as a person, a status or a label; first filled wins.
_DISPLAY_KEYS = (
    "display_value",
    "displayName",
    "display_name",
    "fullName",
    "full_name",
    "name",
    "title",
    "label",
    "login",
    "username",
    "value",
    "text",
    "filename",
    "color",
)
_EXACT_INTEGER = 2**53  # larger whole numbers are ids; spreadsheets and floats would round them


def to_cell(value: Json) -> Cell:
    """One JSON value as a cell.

    Args:
        value: Anything `json.loads` returns.

    Returns:
        Numbers as they are (ids beyond 2^53 as text), true and false as words, lists joined by
        "; ", objects by their name, rich text (Atlassian documents) as plain text.
    """
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value if abs(value) < _EXACT_INTEGER else str(value)
    if isinstance(value, str):
        return _whole_text(value) or None
    if isinstance(value, list):
        return join_cells(value)
    if isinstance(value, dict):
        return _display(value)
    return str(value)


def join_cells(values: list[Json]) -> str | None:
    """Values of a list in one cell, joined by "; "; empty ones left out."""
    cells = [to_cell(value) for value in values]
    return "; ".join(str(cell) for cell in cells if cell is not None) or None


def at(record: Json, path: str) -> Json:
    """The value at a dotted path; None where any step is missing or no object."""
    for key in path.split("."):
        if not isinstance(record, dict):
            return None
        record = record.get(key)
    return record


def objects(values: Json) -> list[JsonObject]:
    """The objects of a list; none where it is no list."""
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def flatten(record: JsonObject) -> dict[str, Cell]:
    """Cells of an object: one per key, and `key.inner` for objects one level down."""
    cells: dict[str, Cell] = {}
    for key, value in record.items():
        name = _whole_text(key)
        if isinstance(value, dict) and value and not _rich_text(value):
            shown = _named(value)
            if shown is not None:
                cells[name] = shown
            for inner, inner_value in value.items():
                cells.setdefault(f"{name}.{_whole_text(inner)}", to_cell(inner_value))
        else:
            cells[name] = to_cell(value)
    return cells


def _display(value: JsonObject) -> str | None:
    nodes = value.get("nodes")
    if isinstance(nodes, list):  # lists of GraphQL answers
        return join_cells(nodes)
    text = _rich_text(value)
    if text:
        return text
    shown = _named(value)
    if shown is not None:
        return shown
    return _whole_text(json.dumps(value, ensure_ascii=False)) if value else None


def _named(value: JsonObject) -> str | None:
    nodes = value.get("nodes")
    if isinstance(nodes, list):
        return join_cells(nodes)
    for key in _DISPLAY_KEYS:
        shown = value.get(key)
        if isinstance(shown, str | int | float) and not isinstance(shown, bool) and shown != "":
            return _whole_text(str(shown))
    return None


def _rich_text(value: JsonObject) -> str:
    """Text of an Atlassian document (`type: doc`), blank for any other object."""
    if value.get("type") != "doc" or not isinstance(value.get("content"), list):
        return ""
    return re.sub(r"\n{2,}", "\n", _node_text(value)).strip()


def _node_text(node: Json) -> str:
    if not isinstance(node, dict):
        return ""
    text = node.get("text")
    if isinstance(text, str):
        return _whole_text(text)
    content = node.get("content")
    inner = "".join(map(_node_text, content)) if isinstance(content, list) else ""
    is_block = node.get("type") in {"paragraph", "heading", "listItem", "hardBreak", "codeBlock"}
    return inner + "\n" if is_block else inner


def _whole_text(text: str) -> str:
    """Text without halves of surrogate pairs, which nothing can write again."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
