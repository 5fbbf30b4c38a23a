"""Reader of GanttProject (`.gan`): one row for the file's project, one per task, nested by level.

The file has no end dates: a task lasts `duration` working days from its start, by the calendar the
file carries (weekly days off, holidays and extra working days).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from dualtrack.errors import ExportError
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.plan_rows import PROJECT_ROW, make_plan_sheet, parse_decimal
from dualtrack.exports.xml_tree import find_all, find_first, local_name, parse_xml, read_text

__all__ = ["is_ganttproject", "read_ganttproject"]

_CORE = (
    "Row Type",
    "Task ID",
    "Name",
    "Outline Level",
    "Start",
    "Finish",
    "Duration",
    "Completion",
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Longer than any plan; a garbled duration must not count days for ever.
_MOST_DAYS = 36_525
_ROOT = re.compile(rb"<project\b[^>]*\b(view-date|gantt-divider-location|webLink)\s*=", re.DOTALL)


def is_ganttproject(head: bytes) -> bool:
    """Whether the start of a file is a GanttProject plan."""
    return _ROOT.search(head) is not None or b"ganttproject.sourceforge.net" in head[:1024]


def read_ganttproject(path: Path) -> list[RawSheet]:
    """Read the tasks of a GanttProject plan.

    Args:
        path: The file.

    Returns:
        One raw sheet: the project (named by the file where it has no name of its own), then its
        tasks in file order, with `Finish` computed, `Owner` from the allocations (responsible
        people first) and `Custom <name>` for custom columns.

    Raises:
        ExportError: The XML is broken or has no tasks.
    """
    root = parse_xml(path)
    tops = list(find_all(root, "tasks", "task"))
    if not tops:
        raise ExportError(
            f"{path}: no tasks under the root {local_name(root)!r}. Save the plan from "
            f"GanttProject with its tasks, or export it as CSV."
        )
    plan = _Plan(root)
    tasks = [record for top in tops for record in plan.read_tasks(top, level=1)]
    finishes = [cell for record in tasks if isinstance(cell := record["Finish"], dt.date)]
    starts = [cell for record in tasks if isinstance(cell := record["Start"], dt.date)]
    project: dict[str, Cell] = {
        "Row Type": PROJECT_ROW,
        "Name": (root.get("name") or "").strip() or path.stem,
        "Outline Level": 0,
        "Start": min(starts, default=None),
        "Finish": max(finishes, default=None),
        "Company": root.get("company"),
        "Notes": read_text(root, "description"),
    }
    return [make_plan_sheet([project, *tasks], path=path, core=_CORE, note="GanttProject XML")]


@dataclass(frozen=True)
class _WorkCalendar:
    """Days off in a week (Monday is 0), and the dates that differ; `(None, m, d)` is every year."""

    days_off: frozenset[int]
    is_holiday: dict[tuple[int | None, int, int], bool]

    def is_off(self, day: dt.date) -> bool:
        for year in (day.year, None):
            if (year, day.month, day.day) in self.is_holiday:
                return self.is_holiday[year, day.month, day.day]
        return day.weekday() in self.days_off

    def find_finish(self, start: dt.date, days: int) -> dt.date | None:
        """The last working day of a task; the start itself where it lasts no day."""
        day, left = start, min(days, _MOST_DAYS)
        if len(self.days_off) == 7:
            return None
        try:
            while left > 0:
                left -= not self.is_off(day)
                if left > 0:
                    day += dt.timedelta(days=1)
        except OverflowError:
            return None
        return day


class _Plan:
    """What tasks refer to: people, custom columns, the calendar, the first baseline."""

    def __init__(self, root: etree._Element) -> None:
        self.calendar = _read_calendar(root)
        names = {one.get("id"): one.get("name") for one in find_all(root, "resources", "resource")}
        allocations = sorted(
            find_all(root, "allocations", "allocation"),
            key=lambda one: one.get("responsible") != "true",
        )
        self.owners: dict[str, list[str]] = {}
        for one in allocations:
            name = names.get(one.get("resource-id"))
            if name:
                self.owners.setdefault(one.get("task-id") or "", []).append(name)
        self.columns = {
            one.get("id"): one.get("name") or ""
            for one in find_all(root, "tasks", "taskproperties", "taskproperty")
            if one.get("type") == "custom"
        }
        baseline = find_first(root, "previous", "previous-tasks")
        self.baseline = {
            one.get("id"): self.find_finish(one)
            for one in (find_all(baseline, "previous-task") if baseline is not None else ())
        }

    def find_finish(self, task: etree._Element) -> dt.date | None:
        start, days = _read_date(task.get("start")), parse_decimal(task.get("duration"))
        if start is None or days is None:
            return None
        return self.calendar.find_finish(start, 0 if _is_milestone(task) else int(days))

    def read_tasks(self, task: etree._Element, *, level: int) -> list[dict[str, Cell]]:
        """A task and those nested in it."""
        key = task.get("id") or ""
        record: dict[str, Cell] = {
            "Row Type": "Milestone" if _is_milestone(task) else "Task",
            "Task ID": key,
            "Name": (task.get("name") or "").strip(),
            "Outline Level": level,
            "Start": _read_date(task.get("start")) or task.get("start"),
            "Finish": self.find_finish(task),
            "Duration": task.get("duration"),
            "Completion": task.get("complete"),
            "Milestone": "1" if _is_milestone(task) else None,
            "Owner": "; ".join(dict.fromkeys(self.owners.get(key, []))),
            "Notes": read_text(task, "notes"),
            "Cost": task.get("cost-manual-value") if _has_own_cost(task) else None,
            "Baseline Finish": self.baseline.get(key),
            "Priority": task.get("priority"),
            "Web Link": task.get("webLink"),
        }
        for one in find_all(task, "customproperty"):
            name = self.columns.get(one.get("taskproperty-id"))
            if name:
                record[f"Custom {name}"] = one.get("value") or read_text(one)
        nested = (self.read_tasks(one, level=level + 1) for one in find_all(task, "task"))
        return [record, *(row for rows in nested for row in rows)]


def _is_milestone(task: etree._Element) -> bool:
    return task.get("meeting") == "true"


def _has_own_cost(task: etree._Element) -> bool:
    """A manual 0 is GanttProject's blank."""
    is_manual = task.get("cost-calculated", "false") == "false"
    return is_manual and bool(parse_decimal(task.get("cost-manual-value")))


def _read_date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _read_calendar(root: etree._Element) -> _WorkCalendar:
    week = find_first(root, "calendars", "day-types", "default-week")
    off = {5, 6}
    if week is not None:
        off = {number for number, name in enumerate(_WEEKDAYS) if week.get(name) == "1"}
    shown = find_first(root, "calendars", "day-types", "only-show-weekends")
    if shown is not None and shown.get("value") == "true":  # days off are drawn, but worked on
        off = set()
    holidays: dict[tuple[int | None, int, int], bool] = {}
    for one in find_all(root, "calendars", "date"):
        year, month, day = (parse_decimal(one.get(name)) for name in ("year", "month", "date"))
        if month and day and one.get("type", "HOLIDAY") != "NEUTRAL":
            key = (int(year) if year else None, int(month), int(day))
            holidays[key] = one.get("type") != "WORKING_DAY"
    return _WorkCalendar(frozenset(off), holidays)
