"""The explorer's Python side: what is sent once, and that it is what the analyses say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import WhatIf, measure_whatif, read_targets
from dualtrack.analyses.draws import draw_tracks
from dualtrack.figures.style import TRACK_COLORS
from dualtrack.widgets import Explorer
from dualtrack.widgets.explorer_rows import list_rows, pack_draws
from dualtrack.widgets.explorer_whatif import list_bookings, list_targets
from dualtrack.workbook import OpenQuarter, open_quarter
from tests.conftest import ROOT, make_projects, make_sorting

STATIC = ROOT / "dualtrack/widgets/static"
AS_OF = pd.Timestamp("2026-09-30")


def ask(explorer: Explorer, do: str, **more: Any) -> None:
    explorer._handle_custom_msg({"do": do, **more}, [])


def test_rows_hold_places_days_and_what_is_missing() -> None:
    projects = make_projects(
        {"title": "A", "budget_cost": 10.0, "start_date": "2026-01-01",
         "forecast_finish_date": "2026-12-31", "sponsor_level": "director"},
        {"title": None, "unit_name": None, "budget_cost": -5.0},
    )  # fmt: skip
    sorting = make_sorting({"track": "strategic", "blur_type": "hidden strategy"}, {})
    rows = list_rows(projects, sorting, as_of_date=AS_OF, currency="EUR")
    assert rows["names"]["units"] == ["(none)", "Unit A"] and rows["units"] == [1, 0]
    assert rows["budgets"] == [10.0, None] and rows["titles"] == ["A", "(no title)"]
    assert rows["names"]["blurs"][rows["blurs"][0]] == "hidden strategy"
    assert rows["levels"] == [2, -1] and rows["called"] == [-1, -1]
    assert rows["starts"] == [(pd.Timestamp("2026-01-01") - pd.Timestamp(0)).days, None]


def test_packed_draws_are_those_of_the_analyses(opened: OpenQuarter) -> None:
    projects, sorting = opened.portfolio.projects, opened.sorting
    packed = np.frombuffer(pack_draws(projects, sorting), dtype=np.uint8).reshape(len(projects), -1)
    codes = np.stack([(packed >> shift) & 3 for shift in (0, 2, 4, 6)], axis=2)
    np.testing.assert_array_equal(codes.reshape(len(projects), -1), draw_tracks(sorting).T)


def test_a_project_without_probabilities_is_drawn_on_no_track() -> None:
    sorting = make_sorting({}).assign(p_operational=np.nan)
    assert set(pack_draws(make_projects({}), sorting)) == {0b11111111}
    assert pack_draws(make_projects({}).iloc[:0], sorting.iloc[:0]) == b""


def test_load_is_that_of_the_what_if(opened: OpenQuarter) -> None:
    portfolio = opened.portfolio
    side = WhatIf(portfolio.projects, portfolio.assignments, portfolio.capacity, opened.sorting)
    found = measure_whatif(side, side)
    told = list_bookings(portfolio, opened.sorting, hours_per_fte_month=140.0, smallest_group=5)
    for quantity, read in (
        ("demand_fte", lambda own: own["demand"]),
        ("load_share", lambda own: own["demand"] / own["capacity"]),
    ):
        own = found[found["quantity_type"] == quantity].set_index("group_name")["before_value"]
        assert {name: pytest.approx(value) for name, value in own.items()} == {
            name: read(group) for name, group in told["groups"].items()
        }
    assert sum(told["booked"]) == pytest.approx(told["groups"]["All"]["demand"])


def test_capacity_of_few_people_is_withheld(opened: OpenQuarter) -> None:
    told = list_bookings(
        opened.portfolio, opened.sorting, hours_per_fte_month=140.0, smallest_group=10_000
    )
    assert {group["capacity"] for group in told["groups"].values()} == {None}
    assert all(group["withheld"] for group in told["groups"].values())


def test_without_bookings_no_load_is_told(opened: OpenQuarter) -> None:
    portfolio = replace(opened.portfolio, assignments=opened.portfolio.assignments.iloc[:0])
    told = list_bookings(portfolio, opened.sorting, hours_per_fte_month=140.0, smallest_group=5)
    assert told["groups"] == {} and set(told["booked"]) == {0.0}


def test_targets_are_shares_with_their_edges() -> None:
    listed = {one["id"]: one for one in list_targets(read_targets())}
    targets = read_targets().set_index("target_id")
    for name, one in listed.items():
        for edge in ("low", "high"):
            value = targets.loc[name, f"{edge}_value"]
            assert one[edge] is None if pd.isna(value) else one[edge] == pytest.approx(value / 100)
    assert listed["maintenance_budget_share"]["whole"] == [
        "operational", "strategic", "maintenance",
    ]  # fmt: skip


def test_evidence_is_shown_with_its_source_row(opened: OpenQuarter) -> None:
    explorer = Explorer(opened)
    project = opened.portfolio.projects.iloc[5]
    ask(explorer, "show", id=project["project_id"])
    assert explorer.card["source"] == f"{project['source_file']}, row {project['source_row']}"
    ask(explorer, "show", id="no such")
    assert explorer.status["is_fault"]


def test_what_is_sent_is_json_for_any_portfolio(opened: OpenQuarter) -> None:
    for size in (0, 1, None):
        projects = opened.portfolio.projects.iloc[:size]
        is_kept = opened.sorting["project_id"].isin(projects["project_id"])
        explorer = Explorer(
            replace(
                opened,
                portfolio=replace(opened.portfolio, projects=projects),
                sorting=opened.sorting[is_kept].reset_index(drop=True),
            )
        )
        json.dumps(explorer.rows, allow_nan=False)
        assert len(explorer.draws) == 250 * len(projects)
        assert "Strategic share of the budget" in explorer._repr_mimebundle_()[0]["text/plain"]


def test_a_quarter_that_cannot_be_read_is_told(opened: OpenQuarter) -> None:
    explorer = Explorer(opened)
    assert explorer.quarters == ["2026-Q3"]
    ask(explorer, "quarter", name="2019-Q1")
    assert explorer.status["is_fault"] and explorer.quarter == "2026-Q3"


@pytest.mark.slow
def test_an_earlier_quarter_takes_the_place_of_the_rows() -> None:
    opened = open_quarter("2026-Q1", settings_file=str(ROOT / "portfolio.toml"))
    explorer = Explorer(opened)
    assert explorer.quarters == ["2026-Q1", "2025-Q4"]
    ask(explorer, "quarter", name="2025-Q4")
    assert explorer.quarter == "2025-Q4"
    assert explorer.rows["ids"] == opened.earlier[-1].portfolio.projects["project_id"].tolist()
    ask(explorer, "quarter", name="2026-Q1")
    assert explorer.rows["ids"] == opened.portfolio.projects["project_id"].tolist()


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_modules_make_no_markup_of_text_and_fetch_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    odd = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML"
    assert not re.search(odd + r"|fetch\(|XMLHttpRequest|WebSocket|\bimport\b", text)
    addresses = set(re.findall(r"https?://[^\"'\s]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # a name space, not fetched
    assert len(text.splitlines()) <= 260


def test_styles_fetch_nothing_and_have_the_colours_of_the_figures() -> None:
    text = "\n".join(path.read_text("utf-8") for path in STATIC.glob("*.css"))
    assert not re.search(r"url\(|@import", text)
    for track, colour in TRACK_COLORS.items():
        assert f"--dt-{track}: {colour.lower()};" in text
