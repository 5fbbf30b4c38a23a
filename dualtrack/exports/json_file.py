"""Reader of JSON: finds the list of records in it and tells the tool from their keys.

A made heading row, then one row per card, issue, task or object; JSON has no rows, so they are
numbered in the order of the file.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from dualtrack.errors import ExportError
from dualtrack.exports.column_map import plain, read_column_maps
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.json_cells import Json, flatten, to_cell
from dualtrack.exports.json_tools import find_json_tool
from dualtrack.exports.json_trello import is_trello_board, is_trello_card, list_trello_cards
from dualtrack.exports.limits import MOST_CELLS, MOST_GROUPS, check_marks
from dualtrack.exports.recognize import recognize

__all__ = ["is_json", "read_json"]

_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{\]])')
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Names that lists of records go by; any of them is taken before a longer list of other name.
_LIST_NAMES = {
    *("cards", "issues", "tasks", "items", "projects", "stories", "features", "epics"),
    *("work_items", "workItems", "workitems", "work_packages", "elements", "nodes", "edges"),
    *("records", "rows", "results", "result", "data", "value", "values", "entries"),
}
_DEEPEST_LIST = 6
_TITLE_KEYS = {"title", "name", "summary", "project", "subject"}
_ADVICE = "Export the list again as JSON, CSV or XLSX."


def is_json(head: bytes) -> bool:
    """Whether a file starts like a JSON object, or like a JSON array of objects."""
    for encoding in ("utf-8-sig", json.detect_encoding(head)):
        if _START.match(head.decode(encoding, errors="replace").lstrip("\ufeff")):
            return True
    return False


def read_json(path: Path) -> list[RawSheet]:
    """Read the records of a JSON file.

    Trello boards and cards, Jira, Asana and issues of GitHub, GitLab, Linear and Plane get the
    headings their column map knows. In any other list the keys are the headings, with
    `key.inner` for objects one level down.

    Returns:
        One raw sheet with a made heading row; the note says where the list stands in the file.

    Raises:
        ExportError: Broken or too deeply nested JSON, a number that is none (NaN, over 4,300
            digits), or no list of objects in it.
    """
    try:
        top = _parse(path)
        records, note = _list_records(top, path)
        return [_make_sheet(records, note, path)]
    except RecursionError as fault:
        raise ExportError(f"{path}: JSON nested too deeply to be an export. {_ADVICE}") from fault


def _parse(path: Path) -> Json:
    content = path.read_bytes()
    check_marks(path, content, b"[{", MOST_GROUPS)
    try:
        return _load(_decode(content))
    except ValueError as fault:
        raise ExportError(f"{path}: broken JSON ({str(fault)[:200]}). {_ADVICE}") from fault


def _decode(content: bytes) -> str:
    encoding = json.detect_encoding(content)
    if encoding.startswith("utf-8") and not content.startswith(_BOMS):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")
    return content.decode(encoding).lstrip("\ufeff")


def _load(text: str) -> Json:
    try:
        return _loads(text)
    except json.JSONDecodeError as fault:
        # Not `splitlines`: a text may hold signs that it takes for line ends, such as U+2028.
        lines = [line for line in text.split("\n") if line.strip()]
        if fault.msg != "Extra data" or len(lines) < 2:
            raise
        return [_loads(line) for line in lines]  # JSON Lines: an object a line


def _loads(text: str) -> Json:
    loaded: Json = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    return loaded


def _refuse(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"number out of range: {text[:40]}")
    return number


def _list_records(top: Json, path: Path) -> tuple[list[dict[str, Cell]], str]:
    if isinstance(top, dict) and is_trello_board(top):
        cards = top["cards"]
        return list_trello_cards(top, cards if isinstance(cards, list) else []), "Trello board"
    where, found = _find_list(top, path)
    if all(is_trello_card(one) for one in found):
        return list_trello_cards({}, found), "Trello cards"
    objects = [one for one in found if isinstance(one, dict)]
    tool = find_json_tool(objects)
    records = tool.list_records(top, objects) if tool else [flatten(one) for one in objects]
    # What stands in the list without being an object has no title and is set aside as such.
    records += [{"Entry": to_cell(one)} for one in found if not isinstance(one, dict)]
    name = f"{tool.name}, list at {where}" if tool else f"list at {where}"
    return records, name


def _find_list(top: Json, path: Path) -> tuple[str, list[Json]]:
    """Where the records stand, and the list of them."""
    if isinstance(top, dict) and (is_trello_card(top) or find_json_tool([top])):
        return "the top", [top]
    found = [
        (name not in _LIST_NAMES, depth, -len(values), where, values)
        for where, name, depth, values in _walk_lists(top)
        if any(isinstance(one, dict) for one in values)
    ]
    if found:
        _, _, _, where, values = min(found, key=lambda one: one[:3])
        return where, _unwrap(values)
    single = top.get("data", top) if isinstance(top, dict) else None
    if isinstance(single, dict) and _has_title(single):
        return "the top", [single]
    kind = type(top).__name__
    keys = f" with keys {[str(key) for key in top][:12]}" if isinstance(top, dict) else ""
    raise ExportError(f"{path}: JSON without a list of objects (found {kind}{keys}). {_ADVICE}")


def _has_title(record: dict[str, Json]) -> bool:
    """Whether an object that stands alone is a record: one of its keys is a title's."""
    if _TITLE_KEYS & {plain(key) for key in record}:
        return True
    return any(
        "title" in one.find([str(key) for key in record])
        for one in read_column_maps()
        if one.tool == "generic"
    )


