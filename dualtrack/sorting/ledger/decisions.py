"""People's decisions on the projects of today: the latest holds, disagreement is kept and told."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd

from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.sorting.ledger.ledger import read_ledger
from dualtrack.sorting.ledger.lines import WITHDRAWN
from dualtrack.sorting.ledger.match import SAME_TEXT, match_ledger

__all__ = ["latest_by_reviewer", "list_decision_issues", "read_decisions", "settle_decisions"]

log = logging.getLogger(__name__)


def read_decisions(path: Path, projects: pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the ledger and find the decision that holds on each project.

    Args:
        path: `decisions.csv`; a missing file holds no decision.
        projects: Projects of today, to find those whose id has changed by their content; left
            out, decisions go by id alone.

    Returns:
        As `settle_decisions`.

    Raises:
        SortingError: A column is missing or lines are wrong; every wrong line is named.
    """
    decisions = settle_decisions(read_ledger(path), projects)
    counts = decisions["match_type"].value_counts().to_dict()
    log.info("%s: %d projects decided, found by %s", path, len(decisions), counts)
    return decisions


def settle_decisions(ledger: pd.DataFrame, projects: pd.DataFrame | None = None) -> pd.DataFrame:
    """The decision that holds on each project: the most recent of all reviewers.

    Args:
        ledger: As `read_ledger` returns.
        projects: As for `read_decisions`.

    Returns:
        One row per project decided, in the order of the ledger: the line that holds with its
        columns, `project_id` as it is today, `decided_id`, `match_type` and `text_ratio` as
        `match_ledger` gives them, and

        - `is_disputed`: reviewers' latest decisions differ;
        - `said`: each reviewer's, as `Anna: strategic; Ben: operational`;
        - `is_text_changed`: the text is another now (likeness below 60); the decision holds.

        A decision whose project is not found (`match_type` absent or ambiguous) keeps its old
        `project_id`, which no project of today has.
    """
    latest = latest_by_reviewer(_place(ledger, projects))
    said = latest["by"].fillna("unnamed") + ": " + latest["track"]
    grouped = latest.assign(said=said).groupby("project_id", sort=False)
    reviews = grouped.agg(said=("said", "; ".join), track_count=("track", "nunique"))
    held = grouped.tail(1).set_index("project_id")
    settled = held.assign(
        is_disputed=reviews["track_count"] > 1,
        said=reviews["said"],
        is_text_changed=held["text_ratio"] < SAME_TEXT,
    )
    return settled.sort_values("line_number").reset_index()


def latest_by_reviewer(ledger: pd.DataFrame) -> pd.DataFrame:
    """Each reviewer's latest line on each project, the oldest first; none that is withdrawn.

    A line without a time counts as older than any that has one; of two at the same time the later
    line is the latest. Reviewers are told apart by name, capitals and blanks aside; lines without
    a name count as one reviewer.

    Args:
        ledger: Rows of `read_ledger` or `match_ledger`.
    """
    in_time = ledger.sort_values(["at", "line_number"], na_position="first")
    reviewer = in_time["by"].fillna("").str.casefold().str.split().str.join(" ")
    is_latest = ~in_time.assign(reviewer=reviewer).duplicated(
        ["project_id", "reviewer"], keep="last"
    )
    return in_time[is_latest & (in_time["track"] != WITHDRAWN)]


def list_decision_issues(decisions: pd.DataFrame, *, source_file: str) -> pd.DataFrame:
    """What people should know of the decisions, as rows of `issues`.

    Args:
        decisions: As `settle_decisions` returns.
        source_file: Name of the ledger.
    """
    match = decisions["match_type"]
    is_moved = match.isin(["fingerprint", "title"])
    rules = [
        (
            "reviewers differ",
            "warning",
            decisions["is_disputed"],
            decisions["said"],
            "The most recent decision holds. Agree on one, and let `dualtrack decide` record it.",
        ),
        (
            "text changed since the decision",
            "warning",
            decisions["is_text_changed"],
            decisions["title"],
            "The decision holds, but the text decided on was another. Decide again.",
        ),
        (
            "decision of an ambiguous project",
            "warning",
            match == "ambiguous",
            decisions["title"],
            "Its id is gone and several projects have this text. Decide on the one that is meant.",
        ),
        (
            "decision found by content",
            "info",
            is_moved,
            decisions["decided_id"],
            "The id has changed since the decision; the same text, or nearly, has the new one.",
        ),
        (
            "decision of an absent project",
            "info",
            match == "absent",
            decisions["decided_id"],
            "No project of this quarter has this id or text. The line stays in the ledger.",
        ),
    ]
    parts = [
        pd.DataFrame(
            {
                "project_id": decisions["project_id"],
                "source_row": decisions["line_number"],
                "value": value.astype("str"),
                "severity_type": severity,
                "table_name": "projects",
                "column_name": "track",
                "source_file": source_file,
                "rule_name": rule,
                "message": message,
            }
        )[is_found]
        for rule, severity, is_found, value, message in rules
    ]
    issues = pd.concat(parts, ignore_index=True)
    return conform(issues, TABLES["issues"]) if len(issues) else empty_frame(TABLES["issues"])


def _place(ledger: pd.DataFrame, projects: pd.DataFrame | None) -> pd.DataFrame:
    if projects is not None:
        return match_ledger(ledger, projects)
    return ledger.assign(
        decided_id=ledger["project_id"], match_type="project_id", text_ratio=float("nan")
    )
