"""Sentences of spread, targets and concentration: computed, true, and silent where nothing is."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_breakthroughs,
    measure_concentration,
    measure_demotions,
    measure_links,
    measure_mix_quarters,
    measure_spread,
    measure_target_fragility,
    measure_target_readings,
    measure_target_verdicts,
    read_targets,
)
from dualtrack.claims import (
    Claim,
    state_breakthroughs,
    state_concentration,
    state_demotions,
    state_links,
    state_mix_quarters,
    state_spread,
    state_target_groups,
    state_targets,
)
from dualtrack.config import TargetSettings
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.tables import tabulate_targets
from tests.conftest import make_projects, make_sorting

DAY = pd.Timestamp("2026-01-10")
TEN_DAYS = {"start_date": "2026-01-06", "baseline_finish_date": "2026-01-15"}
PATHS = ({"track": "strategic"}, {"track": "operational"})
NO_EVIDENCE = empty_frame(TABLES["evidence"])
NO_OBJECTIVES = empty_frame(TABLES["objectives"])


def spread_claim(*used: float) -> Claim:
    rows = [{**TEN_DAYS, "budget_cost": 2e6, "actual_cost": one * 1e6} for one in used]
    sorting = make_sorting(*PATHS[: len(rows)])
    return state_spread(
        measure_spread(make_projects(*rows), sorting, as_of_date=DAY), currency="EUR"
    )


def targets_claim(
    projects: pd.DataFrame, sorting: pd.DataFrame, **changes: TargetSettings
) -> Claim:
    targets = read_targets(changes)
    verdicts = measure_target_verdicts(measure_target_readings(projects, sorting), targets)
    return state_targets(verdicts, measure_target_fragility(projects, sorting, targets))


@pytest.mark.parametrize(
    ("used", "title"),
    [
        (
            (0.5, 1.5),
            "More spending than planned went to operational improvement, less to strategic "
            "initiatives: strategic initiatives were due 50 % of it and used 25 %",
        ),
        (
            (1.5, 0.5),
            "More spending than planned went to strategic initiatives, less to operational "
            "improvement: strategic initiatives were due 50 % of it and used 75 %",
        ),
        (
            (1.0, 1.0),
            "The split of spending between the paths follows the plan: strategic initiatives were "
            "due 50 % of it and used 50 %",
        ),
        ((1.0,), "Only one of the two paths has spending to compare with its plan"),
    ],
)
def test_spread_title_says_which_path_got_more_than_planned(
    used: tuple[float, ...], title: str
) -> None:
    claim = spread_claim(*used)
    assert claim.title == title
    assert f"have spent {100 * used[0]:.0f} % of the budget due by now" in claim.reading
    assert "`planned_effort_hours`" in claim.reading


def test_targets_claim_names_value_band_source_and_what_turns_it() -> None:
    projects = make_projects({"budget_cost": 60.0, "title": "Hub"}, {"budget_cost": 40.0})
    claim = targets_claim(projects, make_sorting(*PATHS))
    assert claim.title == (
        "One of three targets is met; the strategic share of the budget of both paths is 60 %, "
        "above its band of 10 to 30 %"
    )
    assert "relabelling one project would put it below the band: Hub." in claim.reading
    assert claim.reading.count("Nagji & Tuff") == 1 and "(grade A)" in claim.reading
    assert "not of all projects" in claim.reading and "house defaults" in claim.reading


def test_a_reason_prints_in_reading_and_table() -> None:
    change = {
        name: TargetSettings(low=0, high=100, floor=0, because="Board, March 2026")
        for name in ("strategic_budget_share", "operational_budget_share")
    }
    projects = make_projects({"budget_cost": 60.0}, {"budget_cost": 40.0})
    claim = targets_claim(projects, make_sorting(*PATHS), **change)
    assert claim.title == "Three targets are met, each path within its band"
    assert "because: Board, March 2026" in claim.reading
    readings = measure_target_readings(projects, make_sorting(*PATHS))
    table = tabulate_targets(measure_target_verdicts(readings, read_targets(change)))
    assert "because" in [column.name for column in table.columns]
    assert table.frame["because"].tolist()[:2] == ["Board, March 2026"] * 2


def test_groups_are_counted_by_verdict_and_the_silent_are_named() -> None:
    projects = make_projects(
        {"budget_cost": 9.0}, {"budget_cost": 9.0, "unit_name": "B"}, {"unit_name": "C"}
    )
    sorting = make_sorting(*PATHS, {})
    readings = measure_target_readings(projects, sorting, by="unit_name")
    verdicts = measure_target_verdicts(readings, read_targets())
    claim = state_target_groups(verdicts, target_id="strategic_budget_share", noun="unit")
    assert claim.title.endswith("against 10 to 30 %: one unit below, one unit above")
    assert "Not answerable for C: a `budget_cost` column would let it" in claim.reading


@pytest.mark.parametrize(
    ("count", "title"),
    [
        (6, "Unit A carries 6 strategic initiatives, more than the 3 to 5 set as room for a unit"),
        (4, "Unit A carries 4, within the band of 3 to 5 strategic initiatives"),
        (1, "No unit clearly carries more than 3 to 5 strategic initiatives; the most are 1"),
    ],
)
def test_breakthroughs_title_follows_the_verdict(count: int, title: str) -> None:
    projects, sorting = make_projects(*[{}] * count), make_sorting(*[PATHS[0]] * count)
    claim = state_breakthroughs(measure_breakthroughs(projects, sorting, read_targets()))
    assert claim.title.startswith(title)
    assert "House default" in claim.reading and "grade C" in claim.reading


def test_concentration_title_gives_top_and_tail() -> None:
    projects = make_projects(*[{"budget_cost": b} for b in (50.0, 20.0, 15.0, 11.0, 3.0, 1.0)], {})
    found = measure_concentration(projects, make_sorting(*[PATHS[0]] * 7))
    claim = state_concentration(found, currency="EUR")
    assert claim.title == (
        "The largest three strategic initiatives of 6 hold 85 % of the strategic money; the "
        "smallest two together 4 %"
    )
    assert "For one more no budget is known" in claim.reading
    alone = measure_concentration(make_projects({"budget_cost": 5.0}), make_sorting(PATHS[0]))
    assert (
        state_concentration(alone, currency="EUR").title
        == "All strategic money is in one initiative"
    )


def test_demotions_and_links_in_words() -> None:
    projects = make_projects({"title": "Name only"}, {"budget_cost": 2e6}, {"objective_id": "A"})
    sorting = make_sorting({"track": "undecided", "declared_track": "strategic"}, PATHS[0], {})
    claim = state_demotions(measure_demotions(projects, sorting, NO_EVIDENCE, read_targets()))
    assert claim.title == "One of two projects on the strategic list is strategic in name only"
    assert "Of these one cannot be decided" in claim.reading
    objectives = conform(
        pd.DataFrame({"objective_id": ["A", "B"], "title": ["Grow", "Dare"]}), TABLES["objectives"]
    )
    claim = state_links(measure_links(projects, sorting, objectives), objectives, currency="EUR")
    assert claim.title == (
        "One strategic initiative names no objective, and one of two objectives has no work"
    )
    assert "with EUR 2.0 m of budget: Project 2." in claim.reading
    assert "Without projects: B Dare." in claim.reading


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_known_is_said_as_such_and_names_the_column(count: int) -> None:
    projects = make_projects({"unit_name": None}) if count else empty_frame(TABLES["projects"])
    sorting = make_sorting({"track": "undecided"}) if count else empty_frame(TABLES["sorting"])
    spread = measure_spread(projects, sorting, as_of_date=DAY)
    assert state_spread(spread, currency="EUR").title == "Plan and actual cannot be compared"
    assert targets_claim(projects, sorting).title == "No target can be answered yet"
    assert "`budget_cost` column" in targets_claim(projects, sorting).reading
    found = measure_breakthroughs(projects, sorting, read_targets())
    assert "`unit_name` column" in state_breakthroughs(found).reading
    concentration = measure_concentration(projects, sorting)
    assert "cannot be told" in state_concentration(concentration, currency="EUR").title
    demotions = measure_demotions(projects, sorting, NO_EVIDENCE, read_targets())
    assert "No project under way is strategic" in state_demotions(demotions).title
    links = state_links(
        measure_links(projects, sorting, NO_OBJECTIVES), NO_OBJECTIVES, currency="EUR"
    )
    assert ("`objective_id` column" in links.reading) == bool(count)
    assert "No list of objectives" in links.reading


def test_a_move_between_quarters_is_told_only_where_intervals_are_apart() -> None:
    projects = make_projects(*[{"budget_cost": 1.0}] * 10)
    low = make_sorting(*[PATHS[0]] * 2, *[PATHS[1]] * 8)
    high = make_sorting(*[PATHS[0]] * 7, *[PATHS[1]] * 3)
    moved = state_mix_quarters(
        measure_mix_quarters([("2026-Q1", projects, low), ("2026-Q2", projects, high)])
    )
    assert (
        moved.title
        == "The strategic share of the budget rose from 20 % (2026-Q1) to 70 % (2026-Q2)"
    )
    doubt = {"track": "undecided", "p_strategic": 0.4, "p_operational": 0.6, "p_maintenance": 0.0}
    unsure = make_sorting(*[doubt] * 10)
    same = state_mix_quarters(
        measure_mix_quarters([("2026-Q1", projects, low), ("2026-Q2", projects, unsure)])
    )
    assert "shows no clear move: 20 % (2026-Q1) to 40 % (2026-Q2)" in same.title
    alone = state_mix_quarters(measure_mix_quarters([("2026-Q1", projects, low)]))
    assert "cannot be told" in alone.title
