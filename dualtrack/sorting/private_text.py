"""The tables of a quarter without the people they name: what packs are made from.

Owners and sponsors become pseudonyms, so that they can still be counted and told apart. In free
text (titles, descriptions, quotes, values of issues) names of known people, addresses and numbers
give way to `[name]`, `[e-mail]` and `[phone]`. It is done after the sort, which reads the texts as
they are, and before anything is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES
from dualtrack.sorting.second_reader.names import (
    KnownNames,
    find_names,
    find_spans,
    is_common_word,
)
from dualtrack.sorting.second_reader.text import find_people

__all__ = ["hide_in_text", "hide_people"]

# Columns that hold one person or several, by table.
_PEOPLE = {"projects": ("owner", "sponsor"), "objectives": ("owner",)}
# Columns that anyone may have written anything into.
_TEXTS = {
    "sources": ("sheet_name",),
    "projects": ("title", "description", "type", "declared_label", "labels"),
    "work_items": ("title", "description", "type"),
    "milestones": ("title",),
    "assignments": ("role_name",),
    "objectives": ("title",),
    "reviews": ("review_id", "subject", "agenda"),
    "row_outcomes": ("sheet_name", "reason"),
    "conversions": ("original_text",),
    "issues": ("value", "message"),
}
_QUOTES = ("quote", "value")  # of evidence
# Texts that rows are grouped by: two that differ go on to differ.
_GROUPS = {"projects": ("team_name", "review_forum"), "reviews": ("forum",)}
_IDS = ("project_id", "parent_id")  # made of the title where a list has no keys
_PLACEHOLDERS = {"[person]": "[name]"}
_LINK = "[link]"  # stays: where a link leads is seldom about a person
_MIDDLE = re.compile(r"[^\s.!?:;\n•\-–—(\"“„«]\s*$|[^\W\d_][-–—]$")  # no sentence ends here
_CAPITAL = re.compile(r"[ \-/][^\W\d_a-zß-öø-ÿ]")
_PSEUDONYM = re.compile(r"person-[0-9a-f]{10}")


def hide_people(
    portfolio: Portfolio, *frames: pd.DataFrame, pseudonym: Callable[[str], str]
) -> tuple[Any, ...]:
    """The same quarter without names; one without names already comes back as it is.

    Args:
        portfolio: The whole one, not a unit of it: people are named in each other's projects.
        frames: Tables made of it, such as `sorting` and `evidence`.
        pseudonym: As `records.people.pseudonyms` returns.

    Returns:
        The portfolio and each frame, with the same rows. Project ids made of a title that names
        someone are changed alike in all tables.
    """
    if _is_hidden(portfolio):
        return portfolio, *frames
    names = find_names(portfolio, pseudonym=pseudonym)
    hide = lru_cache(maxsize=None)(lambda text: hide_in_text(text, names))
    ids = _rename_ids(portfolio.projects["project_id"], names)
    groups = _name_groups(portfolio, hide)

    def rename(project_id: str) -> str:
        return ids.get(project_id, project_id)

    tables: dict[str, pd.DataFrame] = {}
    for name, frame in portfolio.tables().items():
        own = _map_columns(frame, _PEOPLE.get(name, ()), pseudonym)
        own = _map_columns(own, _TEXTS.get(name, ()), hide)
        own = _map_columns(own, _GROUPS.get(name, ()), groups.__getitem__)
        own = _map_columns(own, () if name == "objectives" else _IDS, rename)
        tables[name] = _part_keys(own, list(TABLES[name].key)) if own is not frame else frame
    hidden = (_map_columns(_map_columns(one, _QUOTES, hide), _IDS, rename) for one in frames)
    return replace(portfolio, **tables), *hidden


def hide_in_text(text: str, names: KnownNames) -> str:
    """A text with names, addresses and numbers taken out; placeholders in it stay.

    Args:
        text: Any text.
        names: As `find_names` returns.
    """
    parts: list[str] = []
    done = 0
    for start, end, placeholder in find_people(text, names):
        if placeholder != _LINK and not _is_chance(text, start, end):
            parts += [text[done:start], _PLACEHOLDERS.get(placeholder, placeholder)]
            done = end
    return "".join([*parts, text[done:]])


def _is_chance(text: str, start: int, end: int) -> bool:
    """Whether a word that is also a name has its capital for another reason: `Field service`.

    It begins a sentence, or another word with a capital follows, as in a title.
    """
    if not is_common_word(text[start:end]):
        return False
    return not _MIDDLE.search(text[:start]) or bool(_CAPITAL.match(text[end:]))


def _is_hidden(portfolio: Portfolio) -> bool:
    """Whether everyone it names is a pseudonym; not, where it names nobody."""
    cells = [portfolio.projects["owner"], portfolio.projects["sponsor"]]
    named = pd.concat([*cells, portfolio.objectives["owner"]]).dropna().unique()
    return bool(len(named)) and all(_PSEUDONYM.fullmatch(str(one)) for one in named)


def _name_groups(portfolio: Portfolio, hide: Callable[[str], str]) -> dict[str, str]:
    """Each team's and forum's name without people; two that differ go on to differ."""
    cells = [getattr(portfolio, name)[one] for name, own in _GROUPS.items() for one in own]
    named = sorted({str(one) for one in pd.concat(cells).dropna()})
    taken = {one for one in named if hide(one) == one}
    groups: dict[str, str] = {one: one for one in taken}
    for one in named:
        if one not in taken:
            new, number = hide(one), 2
            while new in taken:
                new, number = f"{hide(one)} {number}", number + 1
            taken.add(new)
            groups[one] = new
    return groups


def _part_keys(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows that became alike in their key are numbered, in its last column of text."""
    if not key or not frame.duplicated(key).any():
        return frame
    name = [one for one in key if one in {"title", "review_id"}][-1]
    number = frame.groupby(key, dropna=False).cumcount()
    told = frame[name].where(number == 0, frame[name] + " (" + (number + 1).astype("str") + ")")
    return frame.assign(**{name: told})


def _map_columns(
    frame: pd.DataFrame, columns: tuple[str, ...], change: Callable[[str], str]
) -> pd.DataFrame:
    """The columns with each text changed; each is looked at once, types stay."""
    changed: dict[str, pd.Series] = {}
    for name in columns:
        if name not in frame or not frame[name].notna().any():
            continue
        texts = {one: change(str(one)) for one in frame[name].dropna().unique()}
        odd = {text: after for text, after in texts.items() if after != text}
        if odd:
            changed[name] = frame[name].replace(odd)
    return frame.assign(**changed) if changed else frame


def _rename_ids(ids: pd.Series, names: KnownNames) -> dict[str, str]:
    """New ids for those whose title part names someone, each still one project's."""
    taken = set(ids)
    renamed: dict[str, str] = {}
    for own in ids:
        tool, _, key = str(own).partition(":")
        text = re.sub(r"\W+", "-", hide_in_text(key, names)).strip("-")
        if not find_spans(key, names) or text == key:
            continue
        new, number = f"{tool}:{text}", 2
        while new in taken:
            new, number = f"{tool}:{text}#{number}", number + 1
        taken.add(new)
        renamed[str(own)] = new
    return renamed
