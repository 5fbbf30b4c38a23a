"""Rhythm, sponsor, gates and horizon against the norm, forums, and how far paths are told apart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_forums,
    measure_rhythm,
    measure_rhythm_shares,
    read_rhythm_norms,
)
from dualtrack.analyses.open_work import is_running, is_unfinished
from dualtrack.errors import ConfigError
from dualtrack.reference import read_reference
from dualtrack.schema import TABLES, conform, empty_frame
from tests.conftest import make_projects, make_sorting

DAY = pd.Timestamp("2026-09-30")
NORMS = read_rhythm_norms()
NO_GATES = empty_frame(TABLES["milestones"])
NO_EVIDENCE = empty_frame(TABLES["evidence"])


def forum_signs(**paths: str) -> pd.DataFrame:
    rows = [
        {
            "project_id": f"list:{number}",
            "reading": "managed",
            "column_name": "review_forum",
            "toward_track": path,
            "contribution": 1.4,
        }
        for number, path in ((name.removeprefix("n"), path) for name, path in paths.items())
    ]
    return conform(pd.DataFrame(rows), TABLES["evidence"]) if rows else NO_EVIDENCE


def rhythm_of(
    rows: list[dict[str, object]],
    tracks: list[str],
    *,
    gates: pd.DataFrame = NO_GATES,
    evidence: pd.DataFrame = NO_EVIDENCE,
) -> pd.DataFrame:
    sorting = make_sorting(*[{"track": one} for one in tracks])
    return measure_rhythm(make_projects(*rows), sorting, evidence, gates, NORMS, as_of_date=DAY)


def test_both_errors_of_rhythm_are_named_and_the_norm_is_kept_at_its_ends() -> None:
    days = [7.0, 21.0, 100.0, 101.0, 1.0, 31.0, 91.0, 7.0, None]
    tracks = ["strategic"] * 4 + ["operational"] * 3 + ["maintenance", "strategic"]
    rhythm = rhythm_of([{"review_interval_days": one} for one in days], tracks)
    assert rhythm["rhythm_type"].tolist() == [
        "too often",
        "fits",
        "fits",
        "too seldom",
        "fits",
        "fits",
        "too seldom",
        "no norm",
        "not recorded",
    ]


def test_sponsor_horizon_and_forum_are_judged_by_the_path() -> None:
    rows = [
        {
            "sponsor_level": level,
            "start_date": "2026-01-01",
            "baseline_finish_date": finish,
        }
        for level, finish in (("manager", "2026-03-01"), ("executive", "2027-06-01"), (None, None))
    ]
    signs = forum_signs(n1="operational", n2="strategic")
    strategic = rhythm_of(rows, ["strategic"] * 3, evidence=signs)
    assert strategic["sponsor_type"].tolist() == ["too low", "fits", "not recorded"]
    assert strategic["horizon_type"].tolist() == ["too short", "fits", "not recorded"]
    assert strategic["forum_type"].tolist() == ["other path", "fits", "not recorded"]
    operational = rhythm_of(rows, ["operational"] * 3, evidence=signs)
    assert operational["sponsor_type"].tolist() == ["fits", "too high", "not recorded"]
    assert operational["horizon_type"].tolist() == ["fits", "too long", "not recorded"]
    assert operational["horizon_days"].tolist()[:2] == [59, 516]


def test_a_review_is_overdue_after_its_interval_and_grace() -> None:
    # Every 30 days: due 30 days after the last, overdue once 15 more have gone by.
    last = ["2026-08-17", "2026-08-16", None, None]
    starts = ["2026-01-01"] * 3 + ["2026-09-01"]
    rows = [
        {"review_interval_days": 30.0, "last_review_date": one, "start_date": start}
        for one, start in zip(last, starts, strict=True)
    ]
    rhythm = rhythm_of(rows, ["strategic"] * 4)
    assert rhythm["overdue_days"].tolist()[:2] == [14, 15]
    assert rhythm["review_type"].tolist() == ["held", "held", "never held", "not due"]
    late = rhythm_of([{**rows[0], "last_review_date": "2026-08-15"}], ["operational"])
    assert late["review_type"].tolist() == ["overdue"]


def test_a_daily_review_is_not_overdue_over_a_weekend() -> None:
    rows = [
        {"review_interval_days": 1.0, "last_review_date": one, "start_date": "2026-01-01"}
        for one in ("2026-09-26", "2026-09-25")
    ]
    assert rhythm_of(rows, ["operational"] * 2)["review_type"].tolist() == ["held", "overdue"]


def test_a_tool_that_records_no_reviews_has_none_missing() -> None:
    row = {"review_interval_days": 30.0, "start_date": "2026-01-01"}
    rows = [{**row, "last_review_date": "2026-09-20"}, row, row]
    assert rhythm_of(rows, ["strategic"] * 3)["review_type"].tolist() == [
        "held",
        "not recorded",
        "not recorded",
    ]


def test_gates_are_missed_only_in_a_tool_that_records_them() -> None:
    gates = conform(
        pd.DataFrame(
            {
                "project_id": ["a:1", "a:1", "a:3"],
                "title": ["one", "two", "one"],
                "planned_date": pd.to_datetime(["2026-05-01", "2026-12-01", "2026-05-01"]),
                "is_passed": [False, False, None],
            }
        ),
        TABLES["milestones"],
    )
    rows = [{"project_id": one} for one in ("a:1", "a:2", "a:3", "b:1")]
    sorting = [
        {"project_id": row["project_id"], "track": track}
        for row, track in zip(rows, ["strategic"] * 2 + ["operational", "strategic"], strict=True)
    ]
    rhythm = measure_rhythm(
        make_projects(*rows), make_sorting(*sorting), NO_EVIDENCE, gates, NORMS, as_of_date=DAY
    )
    assert rhythm["gate_type"].tolist() == ["fits", "missing", "not needed", "not recorded"]
    assert rhythm["late_gate_count"].fillna(-1).tolist() == [1, -1, 0, -1]


def test_only_open_projects_are_followed_up_and_the_input_is_unchanged() -> None:
    projects = make_projects({"status_type": "done"}, {"status_type": "on_hold"}, {})
    before = projects.copy()
    sorting = make_sorting({}, {}, {})
    rhythm = measure_rhythm(projects, sorting, NO_EVIDENCE, NO_GATES, NORMS, as_of_date=DAY)
    assert rhythm["project_id"].tolist() == ["list:2", "list:3"]
    pd.testing.assert_frame_equal(projects, before)
    none = measure_rhythm(
        projects.iloc[:0], sorting.iloc[:0], NO_EVIDENCE, NO_GATES, NORMS, as_of_date=DAY
    )
    assert none.empty
    assert (
        (measure_rhythm_shares(projects.iloc[:0], sorting.iloc[:0], none, NORMS)["share"])
        .isna()
        .all()
    )


def test_a_list_without_states_goes_by_its_dates() -> None:
    projects = make_projects(
        {"start_date": "2026-01-01"},
        {"start_date": "2026-12-01"},
        {"start_date": "2026-01-01", "actual_finish_date": "2026-03-01"},
        {},
    ).assign(status_type=pd.Series(None, index=range(4), dtype="str"))
    assert is_running(projects, DAY).tolist() == [True, False, False, True]
    assert is_unfinished(projects).tolist() == [True, True, False, True]


def test_shares_count_what_is_recorded_and_doubt_widens_them() -> None:
    rows = [{"review_interval_days": one} for one in (7.0, 30.0, 30.0, 30.0, None)]
    projects = make_projects(*rows)
    sure = make_sorting(*[{"track": "strategic"}] * 5)
    rhythm = measure_rhythm(projects, sure, NO_EVIDENCE, NO_GATES, NORMS, as_of_date=DAY)
    shares = measure_rhythm_shares(projects, sure, rhythm, NORMS)
    row = shares.set_index(["track", "check_type"]).loc[("strategic", "reviewed too often")]
    assert (row["project_count"], row["known_count"], row["misfit_count"]) == (5, 4, 1)
    assert (row["share_low"], row["share"], row["share_high"]) == (0.25, 0.25, 0.25)
    doubt = {"track": "undecided", "p_strategic": 0.5, "p_operational": 0.5, "p_maintenance": 0.0}
    unsure = make_sorting(doubt, *[{"track": "strategic"}] * 4)
    open_ = measure_rhythm_shares(projects, unsure, rhythm, NORMS)
    row = open_.set_index(["track", "check_type"]).loc[("strategic", "reviewed too often")]
    assert (row["share_low"], row["share_high"]) == (0.0, 0.25)


def test_a_forum_is_mixed_by_the_probability_of_both() -> None:
    rows = [{"review_forum": "Board"}] * 3 + [{"review_forum": "Huddle", "unit_name": "Unit B"}]
    half = {"track": "undecided", "p_operational": 0.5, "p_strategic": 0.5, "p_maintenance": 0.0}
    sorting = make_sorting({"track": "strategic"}, half, half, {"track": "operational"})
    projects = make_projects(*rows)
    rhythm = measure_rhythm(projects, sorting, NO_EVIDENCE, NO_GATES, NORMS, as_of_date=DAY)
    forums = measure_forums(rhythm, sorting, NORMS).set_index("review_forum")
    # One is strategic for sure; that one of two halves is operational has a chance of 3 in 4.
    assert forums.at["Board", "p_mixed"] == pytest.approx(0.75)
    assert not forums.at["Board", "is_mixed"]
    assert forums.at["Huddle", "p_mixed"] == 0
    assert forums.at["Board", "undecided_count"] == 2
    sure = make_sorting(*[{"track": one} for one in ("strategic", "operational", "operational")])
    rhythm = rhythm.head(3).assign(track=sure["track"])
    assert measure_forums(rhythm, sure, NORMS)["is_mixed"].tolist() == [True]
    assert measure_forums(rhythm.head(0), sure, NORMS).empty


def test_norms_of_ones_own_are_checked(tmp_path: Path) -> None:
    file = tmp_path / "norms.toml"
    with pytest.raises(ConfigError, match="no such file"):
        read_rhythm_norms(file)
    file.write_text("[strategic]\nshortest_days = 1", encoding="utf-8")
    with pytest.raises(ConfigError, match="longest_days|operational"):
        read_rhythm_norms(file)
    for track in ("strategic", "operational"):
        assert read_reference("rhythm_norms.toml")[track]["source"]
