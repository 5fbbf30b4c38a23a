"""Trello's JSON, of a whole board or of one card: one record per card.

Headings are those of Trello's own CSV where it has one; `Closed` marks archived cards, which stay
in: a board archives what is done as well as what is dropped.
"""

from __future__ import annotations

import datetime as dt

from dualtrack.exports.export import Cell
from dualtrack.exports.json_cells import (
    Json,
    JsonObject,
    at,
    join_cells,
    objects,
    to_cell,
)
from dualtrack.exports.label_lines import add_label_lines

__all__ = ["is_trello_board", "is_trello_card", "list_trello_cards"]


def is_trello_board(value: Json) -> bool:
    """Whether a JSON value is a board: cards and lists stand side by side."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("cards"), list)
        and isinstance(value.get("lists"), list)
    )


def is_trello_card(value: Json) -> bool:
    """Whether a JSON value is one card."""
    return isinstance(value, dict) and {"id", "name", "idList", "idBoard"} <= value.keys()


def list_trello_cards(board: JsonObject, cards: list[Json]) -> list[dict[str, Cell]]:
    """Cells of each card by heading.

    Args:
        board: The board, for the names of lists, members, labels and custom fields; an empty
            object for cards exported alone.
        cards: Its cards; what is no object keeps its text under `Entry` and has no name.
    """
    lists = _by_id(board.get("lists"))
    members = _by_id(board.get("members"))
    labels = _by_id(board.get("labels"))
    fields = _by_id(board.get("customFields"))
    records: list[dict[str, Cell]] = []
    for card in cards:
        if not isinstance(card, dict):
            records.append({"Card ID": None, "Entry": to_cell(card)})
            continue
        own_list = lists.get(str(card.get("idList")), {})
        people = _picked(card, "idMembers", members) or [*objects(card.get("members"))]
        record: dict[str, Cell] = {
            "Card ID": to_cell(card.get("id")),
            "Card Name": to_cell(card.get("name")),
            "Card Description": to_cell(card.get("desc")),
            "List Name": to_cell(own_list.get("name")) or to_cell(at(card, "list.name")),
            "Board Name": to_cell(board.get("name")) or to_cell(at(card, "board.name")),
            "Members": join_cells([_person(one) for one in people]),
            "Labels": join_cells(
                [*objects(card.get("labels"))] or _picked(card, "idLabels", labels)
            ),
            "Start Date": to_cell(card.get("start")),
            "Due Date": to_cell(card.get("due")),
            "Due Complete": to_cell(card.get("dueComplete")),
            "Completion": "Done" if _is_complete(card) else None,
            "Date Completed": to_cell(card.get("dateCompleted")),
            "Closed": to_cell(card.get("closed")),
            "List Closed": to_cell(own_list.get("closed")),
            "Created": _created(card.get("id")),
            "Last Activity": to_cell(card.get("dateLastActivity")),
            "Checklist %": _checked_share(card),
            "Card Number": to_cell(card.get("idShort")),
            "Card URL": to_cell(card.get("shortUrl") or card.get("url")),
        }
        for name, cell in _custom_cells(card, fields):
            if record.get(name) is None:
                record[name] = cell
        records.append(record)
    add_label_lines(records, "Card Description")
    return records


def _by_id(values: Json) -> dict[str, JsonObject]:
    return {str(one.get("id")): one for one in objects(values)}


def _picked(card: JsonObject, key: str, known: dict[str, JsonObject]) -> list[Json]:
    """The objects a card points to; an id the board does not explain stays as it is."""
    ids = card.get(key)
    return [known.get(str(one), one) for one in ids] if isinstance(ids, list) and known else []


def _person(member: Json) -> Json:
    if not isinstance(member, dict):
        return member
    return member.get("fullName") or member.get("username") or member.get("id")


def _is_complete(card: JsonObject) -> bool:
    return card.get("dueComplete") is True or bool(card.get("dateCompleted"))


def _created(card_id: Json) -> str | None:
    """Ids start with the second they were made in, as eight hexadecimal digits."""
    try:
        seconds = int(str(card_id)[:8], 16)
    except ValueError:
        return None
    if len(str(card_id)) != 24:
        return None
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _checked_share(card: JsonObject) -> float | None:
    """Percent of checklist items ticked."""
    every, ticked = at(card, "badges.checkItems"), at(card, "badges.checkItemsChecked")
    if not isinstance(every, int) or not isinstance(ticked, int) or not 0 <= ticked <= every:
        return None
    return round(100 * ticked / every, 1) if every else None


def _custom_cells(card: JsonObject, fields: dict[str, JsonObject]) -> list[tuple[str, Cell]]:
    cells: list[tuple[str, Cell]] = []
    for item in objects(card.get("customFieldItems")):
        custom = fields.get(str(item.get("idCustomField")), {})
        name, value = to_cell(custom.get("name")), item.get("value")
        if isinstance(value, dict):  # {"text": "x"}, {"number": "3"}, {"date": ...}
            value = next(iter(value.values()), None)
        if value is None:
            options = _by_id(custom.get("options"))
            value = at(options.get(str(item.get("idValue"))), "value.text")
        if name is not None:
            cells.append((str(name), to_cell(value)))
    return cells