def _walk_lists(top: Json) -> Iterator[tuple[str, str, int, list[Json]]]:
    """Lists of a file, those inside other lists left out: path, name, depth, values."""
    waiting: deque[tuple[str, str, int, Json]] = deque([("the top", "data", 0, top)])
    while waiting:
        where, name, depth, value = waiting.popleft()
        if isinstance(value, list):
            yield where, name, depth, value
        elif isinstance(value, dict) and depth < _DEEPEST_LIST:
            for key, inner in value.items():
                if isinstance(inner, dict | list):
                    place = f"{where}.{key}".removeprefix("the top.")
                    waiting.append((place, key, depth + 1, inner))


def _unwrap(values: list[Json]) -> list[Json]:
    """Records of GraphQL answers, each wrapped as `{node: ...}`."""
    is_wrapped = all(
        isinstance(one, dict) and "node" in one and one.keys() <= {"node", "cursor"}
        for one in values
    )
    return [one["node"] for one in values if isinstance(one, dict)] if is_wrapped else values


def _make_sheet(records: list[dict[str, Cell]], note: str, path: Path) -> RawSheet:
    headings = list(dict.fromkeys(name for record in records for name in record))
    if len(headings) * len(records) > MOST_CELLS:  # each object then has keys of its own
        raise ExportError(
            f"{path}: {len(records)} objects with {len(headings)} different keys are no list of "
            f"projects. {_ADVICE}"
        )
    rows: list[list[Cell]] = [list(headings)]
    rows += [[record.get(name) for name in headings] for record in records]
    sheet = RawSheet(rows, list(range(len(rows))), has_own_heading=True, note=f"JSON, {note}")
    return _with_words(sheet)


def _with_words(sheet: RawSheet) -> RawSheet:
    """Keys written as words (`due_date`, `dueDate` as `Due date`) where no tool knows the keys."""
    maps = read_column_maps()
    named = tuple(one for one in maps if one.signatures)
    generic = [one for one in maps if one.tool == "generic"]
    if recognize(sheet, named) is not None or not generic:
        return sheet
    headings: list[Cell] = []
    for key in sheet.rows[0]:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])|_+", " ", str(key)).strip().capitalize()
        headings.append(words if generic[0].find([words]) else key)
    return RawSheet(
        [headings, *sheet.rows[1:]],
        sheet.row_numbers,
        has_own_heading=True,
        note=sheet.note,
    )
