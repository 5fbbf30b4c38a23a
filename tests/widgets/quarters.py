"""Quarters that widgets are tried on: a small one of two projects, the sample, a large one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.config import Settings
from dualtrack.portfolio import Portfolio
from dualtrack.quarter import Quarter
from dualtrack.schema import TABLES, conform
from dualtrack.sorting import read_criteria
from dualtrack.workbook import OpenQuarter
from tests.conftest import QUARTER

LARGE = 5000


def open_sample(
    portfolio: Portfolio, sort: tuple[pd.DataFrame, pd.DataFrame], root: Path
) -> OpenQuarter:
    """The sample's quarter with a workspace of its own, so that the ledger is a new one."""
    settings = Settings(root=root)
    return OpenQuarter(portfolio, *sort, settings, read_criteria(), Quarter.parse(QUARTER))


@pytest.fixture
def opened(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame], tmp_path: Path
) -> OpenQuarter:
    """The sample's quarter, its ledger empty."""
    return open_sample(sample_portfolio, sample_sort, tmp_path)


def repeat_projects(opened: OpenQuarter, count: int) -> OpenQuarter:
    """A quarter's projects over and over under new ids, with their bookings and evidence."""
    portfolio = opened.portfolio
    times = -(-count // len(portfolio.projects))
    repeated = {
        name: pd.concat(
            [
                frame.assign(project_id=frame["project_id"] + f"/{number}")
                for number in range(times)
            ],
            ignore_index=True,
        )
        for name, frame in (
            ("projects", portfolio.projects),
            ("assignments", portfolio.assignments),
            ("sorting", opened.sorting),
            ("evidence", opened.evidence),
        )
    }
    projects = repeated["projects"].head(count)
    is_kept = {
        name: frame[frame["project_id"].isin(projects["project_id"])].reset_index(drop=True)
        for name, frame in repeated.items()
    }
    return replace(
        opened,
        portfolio=replace(
            portfolio,
            projects=conform(is_kept["projects"], TABLES["projects"]),
            assignments=conform(is_kept["assignments"], TABLES["assignments"]),
        ),
        sorting=is_kept["sorting"],
        evidence=is_kept["evidence"],
    )


@pytest.fixture
def large(opened: OpenQuarter) -> OpenQuarter:
    """The sample repeated to 5,000 projects."""
    return repeat_projects(opened, LARGE)
