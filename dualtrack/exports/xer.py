"""Reader of Primavera P6 XER: one row per project (PROJECT), one per activity (TASK).

The project row is the parent its activities roll up to, as task 0 is in a Microsoft Project XML.
WBS nodes are structure: they are named in `wbs_path`, and are no rows. A baseline that travels in
the same file gives `baseline_finish`; its own rows are marked so that the column map sets them
aside.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from dualtrack.errors import ExportError
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.plan_rows import PROJECT_ROW, make_plan_sheet, sum_costs
from dualtrack.exports.xer_tables import XerTables, group_rows, index_rows, read_xer_tables
from dualtrack.exports.xer_tasks import measure_progress, sum_assignments

__all__ = ["is_xer", "read_xer"]

_CORE = ("row_type", "task_code", "task_name", "status_code", "parent_code", "target_end_date")
# Words of P6's own screens for its codes.
_STATUS = {"TK_NotStart": "Not Started", "TK_Active": "In Progress", "TK_Complete": "Completed"}
_PROJECT_STATUS = {"WS_Open": "Active", "WS_Planned": "Planned", "WS_Closed": "Closed"}
_TASK_TYPES = {
    "TT_Task": "Task Dependent",
    "TT_Rsrc": "Resource Dependent",
    "TT_LOE": "Level of Effort",
    "TT_Mile": "Start Milestone",
    "TT_FinMile": "Finish Milestone",
    "TT_WBS": "WBS Summary",
}
_PROJECT_SUMS = ("target_cost", "act_cost", "at_completion_cost")


def is_xer(head: bytes) -> bool:
    """Whether the start of a file is a Primavera XER."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"ERMHDR")


def read_xer(path: Path) -> list[RawSheet]:
    """Read the projects and activities of a Primavera XER.

    Args:
        path: The file; it may hold several projects.

    Returns:
        One raw sheet: TASK's own field names as headings, and `row_type`, `parent_code`,
        `wbs_path`, `owner`, `percent_complete` (0 to 100), `target_cost`, `act_cost`,
        `activity_codes`, `notes`, `baseline_finish` and the labels of user-defined fields.

    Raises:
        ExportError: The file has neither projects nor activities.
    """
    tables = read_xer_tables(path)
    projects, tasks = tables.rows("PROJECT"), tables.rows("TASK")
    if not projects and not tasks:
        raise ExportError(
            f"{path}: an XER without PROJECT and TASK rows; found tables {tables.names()}. "
            f"Export the project from P6 with its activities."
        )
    plan = _Plan(tables)
    records: list[dict[str, Cell]] = []
    tasks_of = group_rows(tasks, "proj_id")
    for project in projects:
        own = [plan.read_task(task) for task in tasks_of.pop(project.get("proj_id", ""), [])]
        records.append(plan.read_project(project, own))
        records += own
    records += [plan.read_task(task) for left in tasks_of.values() for task in left]
    return [make_plan_sheet(records, path=path, core=_CORE, note=tables.note)]


