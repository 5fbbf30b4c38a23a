"""What the settings say of the sort reaches it, and doubts about the ledger reach the issues."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dualtrack.config import Settings, SortSettings
from dualtrack.portfolio import Portfolio
from dualtrack.records.findings import make_issues
from dualtrack.schema import TABLES, conform
from dualtrack.sorting import read_criteria
from dualtrack.sorting.by_settings import READINGS_FILE, sort_by_settings
from tests.conftest import make_projects

LEDGER = "project_id,track,by,at,why\n"


def sort(folder: Path, **stated: object) -> tuple[Portfolio, pd.DataFrame, pd.DataFrame, list[str]]:
    projects = make_projects(
        {"title": "Enter the Peruvian market with a joint venture"},
        {"title": "Reduce the scrap rate on line 4 by daily kaizen"},
    )
    known = make_issues(projects.head(1), rule_name="known before", message="Kept.")
    portfolio = Portfolio.from_tables(
        {"projects": projects, "issues": conform(known, TABLES["issues"])},
        as_of_date=pd.Timestamp("2026-09-30"),
        currency="EUR",
    )
    sent: list[str] = []
    settings = Settings(root=folder, sort=SortSettings(**stated))  # type: ignore[arg-type]

    def pseudonym(person: str) -> str:
        sent.append(person)
        return "someone"

    return *sort_by_settings(portfolio, settings, read_criteria(), pseudonym=pseudonym), sent


def test_decisions_of_the_stated_file_hold_and_its_doubts_are_issues(tmp_path: Path) -> None:
    lines = "list:2,maintenance,Anna,2026-01-02,runs\nlist:9,strategic,Anna,2026-01-02,gone\n"
    (tmp_path / "mine.csv").write_text(LEDGER + lines, encoding="utf-8")
    portfolio, sorting, evidence, sent = sort(tmp_path, decisions_file="mine.csv")
    assert sorting["track"].tolist() == ["strategic", "maintenance"]
    assert sorting["decided_by"].tolist() == ["evidence", "person"]
    told = portfolio.issues[["rule_name", "source_file"]].to_numpy().tolist()
    assert told[0] == ["known before", "list.csv"]
    assert len(told) == 2 and told[1][1] == "mine.csv"
    assert portfolio.issues.index.tolist() == [0, 1]
    assert set(evidence["project_id"]) == {"list:1", "list:2"}
    # No second reader is stated: nothing is prepared for one, and what was read is kept.
    assert sent == [] and (tmp_path / READINGS_FILE).is_file()


def test_thresholds_of_the_settings_reach_the_sort(tmp_path: Path) -> None:
    _, sorting, _, _ = sort(tmp_path)
    assert sorting["track"].tolist() == ["strategic", "operational"]
    _, sorting, _, _ = sort(tmp_path, decide_at=0.999999)
    assert sorting["track"].tolist() == ["undecided", "undecided"]
