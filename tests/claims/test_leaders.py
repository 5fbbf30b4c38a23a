"""Sentences on leaders' time are true of their frames, also of thin ones."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_leader_days,
    measure_leader_months,
    measure_leader_shares,
    measure_leader_weeks,
    measure_mixing,
    read_targets,
)
from dualtrack.claims import (
    state_leader_days,
    state_leader_months,
    state_leader_shares,
    state_leader_weeks,
    state_mixing,
)
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.leader_frames import FIRST, LAST, make_items

TARGETS = read_targets()
NO_TARGETS = TARGETS.iloc[:0]
MIXED = ["operational", "strategic", "operational"]


def months_of(*rows: dict[str, object]) -> pd.DataFrame:
    return measure_leader_months(make_items(*rows), first_day=FIRST, last_day=LAST)


def test_shares_are_told_with_their_interval_and_the_published_context() -> None:
    items = make_items(
        {"tracks": MIXED, "minutes": 90.0, "attendees": 10},
        {"tracks": ["maintenance"], "attendees": 0, "minutes": 30.0, "sorted_by": "forum"},
    )
    claim = state_leader_shares(measure_leader_shares(items), TARGETS)
    assert claim.title == (
        "Strategy has 25 % of the meeting time in the calendar, operations 50 % and upkeep 25 %"
    )
    for words in (
        "2 hours of meetings, 16 person-hours",
        "(90 % interval 25 to 25 %)",
        "One meeting lists nobody and counts for one person",
        "21 % of the whole work time of 27 chief executives",
        "36 % was reactive (Porter & Nohria, HBR July 2018)",
        "by the name of their forum alone",
    ):
        assert words in claim.reading
    assert "Porter" not in state_leader_shares(measure_leader_shares(items), NO_TARGETS).reading


def test_both_published_figures_are_told_since_they_conflict() -> None:
    two_hours = {"minutes": 120.0}
    rows = [{**two_hours, "held_at": f"2026-{month}-06 09:00"} for month in ("07", "08", "09")]
    claim = state_leader_months(months_of(*rows), TARGETS)
    assert claim.title == (
        "Strategy has 2.0 hours a month to itself, above the 1 hour of Kaplan & Norton (2001) and "
        "below the 3 hours of Mankins (2004)"
    )
    assert "conflict, so both are shown" in claim.reading
    alone = state_leader_months(months_of(*rows), NO_TARGETS)
    assert alone.title == "Strategy has 2.0 hours a month to itself"


def test_no_protected_hour_and_entries_left_out_are_said() -> None:
    rows = [{"tracks": MIXED}, {"minutes": 4000.0}]
    claim = state_leader_months(months_of(*rows), TARGETS)
    assert claim.title.startswith("Strategy has no hour a month to itself, below the 1 hour")
    assert "One entry without a length or over 12 hours" in claim.reading


def test_mixing_names_the_forum_and_what_an_even_split_leaves() -> None:
    items = make_items({"tracks": MIXED, "minutes": 120.0}, {"forum": "Strategy board"})
    claim = state_mixing(measure_mixing(items))
    assert claim.title == (
        "40 % of the strategic time shares a meeting with operations: 1 of 2 agenda items, "
        "in the forum Board"
    )
    assert "leaves strategy 40 minutes of 120" in claim.reading
    many = make_items(*[{"tracks": MIXED, "forum": f"Forum {n}"} for n in range(5)])
    assert state_mixing(measure_mixing(many)).title.endswith("in five forums")


def test_strategy_apart_and_none_at_all_are_said_as_such() -> None:
    apart = state_mixing(measure_mixing(make_items({}, {"tracks": ["operational"]})))
    assert apart.title == "Strategy shares no meeting with operations"
    none = state_mixing(measure_mixing(make_items({"tracks": ["operational"]})))
    assert none.title == "No agenda item of the calendar is sorted as strategic"
    unsure = state_mixing(measure_mixing(make_items({"tracks": ["strategic", "undecided"]})))
    assert "One further forum may mix them" in unsure.reading


@pytest.mark.parametrize(
    ("weeks", "title"),
    [
        ((("2026-07-06", "strategic"),), "The one week of the calendar had 1.0 hours of strategy"),
        (
            (("2026-07-06", "strategic"), ("2026-07-13", "strategic")),
            "Every week of the calendar had strategy on an agenda",
        ),
        (
            (("2026-07-06", "strategic"), ("2026-07-13", "operational")),
            "One week of 2 of the calendar had no strategy on an agenda",
        ),
        (
            (("2026-07-06", "operational"), ("2026-07-13", "operational")),
            "All two weeks of the calendar had no strategy on an agenda",
        ),
    ],
)
def test_weeks_without_strategy(weeks: tuple[tuple[str, str], ...], title: str) -> None:
    items = make_items(*[{"held_at": f"{day} 09:00", "tracks": [track]} for day, track in weeks])
    assert state_leader_weeks(measure_leader_weeks(items)).title == title


def test_free_time_is_told_and_withheld_for_a_calendar_of_several_people() -> None:
    claim = state_leader_days(measure_leader_days(make_items({"held_at": "2026-07-06 09:00"})))
    # Free 60 minutes before and 480 after: 480 of 540.
    assert claim.title == "89 % of the time between meetings comes in blocks of 90 minutes or more"
    assert "Every day with a meeting (1) had such a block" in claim.reading
    doubled = make_items(*[{"held_at": "2026-07-06 09:00"}] * 3)
    assert "of several people" in state_leader_days(measure_leader_days(doubled)).title
    full = make_items({"held_at": "2026-07-06 07:00", "minutes": 700.0})
    assert "no working time" in state_leader_days(measure_leader_days(full)).title


def test_without_a_calendar_each_says_what_would_let_it_be_told() -> None:
    claims = (
        state_leader_shares(empty_frame(TABLES["leader_shares"]), TARGETS),
        state_leader_weeks(empty_frame(TABLES["leader_weeks"])),
        state_leader_months(empty_frame(TABLES["leader_months"]), TARGETS),
        state_leader_months(months_of({"minutes": 0.0}), TARGETS),
        state_mixing(empty_frame(TABLES["mixing"])),
        state_leader_days(empty_frame(TABLES["leader_days"])),
    )
    for claim in claims:
        assert "cannot be told" in claim.title and "would let this be answered" in claim.reading
