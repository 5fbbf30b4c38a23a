"""Reader of Microsoft Project XML (MSPDI): one row per task, task 0 carrying the project.

Custom fields come under their alias, resources as names, the gates of a plan as tasks whose
`Milestone` is 1. Money stays as the file has it: hundredths.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from dualtrack.errors import ExportError
from dualtrack.exports.export import RawSheet
from dualtrack.exports.limits import check_table
from dualtrack.exports.plan_rows import PROJECT_ROW
from dualtrack.exports.xml_tree import parse_xml

__all__ = ["is_mspdi", "read_mspdi"]

_NAMESPACE = "{http://schemas.microsoft.com/project}"
_BASELINE_FIELDS = ("Start", "Finish", "Work", "Cost")
# Headings the column map knows a plan by, though a small plan may fill none of them.
_CORE = ("UID", "Name", "OutlineLevel", "Start", "Finish")
_PROJECT_FIELDS = ("Title", "Subject", "Category", "Manager", "Company", "CurrencyCode", "GUID")
# Project 2003 and before write the sign only; a sign of no one currency is taken for the largest.
_CURRENCY_OF_SIGN = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}


def is_mspdi(content: bytes) -> bool:
    """Whether the start of a file is a Microsoft Project XML."""
    return b"schemas.microsoft.com/project" in content[:4096]


def read_mspdi(path: Path) -> list[RawSheet]:
    """Read the tasks of a Microsoft Project XML.

    Returns:
        One raw sheet with a heading row made of element names, `Baseline <field>` for baseline 0,
        `Project <field>` for the file's own properties (on task 0), `Resource Names`, and each
        custom field's alias. A file without task 0 gets one, marked by its `Row Type`.

    Raises:
        ExportError: The XML is broken or has no tasks.
    """
    root = parse_xml(path)
    tasks = root.findall(f"{_NAMESPACE}Tasks/{_NAMESPACE}Task")
    if not tasks:
        raise ExportError(f"{path}: a Project XML without tasks. Save the plan, not a template.")
    aliases = _read_aliases(root)
    names = _read_resource_names(root)
    records = [_read_task(task, aliases, names) for task in tasks]
    properties = _read_properties(root)
    if not any(record.get("UID") == "0" for record in records):
        made = {"UID": "0", "OutlineLevel": "0", "IsNull": "0", "Row Type": PROJECT_ROW}
        records = [dict(made), *records]
    for record in records:
        if record.get("UID") == "0":
            record.update(properties)
            # A project that was never given a name goes by its file.
            record["Name"] = record.get("Name") or properties["Project Title"] or path.stem
    named = dict.fromkeys(name for record in records for name in record)
    headings = list(dict.fromkeys([*_CORE, *named]))
    check_table(path, len(records), len(headings))
    rows: list[list[object]] = [list(headings)]
    rows += [[record.get(name) for name in headings] for record in records]
    numbers = list(range(len(rows)))
    return [RawSheet(rows, numbers, has_own_heading=True, note="Microsoft Project XML")]


def _text(element: etree._Element, name: str) -> str | None:
    return element.findtext(f"{_NAMESPACE}{name}")


def _read_properties(root: etree._Element) -> dict[str, str | None]:
    properties = {f"Project {name}": _text(root, name) for name in _PROJECT_FIELDS}
    sign = (_text(root, "CurrencySymbol") or "").strip()
    code = properties["Project CurrencyCode"] or _CURRENCY_OF_SIGN.get(sign)
    return properties | {"Project CurrencyCode": code}


def _read_aliases(root: etree._Element) -> dict[str, str]:
    path = f"{_NAMESPACE}ExtendedAttributes/{_NAMESPACE}ExtendedAttribute"
    return {
        _text(one, "FieldID") or "": _text(one, "Alias") or _text(one, "FieldName") or ""
        for one in root.findall(path)
    }


def _read_resource_names(root: etree._Element) -> dict[str, str]:
    """Task UID to the names assigned to it, joined by '; '."""
    resources = {
        _text(one, "UID"): _text(one, "Name") or ""
        for one in root.findall(f"{_NAMESPACE}Resources/{_NAMESPACE}Resource")
    }
    names: dict[str, list[str]] = {}
    for one in root.findall(f"{_NAMESPACE}Assignments/{_NAMESPACE}Assignment"):
        name = resources.get(_text(one, "ResourceUID"), "")
        if name:
            names.setdefault(_text(one, "TaskUID") or "", []).append(name)
    return {task: "; ".join(dict.fromkeys(found)) for task, found in names.items()}


def _read_task(
    task: etree._Element, aliases: dict[str, str], names: dict[str, str]
) -> dict[str, str | None]:
    record: dict[str, str | None] = {}
    for child in task:
        tag = etree.QName(child).localname
        if tag == "Baseline":
            if (_text(child, "Number") or "0") == "0":
                record |= {f"Baseline {name}": _text(child, name) for name in _BASELINE_FIELDS}
        elif tag == "ExtendedAttribute":
            alias = aliases.get(_text(child, "FieldID") or "", "")
            if alias:
                record[alias] = _text(child, "Value")
        elif len(child) == 0:
            record[tag] = child.text
    record["Resource Names"] = names.get(record.get("UID") or "")
    return record
