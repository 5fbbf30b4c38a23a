"""One id in two files or sheets: every project stays, and every row is accounted for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xlsxwriter

from dualtrack.config import Settings
from dualtrack.records import read_portfolio

HEAD = "Issue key,Issue Type,Summary,Status,Project name,Assignee\n"
AS_OF = pd.Timestamp("2026-09-30")


def test_two_exports_of_a_tool_that_overlap_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    rows = ["K-1,Epic,Hub,Open,P,Ada\n", "K-2,Epic,Move the warehouse to Leiden,Open,P,Bo\n"]
    (folder / "a.csv").write_text(HEAD + rows[0] + rows[1], encoding="utf-8")
    (folder / "b.csv").write_text(HEAD + rows[1] + "K-1,Epic,Yard,Open,P,Cy\n", encoding="utf-8")
    portfolio = read_portfolio(folder, Settings(root=tmp_path), as_of_date=AS_OF)
    # K-2 is the same project twice and merged; K-1 is another one in each file.
    found = portfolio.projects.set_index("project_id")["title"].to_dict()
    assert found == {
        "jira:K-1": "Hub",
        "jira:K-2": "Move the warehouse to Leiden",
        "jira:K-1#2": "Yard",
    }
    counts = portfolio.row_outcomes["outcome_type"].value_counts().to_dict()
    assert counts == {"project": 3, "merged": 1}
    repeated = portfolio.issues[portfolio.issues["rule_name"] == "repeated key"]
    assert repeated["project_id"].tolist() == ["jira:K-1#2"]


def test_sheets_that_name_a_project_alike_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    with xlsxwriter.Workbook(folder / "list.xlsx") as book:
        for name in ("North", "South", "West"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Title", "Owner", "Start date", "Budget"])
            sheet.write_row(1, 0, ["Hub", name, "2026-01-05", 100])
    portfolio = read_portfolio(folder, Settings(root=tmp_path), as_of_date=AS_OF)
    assert portfolio.projects["project_id"].tolist() == ["list:hub", "list:hub#2", "list:hub#3"]
    assert portfolio.projects["owner"].tolist() == ["North", "South", "West"]
