"""From items to projects: which row is a project, and which project each other row belongs to."""

from __future__ import annotations

import pandas as pd

__all__ = ["roll_up"]


def roll_up(records: pd.DataFrame) -> pd.DataFrame:
    """Find the project each record belongs to, through its parents.

    A project under another project stays a project of its own.

    Args:
        records: `Export.frame` of a project list: `item_key`, `parent_key`, `is_project`.

    Returns:
        The same rows with `is_leaf` (nothing stands below it) and `root_key`: a project's own
        key; for an item the key of the nearest project above it; NA where none is above it.
    """
    parent_of = dict(zip(records["item_key"], records["parent_key"], strict=True))
    projects = set(records.loc[records["is_project"].astype(bool), "item_key"].dropna())
    roots = [
        key if is_project else _nearest_project(parent, parent_of, projects)
        for key, parent, is_project in zip(
            records["item_key"], records["parent_key"], records["is_project"], strict=True
        )
    ]
    parents = set(records["parent_key"].dropna())
    return records.assign(
        root_key=pd.Series(roots, index=records.index, dtype=object),
        is_leaf=~records["item_key"].isin(parents),
    )


def _nearest_project(
    parent: str | None, parent_of: dict[str, str | None], projects: set[str]
) -> str | None:
    seen: set[str] = set()
    while parent is not None and not pd.isna(parent) and parent not in seen:
        if parent in projects:
            return parent
        seen.add(parent)
        parent = parent_of.get(parent)
    return None
