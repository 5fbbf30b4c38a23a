"""Meetings: lines of an agenda, private entries, calendars saved as CSV."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.config import Settings
from dualtrack.records.meetings import finish_meetings, join_day_and_time

DAY = pd.Timestamp("2026-07-06 09:00")


def meeting(**cells: object) -> pd.Series:
    row = {
        "review_id": "a",
        "held_at": DAY,
        "ends_at": DAY + pd.Timedelta(minutes=90),
        "attendees": 3,
        "subject": "Board: merger, scrap",
        **cells,
    }
    return finish_meetings(pd.DataFrame([row])).iloc[0]


@pytest.mark.parametrize(
    ("description", "lines"),
    [
        (
            "Dear all\n- Brazil entry\n* scrap on line 4\n3. Budget\nBest, Ada",
            "Brazil entry|scrap on line 4|Budget",
        ),
        ("\u2022 Hub\n\u2013 Merger\n12) Lay-offs", "Hub|Merger|Lay-offs"),
        ("Join: https://meet.example/x\n- https://meet.example/x\n- call +47 22 33 44 55", None),
        ("- Meeting ID: 123\n- a@x.example\n- ok then", "ok then"),
        ("No list here, a sentence only.", None),
        ("2026 was good\n5S round in hall 2", None),
    ],
)
def test_of_a_description_only_the_lines_of_a_list_are_kept(
    description: str, lines: str | None
) -> None:
    found = meeting(agenda=description)["agenda"]
    assert (None if pd.isna(found) else found.replace("\n", "|")) == lines


@pytest.mark.parametrize("mark", ["PRIVATE", "Confidential", "True", "WAHR"])
def test_a_private_entry_keeps_its_time_and_loses_its_words(mark: str) -> None:
    row = meeting(privacy=mark, agenda="- Severance")
    assert row[["subject", "agenda"]].isna().all()
    assert row["minutes"] == 90
    assert meeting(privacy="PUBLIC")["subject"] == "Board: merger, scrap"
    assert meeting(privacy="False")["subject"] == "Board: merger, scrap"


def test_a_calendar_that_says_little_still_gives_meetings() -> None:
    frame = pd.DataFrame({"review_id": ["a"], "held_at": [DAY], "ends_at": [DAY], "attendees": [0]})
    row = finish_meetings(frame).iloc[0]
    assert row["minutes"] == 0
    assert row[["forum", "subject", "agenda", "time_zone"]].isna().all()


def test_csv_entries_without_a_subject_keep_a_key() -> None:
    raw = pd.DataFrame(
        {
            "subject": [None],
            "held_at": ["7/6/2026"],
            "held_time": ["9:00:00 AM"],
            "ends_at": ["7/6/2026"],
            "ends_time": ["10:00:00 AM"],
            "attendees": ["Ada;Bo"],
        },
        dtype=object,
    )
    joined = join_day_and_time(raw, day_first=False).iloc[0]
    assert joined["review_id"] == "2026-07-06T09:00 no subject"


def test_the_sample_calendar_is_told_in_its_own_zone(
    sample_portfolio: object, settings: Settings
) -> None:
    reviews = sample_portfolio.reviews  # type: ignore[attr-defined]
    assert set(reviews["time_zone"]) == {"Europe/Oslo"}
    assert reviews["subject"].notna().all()
    assert settings.leaders.show_subjects is False
