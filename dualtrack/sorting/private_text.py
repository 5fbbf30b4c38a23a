"""The tables of a quarter without the people they name: what packs are made from.

Owners and sponsors become pseudonyms, so that they can still be counted and told apart. In free
text (titles, descriptions, quotes, values of issues) names of known people, addresses and numbers
give way to `[name]`, `[e-mail]` and `[phone]`. It is done after the sort, which reads the texts as
they are, and before anything is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dualtrack.config import Settings
from dualtrack.portfolio import Portfolio
from dualtrack.schema import PORTFOLIO_TABLES, TABLES
from dualtrack.sorting.name_marks import mark_names, read_marks
from dualtrack.sorting.second_reader.names import (
    KnownNames,
    find_names,
    find_spans,
    is_common_word,
)
from dualtrack.sorting.second_reader.text import find_people

__all__ = ["hide_in_text", "hide_people", "hide_reasons", "hide_written"]

# Columns that hold one person or several, by table.
_PEOPLE = {"projects": ("owner", "sponsor"), "objectives": ("owner",)}
# Columns that anyone may have written anything into.
_TEXTS = {
    "sources": ("sheet_name", "recognized_by"),
    "projects": ("title", "description", "type", "declared_label", "risk_type", "labels"),
    "work_items": ("title", "description", "type"),
    "milestones": ("title",),
    "assignments": ("role_name",),
    "objectives": ("title", "level"),
    "reviews": ("review_id", "subject", "agenda"),
    "row_outcomes": ("sheet_name", "reason"),
    "conversions": ("original_text",),
    "issues": ("value", "message"),
}
_QUOTES = ("quote", "value")  # of evidence
# Texts that rows are grouped by: two that differ go on to differ.
_GROUPS = {"projects": ("team_name", "review_forum"), "reviews": ("forum",)}
_FILES: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("sources", "projects", "work_items", "row_outcomes", "conversions", "issues"), ("source_file",)
)
_DISPUTE = "reviewers differ"  # an issue whose value tells who said what: `Anna: strategic`
_REVIEWER = re.compile(r"(^|; )([^;]+?)(?=: )")
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
    ids = _rename_ids(_find_cells([*portfolio.tables().values(), *frames], _IDS), names)
    changes: list[tuple[dict[str, tuple[str, ...]], Callable[[str], str]]] = [
        (_PEOPLE, pseudonym),
        (_TEXTS, hide),
        *((columns, _name_apart(portfolio, columns, hide)) for columns in (_GROUPS, _FILES)),
        ({one.name: _IDS for one in PORTFOLIO_TABLES if one.name != "objectives"}, ids.__getitem__),
    ]
    tables: dict[str, pd.DataFrame] = {}
    for name, frame in portfolio.tables().items():
        own = _hide_reviewers(frame, pseudonym) if name == "issues" else frame
        for columns, change in changes:
            own = _map_columns(own, columns.get(name, ()), change)
        tables[name] = _part_keys(own, list(TABLES[name].key)) if own is not frame else frame
    hidden = (
        _map_columns(_map_columns(one, _QUOTES, hide), _IDS, ids.__getitem__) for one in frames
    )
    marks = mark_names(names, pseudonym)
    return replace(portfolio, **tables, named=frozenset(), name_marks=marks), *hidden


def hide_written(
    frame: pd.DataFrame, marks: Iterable[str], *, pseudonym: Callable[[str], str]
) -> pd.DataFrame:
    """A table that people wrote beside the settings, without the people its texts name.

    Args:
        frame: Any table; ids stay as they are.
        marks: `name_marks` of the portfolio it belongs to, after `hide_people`.
        pseudonym: With the same key.
    """
    names = read_marks(marks, pseudonym)
    texts = frame.select_dtypes(include=["object", "string"]).columns
    return _map_columns(
        frame,
        tuple(name for name in texts if not name.endswith("_id")),
        lambda text: hide_in_text(text, names),
    )


def hide_reasons(
    settings: Settings, marks: Iterable[str], *, pseudonym: Callable[[str], str]
) -> Settings:
    """Settings whose reasons for other targets name nobody: these print.

    Args:
        settings: `portfolio.toml`.
        marks: As for `hide_written`.
        pseudonym: With the same key.
    """
    names = read_marks(marks, pseudonym)
    targets = {
        name: one.model_copy(update={"because": hide_in_text(one.because, names)})
        for name, one in settings.targets.items()
    }
    return settings.model_copy(update={"targets": targets})


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
    """Whether it has been searched, or everyone it names is a pseudonym."""
    if portfolio.name_marks:
        return True
    cells = [portfolio.projects["owner"], portfolio.projects["sponsor"]]
    named = pd.concat([*cells, portfolio.objectives["owner"]]).dropna().unique()
    return bool(len(named)) and all(_PSEUDONYM.fullmatch(str(one)) for one in named)


def _find_cells(frames: Iterable[pd.DataFrame], columns: tuple[str, ...]) -> list[str]:
    """All that stands in some columns, each once, in alphabetical order."""
    cells = [frame[name].dropna().unique() for frame in frames for name in columns if name in frame]
    return sorted({str(one) for part in cells for one in part})


def _name_apart(
    portfolio: Portfolio, columns: dict[str, tuple[str, ...]], hide: Callable[[str], str]
) -> Callable[[str], str]:
    """Names of teams, forums, files without people; two that differ go on to differ."""
    parts = (_find_cells([getattr(portfolio, name)], own) for name, own in columns.items())
    named = sorted({one for part in parts for one in part})
    taken = {one for one in named if hide(one) == one}
    groups: dict[str, str] = {one: one for one in taken}
    for one in named:
        if one not in taken:
            new, number = hide(one), 2
            while new in taken:
                new, number = f"{hide(one)} {number}", number + 1
            taken.add(new)
            groups[one] = new
    return groups.__getitem__


def _hide_reviewers(issues: pd.DataFrame, pseudonym: Callable[[str], str]) -> pd.DataFrame:
    """Who decided what, in the issues that tell of it: people as pseudonyms."""
    is_dispute = issues["rule_name"] == _DISPUTE
    told = issues["value"].str.replace(
        _REVIEWER, lambda found: found[1] + pseudonym(found[2]), regex=True
    )
    return (
        issues.assign(value=issues["value"].where(~is_dispute, told))
        if any(is_dispute)
        else (issues)
    )


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


def _rename_ids(ids: Iterable[str], names: KnownNames) -> dict[str, str]:
    """Each id, without the people its tool (a file's name) or its title part names; all differ."""
    renamed = {one: _hide_in_id(one, names) for one in ids}
    taken = {own for own, new in renamed.items() if own == new}
    for own in (one for one in renamed if one not in taken):
        text, number = renamed[own], 2
        while renamed[own] in taken:
            renamed[own], number = f"{text}#{number}", number + 1
        taken.add(renamed[own])
    return renamed


def _hide_in_id(own: str, names: KnownNames) -> str:
    tool, sign, key = own.rpartition(":")
    if find_spans(key, names):
        key = re.sub(r"\W+", "-", hide_in_text(key, names)).strip("-")
    if find_spans(tool, names):
        tool = re.sub(r"\[([\w-]+)\]", r"\1", hide_in_text(tool, names))
    return f"{tool}{sign}{key}"
