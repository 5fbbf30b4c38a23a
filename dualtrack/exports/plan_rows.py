"""What the readers of plans share: records of any shape made into one raw sheet, safe numbers.

A plan file (XER, PMXML, GanttProject, GNOME Planner) has no table of its own. Its reader makes
one record a node; this module puts them under one made heading row.
"""

from __future__ import annotations

import math
from pathlib import Path

from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.limits import check_table

__all__ = ["PROJECT_ROW", "make_plan_sheet", "parse_decimal", "sum_costs"]

# Row type of the row that stands for the project; column maps name it in `project_types`.
PROJECT_ROW = "Project"


def make_plan_sheet(
    records: list[dict[str, Cell]], *, path: Path, core: tuple[str, ...], note: str
) -> RawSheet:
    """Put records under one heading row; headings that no record fills are left out.

    Args:
        records: Heading to cell, one a row of the plan.
        path: The file, for messages.
        core: Headings that come first and stay even where no record fills them.
        note: How the file was read, for `dualtrack check`.

    Returns:
        A sheet with row number 0 for the heading made here, then 1 to n in file order.

    Raises:
        ExportError: The table would hold more than a list does.
    """
    filled = dict.fromkeys(
        name for record in records for name, cell in record.items() if cell not in (None, "")
    )
    headings = list(dict.fromkeys([*core, *filled]))
    check_table(path, len(records), len(headings))
    rows: list[list[Cell]] = [list(headings)]
    rows += [[record.get(name) for name in headings] for record in records]
    return RawSheet(rows, list(range(len(rows))), has_own_heading=True, note=note)


def parse_decimal(text: Cell) -> float | None:
    """A number as a tool writes it, point or comma as decimal sign; None where it is none."""
    if text is None:
        return None
    words = str(text).strip()
    if "." not in words:
        words = words.replace(",", ".")
    try:
        number = float(words)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def sum_costs(tasks: list[dict[str, Cell]], names: tuple[str, ...]) -> dict[str, Cell]:
    """Costs of a project: those of its tasks, summed.

    Args:
        tasks: Records of the project's tasks.
        names: Headings to sum.

    Returns:
        Heading to sum; all None where no task has a cost other than 0, since plans without any
        costs are full of zeros.
    """
    amounts = {
        name: [cell for task in tasks if isinstance(cell := task.get(name), float)]
        for name in names
    }
    if not any(any(found) for found in amounts.values()):
        return dict.fromkeys(names)
    return {name: round(sum(found), 4) for name, found in amounts.items()}
