"""Lines of the ledger on the projects of today: by id, else by content, never by a guess."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from dualtrack.sorting.ledger.content import compare_texts, fingerprint_text, join_text, mark_title

__all__ = ["MATCHES", "SAME_TITLE", "SAME_TEXT", "match_ledger"]

MATCHES = ("project_id", "fingerprint", "title", "ambiguous", "absent")
SAME_TITLE = 95.0  # a slip of the pen; on the sample's titles one pair of 14,000 is as close
SAME_TEXT = (
    60.0  # texts of two projects reach it once in 1,000 pairs (sample) or 3,600 (real lists)
)


def match_ledger(ledger: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Find the project of today that each line of the ledger is about.

    By `project_id`, unless its text is another now (likeness below 60) and one other project has
    exactly the text decided on: then the id was given anew, as lists without keys of their own do.
    Else by the fingerprint of title and description. Else by nearly the same title (ratio of at
    least 95, the same numbers and single letters) in the same unit, among projects that have no
    line of their own. Two candidates in the unit are `ambiguous`, none is `absent`.

    Args:
        ledger: As `read_ledger` returns.
        projects: Projects of today.

    Returns:
        The ledger's rows with `project_id` as it is today (the old one where none was found),
        `decided_id` (as the line has it), `match_type` (one of `MATCHES`), `text_ratio` (likeness
        of the text then and now, 0 to 100; missing where the line holds no content).
    """
    # Without a line there is nothing to find: a large portfolio is not read for it.
    sought = projects if len(ledger) else projects.head(0)
    index = _Index.of(sought, taken=set(ledger["project_id"]))
    content = ["project_id", "unit_name", "title", "description", "fingerprint"]
    lines = ledger[content].astype(object).where(ledger[content].notna(), "")
    known: dict[tuple[str, ...], tuple[str, str, float]] = {}
    for key in lines.itertuples(index=False, name=None):
        if key not in known:
            known[key] = _match_line(*key, index=index)
    found = [known[key] for key in lines.itertuples(index=False, name=None)]
    matched = pd.DataFrame(
        found, columns=["project_id", "match_type", "text_ratio"], index=ledger.index
    ).astype({"project_id": "str", "match_type": "str", "text_ratio": "float64"})
    return ledger.rename(columns={"project_id": "decided_id"}).join(matched)


@dataclass(frozen=True)
class _Index:
    """Projects of today by what a line may find them with."""

    texts: dict[str, str]
    units: dict[str, str]
    by_fingerprint: dict[str, list[str]]
    free_titles: dict[str, dict[str, str]]  # unit to id to title

    @classmethod
    def of(cls, projects: pd.DataFrame, *, taken: set[str]) -> _Index:
        index = cls({}, {}, {}, {})
        columns = ["project_id", "title", "description", "unit_name"]
        cells = projects[columns].astype(object).where(projects[columns].notna(), "")
        for project_id, title, description, unit in cells.itertuples(index=False, name=None):
            text = join_text(title, description)
            index.texts[project_id] = text
            index.units[project_id] = unit
            index.by_fingerprint.setdefault(fingerprint_text(text), []).append(project_id)
            if project_id not in taken:
                index.free_titles.setdefault(unit, {})[project_id] = join_text(title, "")
        return index


def _match_line(
    project_id: str, unit: str, title: str, description: str, fingerprint: str, *, index: _Index
) -> tuple[str, str, float]:
    text = join_text(title, description)
    same = _same_fingerprint(fingerprint, unit, index)
    if project_id in index.texts:
        ratio = compare_texts(text, index.texts[project_id]) if text else float("nan")
        if not ratio < SAME_TEXT or len(same) != 1:
            return project_id, "project_id", ratio
    if len(same) == 1:
        return same[0], "fingerprint", 100.0
    close = same or _same_title(title, unit, index)
    if len(close) == 1:
        return close[0], "title", compare_texts(text, index.texts[close[0]])
    return project_id, "ambiguous" if close else "absent", float("nan")


def _same_fingerprint(fingerprint: str, unit: str, index: _Index) -> list[str]:
    """Projects of that text; where several units have one, those of the line's own unit."""
    everywhere = index.by_fingerprint.get(fingerprint, [])
    inside = [one for one in everywhere if index.units[one] == unit]
    return inside if len(everywhere) > 1 and inside else everywhere


def _same_title(title: str, unit: str, index: _Index) -> list[str]:
    words = join_text(title, "")
    if not words:
        return []
    close = process.extract(
        words,
        index.free_titles.get(unit, {}),
        scorer=fuzz.ratio,
        score_cutoff=SAME_TITLE,
        limit=None,
    )
    return [key for one, _, key in close if mark_title(one) == mark_title(words)]
