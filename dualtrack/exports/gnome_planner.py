"""Reader of GNOME Planner (`.planner`): one row for the file's project, one per task, by level."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from lxml import etree

from dualtrack.errors import ExportError
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.plan_rows import PROJECT_ROW, make_plan_sheet
from dualtrack.exports.xml_tree import find_all, local_name, parse_xml

__all__ = ["is_gnome_planner", "read_gnome_planner"]

_CORE = ("Row Type", "Task ID", "Name", "Outline Level", "Start", "End", "Work", "Percent Complete")
_ROOT = re.compile(rb"<project\b[^>]*\b(mrproject-version|project-start)\s*=", re.DOTALL)


def is_gnome_planner(head: bytes) -> bool:
    """Whether the start of a file is a GNOME Planner plan."""
    return _ROOT.search(head) is not None


def read_gnome_planner(path: Path) -> list[RawSheet]:
    """Read the tasks of a GNOME Planner plan.

    Args:
        path: The file.

    Returns:
        One raw sheet: the project (named by the file where it has no name of its own), then its
        tasks in file order; `Work` in seconds, `Owner` from the allocations, `Property <label>`
        for custom properties.

    Raises:
        ExportError: The XML is broken or has no tasks.
    """
    root = parse_xml(path)
    tops = list(find_all(root, "tasks", "task"))
    if not tops:
        raise ExportError(
            f"{path}: no tasks under the root {local_name(root)!r}. Save the plan from Planner "
            f"with its tasks."
        )
    owners = _read_owners(root)
    labels = {
        one.get("name"): one.get("label") or one.get("name") or ""
        for one in find_all(root, "properties", "property")
    }
    tasks = [record for top in tops for record in _read_tasks(top, owners, labels, level=1)]
    ends = [cell for record in tasks if isinstance(cell := record["End"], str)]
    project: dict[str, Cell] = {
        "Row Type": PROJECT_ROW,
        "Name": (root.get("name") or "").strip() or path.stem,
        "Outline Level": 0,
        "Start": _read_moment(root.get("project-start")),
        "End": max(ends, default=None),
        "Owner": root.get("manager"),
        "Company": root.get("company"),
        "Phase": root.get("phase"),
        **_read_properties(root, labels),
    }
    return [make_plan_sheet([project, *tasks], path=path, core=_CORE, note="GNOME Planner XML")]


def _read_owners(root: etree._Element) -> dict[str, list[str]]:
    names = {
        one.get("id"): one.get("name") or one.get("short-name")
        for one in find_all(root, "resources", "resource")
    }
    owners: dict[str, list[str]] = {}
    for one in find_all(root, "allocations", "allocation"):
        name = names.get(one.get("resource-id"))
        if name:
            owners.setdefault(one.get("task-id") or "", []).append(name)
    return owners


def _read_tasks(
    task: etree._Element,
    owners: dict[str, list[str]],
    labels: dict[str | None, str],
    *,
    level: int,
) -> list[dict[str, Cell]]:
    """A task and those nested in it."""
    is_milestone = task.get("type") == "milestone"
    key = task.get("id") or ""
    record: dict[str, Cell] = {
        "Row Type": "Milestone" if is_milestone else "Task",
        "Task ID": key,
        "Name": (task.get("name") or "").strip(),
        "Outline Level": level,
        "Start": _read_moment(task.get("start")),
        "End": _read_moment(task.get("end")),
        "Work": task.get("work"),
        "Percent Complete": task.get("percent-complete"),
        "Work Start": _read_moment(task.get("work-start")),
        "Milestone": "1" if is_milestone else None,
        "Owner": "; ".join(dict.fromkeys(owners.get(key, []))),
        "Note": task.get("note"),
        "Priority": task.get("priority"),
        **_read_properties(task, labels),
    }
    nested = (_read_tasks(one, owners, labels, level=level + 1) for one in find_all(task, "task"))
    return [record, *(row for rows in nested for row in rows)]


def _read_moment(text: str | None) -> str | None:
    """A moment in the form records/ reads; what is none stays as it is, for `check` to report."""
    try:
        return dt.datetime.fromisoformat((text or "").strip()).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


def _read_properties(element: etree._Element, labels: dict[str | None, str]) -> dict[str, Cell]:
    return {
        f"Property {labels.get(one.get('name')) or one.get('name')}": one.get("value")
        for one in find_all(element, "properties", "property")
        if one.get("value")
    }
