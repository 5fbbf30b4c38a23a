"""Figures of leaders' time: nothing cut, no label on another, for many and for none."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_leader_days,
    measure_leader_months,
    measure_leader_weeks,
    measure_mixing,
    read_targets,
)
from dualtrack.figures import (
    plot_leader_days,
    plot_leader_months,
    plot_leader_weeks,
    plot_mixing,
)
from dualtrack.figures.style import PAGE, SLIDE
from dualtrack.schema import TABLES, empty_frame
from dualtrack.tables import (
    tabulate_leader_days,
    tabulate_leader_months,
    tabulate_leader_shares,
    tabulate_mixing,
)
from tests.analyses.leader_frames import FIRST, LAST, make_items
from tests.figures.test_figures import assert_readable, texts_of

TARGETS = read_targets()
TRACKS = ["strategic", "operational", "maintenance", "undecided"]
LONG = "Group leadership meeting on transformation, operations, and everything besides " * 2


def many(weeks: int, *, forums: int = 1, name: str = "Forum") -> pd.DataFrame:
    start = pd.Timestamp("2026-07-06 09:00")
    return make_items(
        *[
            {
                "held_at": start + pd.Timedelta(days=7 * (n % weeks), hours=n // weeks % 7),
                "tracks": TRACKS[: 1 + n % 4],
                "chance": 0.8,
                "minutes": float(30 + 15 * (n % 9)),
                "forum": f"{name} {n % forums}",
            }
            for n in range(max(weeks, forums) * 3)
        ]
    )


@pytest.mark.parametrize("size", [None, SLIDE, PAGE], ids=["own", "slide", "page"])
@pytest.mark.parametrize("weeks", [1, 3, 12])
def test_leaders_figures_are_readable(weeks: int, size: tuple[float, float] | None) -> None:
    items = many(weeks)
    options = {} if size is None else {"size": size}
    assert_readable(plot_leader_weeks(measure_leader_weeks(items), **options))
    assert_readable(plot_leader_days(measure_leader_days(items), **options))
    months = measure_leader_months(items, first_day=FIRST, last_day=LAST)
    assert_readable(plot_leader_months(months, TARGETS, **options))
    assert_readable(plot_mixing(measure_mixing(items), **options))


@pytest.mark.parametrize("forums", [6, 40])
@pytest.mark.parametrize("name", ["Forum", LONG], ids=["short", "long"])
def test_forums_of_any_number_and_name_are_readable(forums: int, name: str) -> None:
    mixing = measure_mixing(many(2, forums=forums, name=name))
    figure = plot_mixing(mixing)
    assert_readable(figure)
    shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(figure))
    assert ("more forums with strategy are not drawn" in shown) is (forums > 16)


def test_a_month_in_part_and_hours_far_above_the_published_ones_are_readable() -> None:
    rows = [{"held_at": f"2026-07-{day:02d} 08:00", "minutes": 700.0} for day in range(1, 29)]
    months = measure_leader_months(
        make_items(*rows), first_day=FIRST, last_day=pd.Timestamp("2026-08-15")
    )
    figure = plot_leader_months(months, TARGETS)
    assert_readable(figure)
    shown = " ".join(text for text, _ in texts_of(figure))
    assert "in part" in shown and "Mankins" in shown and "Kaplan" in shown


def test_figures_and_tables_of_nothing_are_drawn() -> None:
    def empty(name: str) -> pd.DataFrame:
        return empty_frame(TABLES[name])

    assert_readable(plot_leader_weeks(empty("leader_weeks")))
    assert_readable(plot_leader_months(empty("leader_months"), TARGETS))
    assert_readable(plot_mixing(empty("mixing")))
    assert_readable(plot_leader_days(empty("leader_days")))
    for table in (
        tabulate_leader_shares(empty("leader_shares")),
        tabulate_leader_months(empty("leader_months")),
        tabulate_mixing(empty("mixing")),
        tabulate_leader_days(empty("leader_days")),
    ):
        assert table.frame.empty
        assert {column.name for column in table.columns} <= set(table.frame)


def test_tables_hold_no_subject() -> None:
    items = make_items({"forum": None, "subject": "Lay-offs in Kiel"})
    table = tabulate_mixing(measure_mixing(items))
    assert "Lay-offs" not in table.frame.to_csv()
    assert "(no forum named)" in table.frame.to_csv()
