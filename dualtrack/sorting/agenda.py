"""The items of a meeting's agenda, read from its subject and the lines of its description."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from dualtrack.reference import read_reference

__all__ = ["split_agendas"]

_MARK = "\ue000"  # stands for the blanks of a pair that is one thing
_MOST_ITEMS = 20


def split_agendas(reviews: pd.DataFrame) -> pd.DataFrame:
    """The items of each meeting.

    What stands behind the meeting's name in the subject is split at commas, semicolons, `and`,
    `&`, `+` and `/`; lines of the agenda are items as they stand. Items of pure form (minutes of
    the last meeting, any other business) are no topic. A meeting without a topic has one item: its
    whole subject, missing where that is private or missing. Own time in a calendar (focus, lunch,
    travel) is no meeting and has no row.

    Args:
        reviews: `review_id`, `subject`, `agenda`, `forum`.

    Returns:
        One row per meeting and item: `review_id`, `item_number`, `item` (missing where nothing is
        said), `meeting_name` (the forum, else what the subject calls the meeting), `is_name`
        (whether the item is no more than that name).
    """
    known: dict[tuple[str, str, str], tuple[str, list[str]]] = {}
    cells = zip(*(reviews[name].fillna("") for name in ("subject", "agenda", "forum")), strict=True)
    rows = []
    for review_id, key in zip(reviews["review_id"], cells, strict=True):
        if key not in known:
            known[key] = _split_one(*key)
        name, items = known[key]
        rows += [
            (review_id, number, item, name or None, item.casefold() == name.casefold())
            for number, item in enumerate(items, start=1)
        ]
    columns = ["review_id", "item_number", "item", "meeting_name", "is_name"]
    split = pd.DataFrame(rows, columns=columns).astype(
        {"review_id": "str", "item_number": "Int64", "meeting_name": "str", "is_name": "bool"}
    )
    return split.assign(item=split["item"].astype("str").replace("", None).astype("str"))


def _split_one(subject: str, agenda: str, forum: str) -> tuple[str, list[str]]:
    """Name of a meeting and its items (blank: it says nothing); no items for own time."""
    subject = " ".join(subject.split())
    if _own_time().fullmatch(subject):
        return "", []
    head, tail = _take_name(subject, forum)
    lines = [line for line in agenda.split("\n") if line.strip()]
    items = [*_split_items(tail), *lines] if tail else lines
    topics = [item for item in map(_trim, items) if item and not _formal().fullmatch(item)]
    return forum or head, list(dict.fromkeys(topics))[:_MOST_ITEMS] or [subject]


def _take_name(subject: str, forum: str) -> tuple[str, str]:
    """What the subject calls the meeting, and what it adds to that."""
    plain, known = subject.casefold(), forum.casefold()
    if known and plain.startswith(known) and not plain[len(known) :][:1].isalnum():
        return subject[: len(forum)], _trim(subject[len(forum) :])
    first = _name_ends().search(subject)
    if first:
        return subject[: first.start()], subject[first.end() :]
    if len(_split_items(subject)) > 1:
        return "", subject
    return subject, ""


def _split_items(text: str) -> list[str]:
    joined = _pairs().sub(lambda found: found[0].replace(" ", _MARK), text)
    return [part.replace(_MARK, " ") for part in _separators().split(joined)]


def _trim(item: str) -> str:
    return item.strip(" \t-\u2013\u2014:,;.|()")


@cache
def _compiled(name: str) -> re.Pattern[str]:
    parts = read_reference("meeting_words.toml")[name]
    return re.compile("|".join(f"(?:{one})" for one in parts), re.IGNORECASE)


def _name_ends() -> re.Pattern[str]:
    return _compiled("name_ends")


def _separators() -> re.Pattern[str]:
    return _compiled("separators")


def _pairs() -> re.Pattern[str]:
    return _compiled("pairs")


def _formal() -> re.Pattern[str]:
    return _compiled("formal")


def _own_time() -> re.Pattern[str]:
    return _compiled("own_time")
