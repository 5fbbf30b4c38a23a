"""Reader of Primavera P6 XML (PMXML): one row per Project, one per Activity.

The project row is the parent its activities roll up to. Percentages are made 0 to 100, costs are
summed over labour, non-labour, material and expense. A baseline in the same file gives
`BaselineFinish`; its own rows are marked so that the column map sets them aside.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from lxml import etree

from dualtrack.errors import ExportError
from dualtrack.exports.export import Cell, RawSheet
from dualtrack.exports.plan_rows import PROJECT_ROW, make_plan_sheet, parse_decimal, sum_costs
from dualtrack.exports.xml_tree import find_all, local_name, parse_xml, read_leaves, read_text

__all__ = ["is_pmxml", "read_pmxml"]

_Leaves = dict[str, str | None]
_CORE = ("RowType", "Id", "Name", "Status", "ParentCode", "PlannedFinishDate")
_COST_KINDS = ("LaborCost", "NonLaborCost", "MaterialCost", "ExpenseCost")
_COSTS = ("Planned", "Actual", "AtCompletion")
_PERCENT_OF_TYPE = {
    "Physical": "PhysicalPercentComplete",
    "Duration": "DurationPercentComplete",
    "Units": "UnitsPercentComplete",
}
_MILESTONES = ("Start Milestone", "Finish Milestone")
_UDF_VALUES = (
    "TextValue",
    "StartDateValue",
    "FinishDateValue",
    "DoubleValue",
    "IntegerValue",
    "CostValue",
    "CodeValue",
    "IndicatorValue",
)
# A project without a finish of its own ends with its last activity.
_PROJECT_FINISHES = ("PlannedFinishDate", "FinishDate", "ScheduledFinishDate", "MustFinishByDate")
_PROJECTS = ("Project", "BaselineProject")


def is_pmxml(head: bytes) -> bool:
    """Whether the start of a file is a Primavera P6 XML."""
    return b"APIBusinessObjects" in head[:4096]


def read_pmxml(path: Path) -> list[RawSheet]:
    """Read the projects and activities of a Primavera P6 XML.

    Args:
        path: The file, with any namespace or none.

    Returns:
        One raw sheet: P6's own element names as headings, and `RowType`, `ParentCode`, `Owner`,
        `WBSPath`, `PercentDone` (0 to 100), `PlannedCost`, `ActualCost`, `AtCompletionCost`,
        `ActivityCodes`, `BaselineFinish` and the titles of user-defined fields.

    Raises:
        ExportError: The XML is broken or has neither projects nor activities.
    """
    root = parse_xml(path)
    plan = _Plan(root)
    if not plan.projects and not plan.activities:
        raise ExportError(
            f"{path}: a P6 XML without Project and Activity; the root {local_name(root)!r} holds "
            f"{sorted({local_name(one) for one in root})[:12]}. Export the project from P6."
        )
    records: list[dict[str, Cell]] = []
    left = dict(plan.activities)
    for project in plan.projects:
        key = plan.key_of[project]
        own = [plan.read_activity(one, key) for one in left.pop(key, [])]
        records.append(plan.read_project(project, own))
        records += own
    records += [plan.read_activity(one, key) for key, found in left.items() for one in found]
    return [make_plan_sheet(records, path=path, core=_CORE, note="Primavera P6 XML")]


class _Plan:
    """The objects of a file, looked up by their ObjectId."""

    def __init__(self, root: etree._Element) -> None:
        self.projects = [one for one in root.iter() if local_name(one) in _PROJECTS]
        self.key_of = {
            one: read_text(one, "ObjectId") or f"nameless {number}"
            for number, one in enumerate(self.projects)
        }
        self.of_key = {key: one for one, key in self.key_of.items()}
        self.activities: dict[str, list[etree._Element]] = {}
        for one in root.iter():
            if local_name(one) == "Activity":
                parent = one.getparent()
                key = self.key_of.get(parent) if parent is not None else None
                key = key or read_text(one, "ProjectObjectId") or ""
                self.activities.setdefault(key, []).append(one)
        names = ("OBS", "Resource", "WBS", "UDFType", "ActivityCode", "ActivityCodeType")
        self.objects: dict[str, dict[str, _Leaves]] = {name: {} for name in names}
        for one in root.iter():
            if local_name(one) in self.objects:
                leaves = read_leaves(one)
                self.objects[local_name(one)][leaves.get("ObjectId") or ""] = leaves
        self.resources_of: dict[str, list[str]] = {}
        for one in root.iter():
            if local_name(one) == "ResourceAssignment":
                activity = read_text(one, "ActivityObjectId") or ""
                name = self.name_of("Resource", read_text(one, "ResourceObjectId"))
                self.resources_of.setdefault(activity, []).append(name)
        codes = Counter(read_text(one, "Id") for found in self.activities.values() for one in found)
        self.repeated_codes = {code for code, count in codes.items() if count > 1}
        self.baseline_finish = self._read_baselines()

    def name_of(self, kind: str, key: str | None) -> str:
        return self.objects[kind].get(key or "", {}).get("Name") or ""

    def is_baseline(self, key: str) -> bool:
        project = self.of_key.get(key)
        return project is not None and local_name(project) == "BaselineProject"

    def project_code(self, key: str) -> str | None:
        project = self.of_key.get(key)
        return (read_text(project, "Id") if project is not None else None) or key or None

    def _read_baselines(self) -> dict[tuple[str, str], str | None]:
        """Project and activity id to the finish in the project's baseline."""
        found: dict[tuple[str, str], str | None] = {}
        for key in filter(self.is_baseline, self.activities):
            origin = read_text(self.of_key[key], "OriginalProjectObjectId") or ""
            for one in self.activities[key]:
                finish = read_text(one, "PlannedFinishDate") or read_text(one, "FinishDate")
                found[origin, read_text(one, "Id") or ""] = finish
        return found

    def read_project(
        self, project: etree._Element, activities: list[dict[str, Cell]]
    ) -> dict[str, Cell]:
        leaves = read_leaves(project)
        key = self.key_of[project]
        code = self.project_code(key)
        owner = self.name_of("Resource", leaves.get("OwnerResourceObjectId"))
        record: dict[str, Cell] = {
            "RowType": "Baseline project" if self.is_baseline(key) else PROJECT_ROW,
            "Id": code,
            "Name": leaves.get("Name") or code,
            "Owner": owner
            or leaves.get("OBSName")
            or self.name_of("OBS", leaves.get("OBSObjectId")),
        }
        record |= sum_costs(activities, tuple(f"{name}Cost" for name in _COSTS))
        if not any(leaves.get(name) for name in _PROJECT_FINISHES):
            planned = (one.get("PlannedFinishDate") for one in activities)
            finishes = [finish for finish in planned if isinstance(finish, str)]
            record["PlannedFinishDate"] = max(finishes, default=None)
        return record | self._read_udfs(project) | _others(leaves, record)

    def read_activity(self, activity: etree._Element, key: str) -> dict[str, Cell]:
        leaves = read_leaves(activity)
        parent = self.project_code(key)
        code = leaves.get("Id") or leaves.get("ObjectId")
        kind = leaves.get("Type") or "Task"
        owners = [self.name_of("Resource", leaves.get("PrimaryResourceObjectId"))]
        owners += self.resources_of.get(leaves.get("ObjectId") or "", [])
        record: dict[str, Cell] = {
            "RowType": "Baseline task" if self.is_baseline(key) else kind,
            "Id": f"{parent}.{code}" if code in self.repeated_codes else code,
            "Name": leaves.get("Name"),
            "ParentCode": parent,
            "Owner": "; ".join(dict.fromkeys(filter(None, owners))),
            "WBSPath": self._read_wbs_path(leaves.get("WBSObjectId")),
            "PercentDone": _read_percent(leaves),
            "IsMilestone": "1" if kind in _MILESTONES else None,
            "BaselineFinish": self.baseline_finish.get((key, leaves.get("Id") or "")),
            "ActivityCodes": self._read_codes(activity),
        }
        record |= {f"{name}Cost": _sum_costs(leaves, name) for name in _COSTS}
        return record | self._read_udfs(activity) | _others(leaves, record)

    def _read_wbs_path(self, key: str | None) -> str:
        names: list[str] = []
        seen: set[str] = set()
        while key and key not in seen and (node := self.objects["WBS"].get(key)):
            seen.add(key)
            names.append(node.get("Name") or "")
            key = node.get("ParentObjectId")
        return " / ".join(reversed(names))

    def _read_codes(self, activity: etree._Element) -> str:
        codes = []
        for one in find_all(activity, "Code"):
            value = self.objects["ActivityCode"].get(read_text(one, "ValueObjectId") or "", {})
            kind = self.name_of("ActivityCodeType", read_text(one, "TypeObjectId"))
            name = value.get("Description") or value.get("CodeValue")
            if name:
                codes.append(f"{kind}: {name}".removeprefix(": "))
        return "; ".join(codes)

    def _read_udfs(self, element: etree._Element) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for one in find_all(element, "UDF"):
            leaves = read_leaves(one)
            title = self.objects["UDFType"].get(leaves.get("TypeObjectId") or "", {}).get("Title")
            if title:
                values = (leaves.get(name) for name in _UDF_VALUES)
                found[f"UDF {title}"] = next(filter(None, values), None)
        return found


def _others(leaves: _Leaves, record: dict[str, Cell]) -> dict[str, Cell]:
    return {name: text for name, text in leaves.items() if name not in record}


def _read_percent(leaves: _Leaves) -> float | None:
    """PercentComplete, else the percentage of the type the activity states; fractions of 1."""
    kind = leaves.get("PercentCompleteType") or ""
    share = parse_decimal(leaves.get("PercentComplete"))
    if share is None:
        share = parse_decimal(leaves.get(_PERCENT_OF_TYPE.get(kind, "")))
    return None if share is None else round(share * 100, 2)


def _sum_costs(leaves: _Leaves, name: str) -> float | None:
    whole = parse_decimal(leaves.get(f"{name}TotalCost"))
    if whole is not None:
        return whole
    parts = [parse_decimal(leaves.get(f"{name}{kind}")) for kind in _COST_KINDS]
    known = [part for part in parts if part is not None]
    return round(sum(known), 4) if known else None
