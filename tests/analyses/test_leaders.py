"""Leaders' time: hours by track, mixed meetings, protected hours, free blocks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.analyses import (
    measure_leader_days,
    measure_leader_items,
    measure_leader_months,
    measure_leader_shares,
    measure_leader_weeks,
    measure_mixing,
)
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from dualtrack.sorting import read_criteria, sort_meetings
from tests.analyses.leader_frames import FIRST, LAST, make_items, make_meetings
from tests.conftest import make_projects

MIXED = ["operational", "strategic", "operational"]
EMPTY = empty_frame(TABLES["leader_items"])


def row(frame: pd.DataFrame, **keys: object) -> pd.Series:
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_hours_are_the_calendars_and_person_hours_count_who_came() -> None:
    items = make_items(
        {"tracks": MIXED, "minutes": 90.0, "attendees": 6},
        {"tracks": ["maintenance"], "attendees": 0, "held_at": "2026-07-13 09:00"},
    )
    weeks = measure_leader_weeks(items)
    first = row(weeks, week_date=pd.Timestamp("2026-07-06"), track="strategic")
    assert (first["hours"], first["person_hours"]) == (0.5, 3.0)
    second = row(weeks, week_date=pd.Timestamp("2026-07-13"), track="maintenance")
    assert (second["hours"], second["person_hours"]) == (1.0, 1.0)
    assert len(weeks) == 8
    whole = row(measure_leader_shares(items), level_name="All", track="maintenance")
    assert (whole["hours"], whole["meeting_count"], whole["unlisted_count"]) == (1.0, 1, 1)
    assert whole["share"] == pytest.approx(0.4)


def test_the_same_doubtful_words_widen_the_interval_more_than_different_ones() -> None:
    different = make_items(*[{"chance": 0.7}] * 20)
    same = make_items(*[{"chance": 0.7, "words": "ERP"}] * 20)
    spans = []
    for items in (different, same):
        strategic = row(measure_leader_shares(items), level_name="All", track="strategic")
        spans.append((strategic["share_low"], strategic["share_high"]))
    # Binomial of 20 at 0.7: the middle 90 % runs from 11 to 17 of 20.
    assert spans[0] == (pytest.approx(0.55, abs=0.051), pytest.approx(0.85, abs=0.051))
    assert spans[1] == (0.0, 1.0)


def test_a_mixed_meeting_has_strategy_and_todays_business() -> None:
    items = make_items(
        {"tracks": MIXED, "minutes": 120.0},
        {"tracks": ["strategic", "undecided"]},
        {"tracks": ["strategic", "maintenance"], "forum": "Forum B"},
        {"tracks": ["operational", "maintenance"], "forum": "Forum C"},
    )
    mixing = measure_mixing(items)
    assert mixing["forum_name"].tolist() == ["All", "Board", "Forum B", "Forum C"]
    whole = mixing.iloc[0]
    assert (whole["meeting_count"], whole["mixed_count"]) == (4, 2)
    assert (whole["strategic_item_count"], whole["shared_item_count"]) == (3, 2)
    assert whole["shared_hours"] == pytest.approx(40 / 60 + 0.5)
    assert mixing["mixed_count"].tolist() == [2, 1, 1, 0]
    # An undecided item may be today's business: two times in three.
    assert mixing["p_mixed"].tolist() == [1.0, 1.0, 1.0, 0.0]
    alone = measure_mixing(make_items({"tracks": ["strategic", "undecided"]}))
    assert alone["p_mixed"].iloc[0] == pytest.approx(2 / 3, abs=0.05)


def test_protected_hours_are_those_no_operations_share() -> None:
    items = make_items(
        {"minutes": 90.0},
        {"tracks": MIXED, "minutes": 120.0},
        {"held_at": "2026-09-30 10:00", "chance": 0.5},
        {"held_at": "2026-08-31 23:00", "minutes": 900.0},
    )
    months = measure_leader_months(items, first_day=FIRST, last_day=LAST)
    assert months["protected_hours"].tolist() == [1.5, 0.0, 1.0]
    assert months["strategic_hours"].tolist() == pytest.approx([1.5 + 40 / 60, 0.0, 1.0])
    assert months["left_out_count"].tolist() == [0, 1, 0]
    assert (months["protected_low"].iloc[2], months["protected_high"].iloc[2]) == (0.0, 1.0)
    assert months["is_whole"].all()
    part = measure_leader_months(items, first_day=FIRST, last_day=pd.Timestamp("2026-09-29"))
    assert part["is_whole"].tolist() == [True, True, False]


def test_only_the_meetings_of_the_period_count_to_its_last_hour() -> None:
    items = make_items(
        {"held_at": "2026-06-30 23:59"},
        {"held_at": "2026-07-01 00:00"},
        {"held_at": "2026-09-30 23:30"},
        {"held_at": "2026-10-01 00:00"},
    )
    assert items["held_at"].dt.day.tolist() == [1, 30]


def test_levels_come_from_the_calendar_then_the_settings_then_the_sponsors() -> None:
    rows = [{"forum": one} for one in ("Board", "Huddle", "Round", "Unheard")]
    reviews, sorting = make_meetings(*rows, {"forum": "Board", "level_type": "director"})
    projects = make_projects(
        *[{"review_forum": "board", "sponsor_level": "executive"}] * 2,
        {"review_forum": "board", "sponsor_level": "manager"},
        {"review_forum": "Round", "sponsor_level": "manager"},
    )
    items = measure_leader_items(
        reviews,
        sorting,
        projects,
        first_day=FIRST,
        last_day=LAST,
        levels={"huddle": "frontline", "Round": "director"},
    )
    assert items.sort_values("meeting_number")["level_name"].tolist() == [
        "executive",
        "frontline",
        "director",
        "not stated",
        "director",
    ]


def test_subjects_leave_the_analysis_only_when_asked_for() -> None:
    reviews, sorting = make_meetings({"forum": None, "subject": "Lay-offs in Kiel"})
    options = {"first_day": FIRST, "last_day": LAST}
    for shown in (False, True):
        items = measure_leader_items(
            reviews, sorting, make_projects({}), show_subjects=shown, **options
        )
        found = items.to_csv() + measure_mixing(items).to_csv()
        assert ("Lay-offs" in found) is shown
        assert "words 1 1" not in found and "m1" not in items.to_csv().split("\n", 1)[1]


def test_free_time_is_what_meetings_leave_and_overlaps_count_once() -> None:
    items = make_items(
        {"held_at": "2026-07-06 09:00", "minutes": 60.0},
        {"held_at": "2026-07-06 09:30", "minutes": 60.0},
        {"held_at": "2026-07-06 11:30", "minutes": 30.0},
        {"held_at": "2026-07-06 07:00", "minutes": 90.0},
        {"held_at": "2026-07-07 19:00", "minutes": 60.0},
        {"held_at": "2026-07-11 10:00", "minutes": 60.0},
    )
    day = measure_leader_days(items).iloc[0]
    assert len(measure_leader_days(items)) == 1
    # Busy 8:00-8:30, 9:00-10:30, 11:30-12:00 of 8 to 18; free 30, 60 and 360 minutes.
    assert (day["busy_minutes"], day["free_minutes"], day["overlap_minutes"]) == (150, 450, 30)
    assert (day["block_minutes"], day["block_count"], day["longest_minutes"]) == (360, 1, 360)
    short = measure_leader_days(items, day_end=12.0, block_minutes=60).iloc[0]
    assert (short["free_minutes"], short["block_minutes"]) == (90, 60)


@given(st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(1, 700)), min_size=1, max_size=12))
def test_free_and_busy_minutes_are_those_of_a_minute_by_minute_count(
    times: list[tuple[int, int]],
) -> None:
    start = pd.Timestamp("2026-07-06")
    items = make_items(
        *[
            {"held_at": start + pd.Timedelta(minutes=at), "minutes": float(length)}
            for at, length in times
        ]
    )
    taken = np.zeros(24 * 60 + 1440, bool)
    for at, length in times:
        taken[at : at + length] = True
    day = taken[8 * 60 : 18 * 60]
    days = measure_leader_days(items)
    if not day.any():
        assert days.empty
        return
    runs = np.diff(np.flatnonzero(np.concatenate([[True], day, [True]]))) - 1
    found = days.iloc[0]
    assert found["busy_minutes"] == day.sum()
    assert found["free_minutes"] == (~day).sum()
    assert found["block_minutes"] == runs[runs >= 90].sum()
    assert found["longest_minutes"] == runs.max()


def test_no_meeting_one_meeting_and_nothing_usable() -> None:
    for measure in (
        measure_leader_weeks,
        measure_leader_shares,
        measure_mixing,
        measure_leader_days,
    ):
        assert measure(EMPTY).empty
        assert len(measure(make_items({})))
    assert measure_leader_months(EMPTY, first_day=FIRST, last_day=LAST).empty
    useless = make_items({"minutes": 0.0}, {"minutes": 5000.0})
    assert measure_leader_weeks(useless).empty and measure_mixing(useless).empty
    months = measure_leader_months(useless, first_day=FIRST, last_day=LAST)
    assert months["meeting_hours"].sum() == 0 and months["left_out_count"].sum() == 2


def test_the_sample_calendar(sample_portfolio: Portfolio) -> None:
    before = sample_portfolio.reviews.copy()
    sorting = sort_meetings(sample_portfolio.reviews, read_criteria())
    items = measure_leader_items(
        sample_portfolio.reviews, sorting, sample_portfolio.projects, first_day=FIRST, last_day=LAST
    )
    mixing = measure_mixing(items)
    assert mixing.loc[mixing["mixed_count"] > 0, "forum_name"].tolist() == [
        "All",
        "Leadership meeting",
    ]
    assert mixing.iloc[0][["mixed_count", "meeting_count"]].tolist() == [7, 102]
    hours = measure_leader_weeks(items)["hours"].sum()
    assert hours == pytest.approx(sample_portfolio.reviews["minutes"].sum() / 60)
    pd.testing.assert_frame_equal(sample_portfolio.reviews, before)