class _Plan:
    """The tables of a file, looked up by their ids."""

    def __init__(self, tables: XerTables) -> None:
        self.currency = tables.currency
        self.projects = index_rows(tables.rows("PROJECT"), "proj_id")
        self.wbs = index_rows(tables.rows("PROJWBS"), "wbs_id")
        self.top = {
            node.get("proj_id", ""): node
            for node in tables.rows("PROJWBS")
            if node.get("proj_node_flag") == "Y"
        }
        self.obs = index_rows(tables.rows("OBS"), "obs_id")
        self.resources = index_rows(tables.rows("RSRC"), "rsrc_id")
        self.assignments = group_rows(tables.rows("TASKRSRC"), "task_id")
        self.codes = group_rows(tables.rows("TASKACTV"), "task_id")
        self.code_values = index_rows(tables.rows("ACTVCODE"), "actv_code_id")
        self.code_types = index_rows(tables.rows("ACTVTYPE"), "actv_code_type_id")
        self.memos = group_rows(tables.rows("TASKMEMO"), "task_id")
        self.udf_types = index_rows(tables.rows("UDFTYPE"), "udf_type_id")
        self.udfs = group_rows(tables.rows("UDFVALUE"), "fk_id")
        counts = Counter(task.get("task_code", "") for task in tables.rows("TASK"))
        self.repeated_codes = {code for code, count in counts.items() if count > 1}
        self.baseline_finish = {
            (self.projects[task["proj_id"]]["orig_proj_id"], task.get("task_code", "")): task.get(
                "target_end_date"
            )
            for task in tables.rows("TASK")
            if self.is_baseline(task.get("proj_id", ""))
        }

    def is_baseline(self, proj_id: str) -> bool:
        """A baseline names the project it was taken from, and that one is in the file too."""
        origin = self.projects.get(proj_id, {}).get("orig_proj_id", "")
        return origin != "" and origin != proj_id and origin in self.projects

    def project_code(self, proj_id: str) -> str | None:
        project = self.projects.get(proj_id)
        return (project or {}).get("proj_short_name") or proj_id or None

    def read_project(
        self, project: dict[str, str], tasks: list[dict[str, Cell]]
    ) -> dict[str, Cell]:
        proj_id = project.get("proj_id", "")
        node = self.top.get(proj_id, {})
        code = self.project_code(proj_id)
        record: dict[str, Cell] = {
            "row_type": "Baseline project" if self.is_baseline(proj_id) else PROJECT_ROW,
            "task_code": code,
            "task_name": node.get("wbs_name") or code,
            "status_code": _PROJECT_STATUS.get(node.get("status_code", "")),
            "owner": self.obs.get(node.get("obs_id", ""), {}).get("obs_name"),
            "orig_cost": node.get("orig_cost") if _is_more_than_zero(node, "orig_cost") else None,
            "currency": self.currency,
        }
        record |= sum_costs(tasks, _PROJECT_SUMS)
        if not project.get("scd_end_date") and not project.get("plan_end_date"):
            # A project without a finish of its own ends with its last activity.
            planned = (task.get("target_end_date") for task in tasks)
            finishes = [finish for finish in planned if isinstance(finish, str)]
            record["target_end_date"] = max(finishes, default=None)
        record |= self._read_udfs(proj_id, "PROJECT")
        record |= self._read_udfs(node.get("wbs_id", ""), "PROJWBS")
        return record | {name: cell for name, cell in project.items() if name not in record}

    def read_task(self, task: dict[str, str]) -> dict[str, Cell]:
        proj_id, task_id = task.get("proj_id", ""), task.get("task_id", "")
        parent = self.project_code(proj_id)
        code = task.get("task_code") or task_id
        kind = task.get("task_type", "")
        found = self.assignments.get(task_id, [])
        status = task.get("status_code", "")
        record: dict[str, Cell] = {
            "row_type": "Baseline task"
            if self.is_baseline(proj_id)
            else _TASK_TYPES.get(kind) or kind or "Task",
            "task_code": f"{parent}.{code}" if code in self.repeated_codes else code,
            "task_name": task.get("task_name"),
            "status_code": _STATUS.get(status) or status,
            "parent_code": parent,
            "wbs_path": self._read_wbs_path(task.get("wbs_id", "")),
            "owner": self._read_owner(task, found),
            "percent_complete": measure_progress(task, found),
            "is_milestone": "1" if kind in ("TT_Mile", "TT_FinMile") else None,
            "baseline_finish": self.baseline_finish.get((proj_id, task.get("task_code", ""))),
            "activity_codes": self._read_codes(task_id),
            "notes": "\n".join(memo.get("task_memo", "") for memo in self.memos.get(task_id, [])),
            "currency": self.currency,
        }
        record |= sum_assignments(found)
        record |= self._read_udfs(task_id, "TASK")
        return record | {name: cell for name, cell in task.items() if name not in record}

    def _read_owner(self, task: dict[str, str], assignments: list[dict[str, str]]) -> str | None:
        ids = [task.get("rsrc_id", ""), *(one.get("rsrc_id", "") for one in assignments)]
        names = [self.resources.get(one, {}).get("rsrc_name", "") for one in ids]
        return "; ".join(dict.fromkeys(filter(None, names))) or None

    def _read_wbs_path(self, wbs_id: str) -> str | None:
        """Names of the WBS nodes above, the project's own node left out."""
        names: list[str] = []
        seen: set[str] = set()
        while (node := self.wbs.get(wbs_id)) is not None and wbs_id not in seen:
            if node.get("proj_node_flag") == "Y":
                break
            seen.add(wbs_id)
            names.append(node.get("wbs_name", ""))
            wbs_id = node.get("parent_wbs_id", "")
        return " / ".join(reversed(names)) or None

    def _read_codes(self, task_id: str) -> str | None:
        codes = []
        for one in self.codes.get(task_id, []):
            value = self.code_values.get(one.get("actv_code_id", ""), {})
            kind = self.code_types.get(value.get("actv_code_type_id", ""), {})
            name = value.get("actv_code_name") or value.get("short_name", "")
            if name:
                codes.append(f"{kind.get('actv_code_type', '')}: {name}".removeprefix(": "))
        return "; ".join(codes) or None

    def _read_udfs(self, key: str, table: str) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for one in self.udfs.get(key, []):
            kind = self.udf_types.get(one.get("udf_type_id", ""), {})
            label = kind.get("udf_type_label", "").strip()
            if label and kind.get("table_name") == table:
                values = (one.get(name) for name in ("udf_text", "udf_date", "udf_number"))
                found[f"UDF {label}"] = next(filter(None, values), None)
        return found


def _is_more_than_zero(row: dict[str, str], name: str) -> bool:
    return row.get(name, "").strip("0.,- ") != ""
