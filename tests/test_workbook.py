"""Opening a quarter, and the quarters before it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack import (
    open_quarter,
    write_earlier_snapshots,
    write_portfolio_snapshot,
    write_sorting_snapshot,
)
from dualtrack.pack.inputs import changed_parts, measure_inputs
from dualtrack.sample import write_sample


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    write_sample(folder, seed=5, quarters=2, units=2)
    return folder


def test_quarters_before_are_read_as_of_their_own_last_day(workspace: Path) -> None:
    opened = open_quarter("2026-Q3", settings_file=str(workspace / "portfolio.toml"))
    assert [str(one.quarter) for one in opened.earlier] == ["2026-Q2"]
    before = opened.earlier[0]
    assert before.portfolio.as_of_date == pd.Timestamp("2026-06-30")
    assert 0 < len(before.portfolio.projects) <= len(opened.portfolio.projects)
    assert before.sorting["project_id"].tolist() == before.portfolio.projects["project_id"].tolist()
    assert before.earlier == ()


def test_a_snapshot_keeps_the_quarters_before_it(workspace: Path, tmp_path: Path) -> None:
    settings_file = str(workspace / "portfolio.toml")
    opened = open_quarter("2026-Q3", settings_file=settings_file)
    write_portfolio_snapshot(opened.portfolio, tmp_path)
    write_sorting_snapshot(opened.sorting, opened.evidence, tmp_path)
    again = open_quarter("2026-Q3", settings_file=settings_file, snapshot_dir=str(tmp_path))
    assert again.earlier == ()
    assert write_earlier_snapshots(opened, tmp_path) == ["2026-Q2"]
    unit = opened.portfolio.unit_names[0]
    narrowed = open_quarter(
        "2026-Q3", settings_file=settings_file, snapshot_dir=str(tmp_path), unit_name=unit
    )
    (before,) = narrowed.earlier
    whole = opened.earlier[0].portfolio.projects
    assert set(before.portfolio.projects["unit_name"]) == {unit}
    assert len(before.portfolio.projects) == (whole["unit_name"] == unit).sum()
    assert before.sorting["project_id"].tolist() == before.portfolio.projects["project_id"].tolist()


def test_a_changed_export_of_a_quarter_before_is_a_changed_input(workspace: Path) -> None:
    settings = open_quarter("2026-Q3", settings_file=str(workspace / "portfolio.toml")).settings
    nothing: dict[str, object] = {}
    first = measure_inputs(
        settings, "2026-Q3", ingest_notebooks=(), pack_notebooks=(), parameters=nothing
    )
    (settings.export_dir("2026-Q2") / "more.csv").write_text("Title,Budget\nHub in Riga,10\n")
    second = measure_inputs(
        settings, "2026-Q3", ingest_notebooks=(), pack_notebooks=(), parameters=nothing
    )
    assert changed_parts(first, second) == ["earlier exports"]
