"""Lists of JSON objects told by their keys: Jira, Asana, and issues of GitHub and its like.

Each is given the headings its column map knows; what has no heading there keeps its own key.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dualtrack.exports.export import Cell
from dualtrack.exports.json_cells import (
    Json,
    JsonObject,
    at,
    flatten,
    join_cells,
    objects,
    to_cell,
)
from dualtrack.exports.label_lines import add_label_lines

__all__ = ["JsonTool", "find_json_tool"]

_JIRA_FIELDS = {
    "Summary": "summary",
    "Issue Type": "issuetype.name",
    "Status": "status.name",
    "Status Category": "status.statusCategory.name",
    "Project key": "project.key",
    "Project name": "project.name",
    "Priority": "priority.name",
    "Resolution": "resolution.name",
    "Assignee": "assignee",
    "Reporter": "reporter",
    "Creator": "creator",
    "Created": "created",
    "Updated": "updated",
    "Resolved": "resolutiondate",
    "Due date": "duedate",
    "Labels": "labels",
    "Components": "components",
    "Fix versions": "fixVersions",
    "Description": "description",
    "Original estimate": "timeoriginalestimate",
    "Remaining Estimate": "timeestimate",
    "Time Spent": "timespent",
    "Σ Original Estimate": "aggregatetimeoriginalestimate",
    "Σ Remaining Estimate": "aggregatetimeestimate",
    "Σ Time Spent": "aggregatetimespent",
    "Parent key": "parent.key",
    "Parent summary": "parent.fields.summary",
}
_ASANA_FIELDS = {
    "Task ID": "gid",
    "Created At": "created_at",
    "Completed At": "completed_at",
    "Last Modified": "modified_at",
    "Name": "name",
    "Assignee": "assignee",
    "Assignee Email": "assignee.email",
    "Start Date": "start_on",
    "Due Date": "due_on",
    "Tags": "tags",
    "Notes": "notes",
    "Completed": "completed",
    "Task Type": "resource_subtype",
}
# The first path that is filled counts: GitHub (REST, gh, project items), GitLab, Linear, Plane.
_ISSUE_FIELDS = {
    "Title": ("title", "content.title", "name"),
    "Description": ("body", "content.body", "description_stripped", "description"),
    "Issue Type": ("type", "issue_type", "content.type"),
    "Status": ("status", "state_detail.name", "state.name"),
    "Assignees": ("assignees", "assignee", "content.assignees"),
    "Author": ("user", "author", "creator", "created_by"),
    "Labels": ("labels", "content.labels"),
    "Milestone": ("milestone", "projectMilestone"),
    "Team": ("team", "project", "repository", "content.repository"),
    "Start Date": ("start_date", "startDate", "startedAt"),
    "Due Date": ("due_date", "dueDate", "target_date", "targetDate", "milestone.due_on")
    + ("milestone.dueOn", "milestone.due_date"),
    "Created At": ("created_at", "createdAt"),
    "Closed At": ("closed_at", "closedAt", "completed_at", "completedAt"),
    "Time Estimate": ("time_stats.time_estimate",),
    "Time Spent": ("time_stats.total_time_spent",),
    "URL": ("html_url", "web_url", "url", "content.url"),
}
# Keys whose value is in a column already; all others follow under their own names.
_ISSUE_ROOTS = {path.split(".")[0] for paths in _ISSUE_FIELDS.values() for path in paths} - {
    "milestone",
    "content",
    "state",
}
_CATEGORIES = {
    "opened": "open",
    "reopened": "open",
    "merged": "closed",
    "locked": "closed",
    "triage": "new",
    "unstarted": "to do",
    "not_planned": "canceled",
    "duplicate": "canceled",
}
_REPOSITORY_URL = re.compile(r"//[^/]+/([^/]+/[^/]+)/(?:issues|pull)/(\d+)")


@dataclass(frozen=True)
class JsonTool:
    """A tool told from the keys of its records, and how it lists them.

    Attributes:
        list_records: Takes the top value of the file and the records, gives cells by heading.
    """

    name: str
    is_this: Callable[[set[str]], bool]
    list_records: Callable[[Json, list[JsonObject]], list[dict[str, Cell]]]


def find_json_tool(records: list[JsonObject]) -> JsonTool | None:
    """The tool whose keys the first records carry; None for any other list."""
    keys = {key for record in records[:50] for key in record}
    return next((tool for tool in _TOOLS if tool.is_this(keys)), None)


def _list_jira(top: Json, issues: list[JsonObject]) -> list[dict[str, Cell]]:
    names = at(top, "names")
    known = names if isinstance(names, dict) else {}
    roots = {path.split(".")[0] for path in _JIRA_FIELDS.values()}
    records: list[dict[str, Cell]] = []
    for issue in issues:
        fields = issue.get("fields")
        fields = fields if isinstance(fields, dict) else {}
        record: dict[str, Cell] = {"Issue key": to_cell(issue.get("key"))}
        record["Issue id"] = to_cell(issue.get("id"))
        record |= {name: to_cell(at(fields, path)) for name, path in _JIRA_FIELDS.items()}
        for key, value in fields.items():
            if key not in roots:
                name = str(to_cell(known.get(key)) or key)
                record[f"Custom field ({name})"] = to_cell(value)
        records.append(record)
    return records


def _list_asana(top: Json, tasks: list[JsonObject]) -> list[dict[str, Cell]]:
    """Subtasks stand inside their task and follow it as records of their own."""
    records: list[dict[str, Cell]] = []
    waiting: list[tuple[JsonObject, Json]] = [(task, None) for task in reversed(tasks)]
    while waiting:
        task, above = waiting.pop()
        parent = at(task, "parent.gid") or above
        record = {name: to_cell(at(task, path)) for name, path in _ASANA_FIELDS.items()}
        places = objects(task.get("memberships"))
        record["Section/Column"] = join_cells([at(one, "section.name") for one in places])
        projects: list[Json] = [*objects(task.get("projects"))]
        record["Projects"] = join_cells(projects or [at(one, "project") for one in places])
        record["Parent task"] = to_cell(at(task, "parent.name"))
        record["Parent ID"] = to_cell(parent)
        record["Milestone"] = "1" if task.get("resource_subtype") == "milestone" else None
        record["Status Category"] = "completed" if task.get("completed") is True else None
        for custom in objects(task.get("custom_fields")):
            name = to_cell(custom.get("name"))
            if name is not None and record.get(str(name)) is None:
                record[str(name)] = _asana_custom(custom)
        records.append(record)
        inner = objects(task.get("subtasks"))
        waiting += [(one, task.get("gid")) for one in reversed(inner)]
    add_label_lines(records, "Notes")
    return records


def _asana_custom(custom: JsonObject) -> Cell:
    number = custom.get("number_value")
    if isinstance(number, int | float) and not isinstance(number, bool):
        return to_cell(number)
    shown = custom.get("display_value")
    return to_cell(shown if shown is not None else custom.get("text_value"))


def _list_issues(top: Json, issues: list[JsonObject]) -> list[dict[str, Cell]]:
    records: list[dict[str, Cell]] = []
    key_of = {str(issue.get("id")): _issue_key(issue) for issue in issues}
    for issue in issues:
        parent = issue.get("parent")
        parent_id = at(parent, "id") or parent
        parent_key = key_of.get(str(parent_id)) if parent_id is not None else None
        record: dict[str, Cell] = {
            "Issue Key": _issue_key(issue),
            "Parent Key": parent_key or _issue_key(parent),
        }
        for name, paths in _ISSUE_FIELDS.items():
            cells = (to_cell(at(issue, path)) for path in paths)
            record[name] = next((cell for cell in cells if cell is not None), None)
        if "pull_request" in issue:
            record["Issue Type"] = "Pull request"
        record["Status Category"] = _category(issue)
        others = flatten({key: one for key, one in issue.items() if key not in _ISSUE_ROOTS})
        records.append({**others, **record})
    add_label_lines(records, "Description")
    return records


def _issue_key(issue: Json) -> Cell:
    """The key people use, with its repository where that is known: numbers repeat over many."""
    if not isinstance(issue, dict):
        return to_cell(issue)  # a bare id
    for path in ("identifier", "references.full"):
        if issue_key := to_cell(at(issue, path)):
            return issue_key
    for path in ("html_url", "url", "content.url"):
        found = _REPOSITORY_URL.search(str(at(issue, path)))
        if found and "api." not in found[0]:
            return to_cell(f"{found[1]}#{found[2]}")
    # Plane's parents are named by id, though its issues have numbers.
    is_plane = "sequence_id" in issue
    paths = ["id"] if is_plane else ["iid", "number", "content.number", "id"]
    cells = (to_cell(at(issue, path)) for path in paths)
    return next((cell for cell in cells if cell is not None), None)


def _category(issue: JsonObject) -> Cell:
    reason = str(issue.get("state_reason") or issue.get("stateReason") or "").casefold()
    if reason in {"not_planned", "duplicate"}:
        return _CATEGORIES[reason]
    for path in ("state_detail.group", "state.type", "state.group", "state", "content.state"):
        state = at(issue, path)
        if isinstance(state, str):
            return to_cell(_CATEGORIES.get(state.casefold(), state.casefold()))
    return None


def _is_issue(keys: set[str]) -> bool:
    if not keys & {"title", "name"}:
        return False
    return (
        {"number", "state"} <= keys
        or {"iid", "state"} <= keys
        or {"content", "id"} <= keys
        or {"identifier", "state"} <= keys
        or {"sequence_id", "state"} <= keys
        or {"number", "title", "labels"} <= keys
    )


_TOOLS = (
    JsonTool("Jira", lambda keys: {"key", "fields"} <= keys, _list_jira),
    JsonTool("Asana", lambda keys: {"gid", "name"} <= keys, _list_asana),
    JsonTool("issues", _is_issue, _list_issues),
)
