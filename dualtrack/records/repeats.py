"""Projects of several files or sheets under one id: the later ones get `#2`, so that none is lost.

Two exports of one tool may overlap, and two sheets may hold projects of one name. `match` merges
those that are the same, and `check` reports the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

import pandas as pd

from dualtrack.records.clean import ProjectRecords

__all__ = ["part_repeats"]


def part_repeats(records: Iterable[ProjectRecords]) -> list[ProjectRecords]:
    """The same records with ids of their own.

    Args:
        records: Of one sheet each, in order.

    Returns:
        Each with the ids that an earlier one has already renamed, in all of its tables.
    """
    seen: set[str] = set()
    parted: list[ProjectRecords] = []
    for one in records:
        ids = [str(project_id) for project_id in one.projects["project_id"]]
        taken = seen | set(ids)
        renamed: dict[str, str] = {}
        for project_id in ids:
            if project_id in seen:
                renamed[project_id] = _free_id(project_id, taken)
                taken.add(renamed[project_id])
        parted.append(_rename(one, renamed) if renamed else one)
        seen |= {renamed.get(project_id, project_id) for project_id in ids}
    return parted


def _free_id(project_id: str, taken: set[str]) -> str:
    number = 2
    while f"{project_id}#{number}" in taken:
        number += 1
    return f"{project_id}#{number}"


def _rename(one: ProjectRecords, renamed: dict[str, str]) -> ProjectRecords:
    tables = {
        field.name: frame.assign(
            project_id=frame["project_id"].map(lambda own: renamed.get(own, own))
        )
        for field in fields(one)
        if isinstance(frame := getattr(one, field.name), pd.DataFrame) and "project_id" in frame
    }
    return replace(one, **tables)
