"""Figures of moves: nothing cut, no label on another, for many and for none."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_flows,
    measure_label_inflation,
    measure_moves,
    measure_reallocation,
    measure_relabelling,
    read_targets,
)
from dualtrack.figures import plot_flows, plot_label_inflation, plot_reallocation
from dualtrack.figures.style import A4_LANDSCAPE, PAGE, SLIDE
from dualtrack.tables import (
    tabulate_label_inflation,
    tabulate_move_counts,
    tabulate_moves,
    tabulate_reallocation,
    tabulate_relabelling,
)
from tests.analyses.move_frames import make_quarter, make_states
from tests.figures.test_figures import assert_readable, texts_of

TARGETS = read_targets()
TRACKS = ("strategic", "operational", "maintenance", "undecided")
LONG = "A business unit with a name that nobody would say aloud in a meeting, "


def many(
    count: int, *, quarters: int = 4, units: int = 6, unit: str = "Business unit"
) -> pd.DataFrame:
    """Projects that come, cross, finish and leave, over some quarters."""
    names = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"][:quarters]
    built = []
    for place, name in enumerate(names):
        rows = [
            {
                "project_id": f"x:{n}",
                "title": f"Project {n}" + (" now" if n % 5 == place else ""),
                "track": TRACKS[(n + (place if n % 5 == place else 0)) % 4],
                "declared_track": TRACKS[n % 3],
                "status_type": "done" if n % 7 < place else "active",
                "budget_cost": float(1000 * (1 + n % 11)),
                "unit_name": f"{unit} {n % units}",
                "sponsor_level": ("executive", "manager", "director")[n % 3],
            }
            for n in range(place, count + place)
        ]
        built.append(make_quarter(name, *rows, hours={"x:3": 100.0, "x:4": 50.0 + 40 * place}))
    return make_states(*built)


@pytest.mark.parametrize("size", [SLIDE, A4_LANDSCAPE, PAGE], ids=["slide", "a4", "page"])
@pytest.mark.parametrize(("count", "quarters"), [(3, 2), (40, 4), (300, 4), (300, 2)])
def test_the_alluvial_is_readable(count: int, quarters: int, size: tuple[float, float]) -> None:
    flows = measure_flows(many(count, quarters=quarters))
    for quantity in ("project_count", "budget_cost"):
        assert_readable(plot_flows(flows, quantity=quantity, size=size))


def test_a_very_small_state_beside_a_very_large_one_keeps_its_name() -> None:
    rows = [{"title": f"T {n}", "track": "strategic"} for n in range(400)]
    small = [{"title": f"S {track}", "track": track} for track in TRACKS[1:]]
    done = [{"title": "Done", "status_type": "done"}]
    states = make_states(
        make_quarter("2026-Q1", *rows, *small, *done), make_quarter("2026-Q2", *rows, *small, *done)
    )
    figure = plot_flows(measure_flows(states))
    assert_readable(figure)
    shown = [text for text, _ in texts_of(figure)]
    assert shown.count("Undecided 1") == 2 and shown.count("Finished 1") == 2


@pytest.mark.parametrize("quarters", [2, 4])
def test_reallocation_is_readable(quarters: int) -> None:
    reallocation = measure_reallocation(many(40, quarters=quarters))
    figure = plot_reallocation(reallocation, TARGETS)
    assert_readable(figure)
    assert any("Atsmon" in text for text, _ in texts_of(figure))
    unknown = make_states(make_quarter("2026-Q1", {}), make_quarter("2026-Q2", {}))
    figure = plot_reallocation(measure_reallocation(unknown), TARGETS)
    assert_readable(figure)
    assert sum("cannot be told" in text for text, _ in texts_of(figure)) == 4


@pytest.mark.parametrize("units", [1, 6, 40])
@pytest.mark.parametrize("unit", ["Business unit", LONG * 2], ids=["short", "long"])
def test_label_inflation_is_readable(units: int, unit: str) -> None:
    states = many(max(30, 3 * units), quarters=1, units=units, unit=unit)
    inflation = measure_label_inflation(states)
    assert_readable(plot_label_inflation(inflation))
    assert tabulate_label_inflation(inflation, currency="EUR").frame["called_count"].sum() > 0


def test_figures_and_tables_of_one_quarter_are_drawn() -> None:
    states = make_states(make_quarter("2026-Q1", {}))
    moves = measure_moves(states)
    relabelling = measure_relabelling(moves, states)
    reallocation, inflation = measure_reallocation(states), measure_label_inflation(states)
    assert_readable(plot_flows(measure_flows(states)))
    assert_readable(plot_reallocation(reallocation, TARGETS))
    assert_readable(plot_label_inflation(inflation))
    for table in (
        tabulate_moves(moves, currency="EUR"),
        tabulate_move_counts(moves),
        tabulate_reallocation(reallocation, currency="EUR"),
        tabulate_relabelling(relabelling, currency="EUR"),
        tabulate_label_inflation(inflation, currency="EUR"),
    ):
        assert table.frame.empty
        assert {column.name for column in table.columns} <= set(table.frame)


def test_the_ledger_lists_what_moved_and_the_counts_are_of_all() -> None:
    moves = measure_moves(many(60))
    last = moves[moves["quarter_name"] == "2026-Q3"]
    listed = tabulate_moves(moves, currency="EUR").frame
    whole = tabulate_moves(moves, currency="EUR", is_whole=True).frame
    assert len(whole) == len(last) > len(listed) > 0
    assert not set(listed["move_type"]) & {"unchanged", "new", "finished"}
    counts = tabulate_move_counts(moves).frame
    assert counts.drop(columns="move_type").to_numpy().sum() == len(moves)
