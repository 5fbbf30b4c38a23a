"""Real exports of the tools read so far: tool, records, hand-checked cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dualtrack.config import Settings
from dualtrack.exports import read_export

CASES = [
    ("jira/ericmedlock_Jira.csv", "jira", 22, 0, "item_key", "TES-25"),
    ("jira/nocode13_jira-export_SCRUBBED.csv", "jira", 185, None, None, None),
    ("azure-devops/msdocs_tree_sample_SYNTHETIC.csv", "azure-devops", 4, 1, "parent_key", "16509"),
    ("azure-devops/Dileep-k095_workitems.csv", "azure-devops", 6, None, None, None),
    ("planner/plannr_test_plan.csv", "planner", 10, 0, "team_name", "Bucket 1"),
    ("planner/layout_2021_LAYOUT-TWIN_SYNTHETIC.xlsx", "planner", 2, None, None, None),
    ("msproject/sample.xml", "msproject", 20, None, None, None),
]


@pytest.mark.parametrize(("name", "tool", "count", "row", "field", "cell"), CASES)
def test_real_export_is_recognised_and_read_whole(
    shared: Path, name: str, tool: str, count: int, row: int | None, field: str | None, cell: str
) -> None:
    export = read_export(shared / "exports" / name, Settings(), until=dt.date(2026, 9, 30))[0]
    assert export.source_tool == tool
    assert len(export.frame) == count
    assert export.row_count == len(export.frame) + len(export.set_aside)
    if row is not None and field is not None:
        assert export.frame.loc[row, field] == cell
