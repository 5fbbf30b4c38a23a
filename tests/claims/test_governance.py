"""Sentences about governance are true of their frames, and say what could not be told."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims import (
    state_confusion,
    state_follow_on,
    state_forms,
    state_forums,
    state_polarity,
    state_reactive,
    state_readings,
    state_reviews,
    state_rhythm,
    state_separation,
    state_watchlist,
)
from dualtrack.schema import TABLES, conform, empty_frame

EMPTY = {name: empty_frame(table) for name, table in TABLES.items()}
NORM = "strategic work every 21 to 100 days"


def frame(name: str, *rows: dict[str, object]) -> pd.DataFrame:
    whole = pd.DataFrame(list(rows))
    for column in TABLES[name].columns:
        if column.type == "date" and column.name in whole:
            whole[column.name] = pd.to_datetime(whole[column.name])
    return conform(whole, TABLES[name])


def share(check: str, misfit: int, known: int, track: str = "strategic") -> dict[str, object]:
    return {
        "track": track,
        "check_type": check,
        "project_count": known + 1,
        "known_count": known,
        "misfit_count": misfit,
        "share": misfit / known if known else float("nan"),
        "share_low": 0.1,
        "share_high": 0.3,
    }


def test_with_nothing_known_every_claim_says_what_would_let_it_be_told() -> None:
    told = [
        state_rhythm(EMPTY["rhythm_shares"], EMPTY["rhythm"], norm_words=NORM),
        state_reviews(EMPTY["rhythm"], currency="EUR"),
        state_forums(EMPTY["forums"], currency="EUR"),
        state_separation(EMPTY["separation"]),
        state_confusion(EMPTY["confusion"], currency="EUR"),
        state_readings(EMPTY["readings"], currency="EUR"),
        state_forms(EMPTY["forms"]),
        state_reactive(EMPTY["reactive"]),
        state_polarity(EMPTY["polarity"]),
        state_follow_on(EMPTY["follow_on"]),
    ]
    for claim in told:
        assert any(word in claim.title.lower() for word in ("cannot be", "no sign", "no project"))
        assert "nan" not in claim.title + claim.reading
    assert state_watchlist(EMPTY["watchlist"], currency="EUR").title.startswith("No project meets")
    assert "review_interval_days" in told[0].reading and "review_forum" in told[2].reading


def test_rhythm_tells_the_counts_and_their_intervals() -> None:
    shares = frame(
        "rhythm_shares",
        share("reviewed too often", 1, 8),
        share("reviewed too seldom", 0, 8),
        share("reviewed too seldom", 3, 9, "operational"),
        share("sponsored too low", 2, 8),
    )
    claim = state_rhythm(shares, EMPTY["rhythm"], norm_words=NORM)
    assert claim.title == (
        "3 of 9 improvements are reviewed too seldom, and 1 of 8 strategic initiatives is "
        "reviewed too often"
    )
    assert "10 to 30 % of strategic initiatives are reviewed too often" in claim.reading
    assert "2 of 8 strategic initiatives have a sponsor below the level" in claim.reading
    assert "No rhythm is recorded for one improvement and one strategic initiative" in claim.reading
    fits = state_rhythm(shares[shares["misfit_count"] == 0], EMPTY["rhythm"], norm_words=NORM)
    assert fits.title == "All 8 recorded review rhythms fit their path"


def test_reviews_name_the_latest_and_count_what_cannot_be_told() -> None:
    rows = [
        {"project_id": "a", "title": "Hub", "review_type": "overdue", "overdue_days": 40.0},
        {"project_id": "b", "review_type": "never held"},
        {"project_id": "c", "review_type": "held"},
        {"project_id": "d", "review_type": "not recorded"},
    ]
    rows[0] |= {"review_interval_days": 30.0, "budget_cost": 2e6}
    claim = state_reviews(frame("rhythm", *rows), currency="EUR")
    assert claim.title == (
        "The reviews of two projects of 3 are overdue or were never held, with EUR 2.0 m of budget"
    )
    assert "Hub, 40 days past its day in a rhythm of 30 days" in claim.reading
    assert "One project had none since the start" in claim.reading
    assert "Of one open project it cannot be told" in claim.reading
    fine = state_reviews(frame("rhythm", rows[2]), currency="EUR")
    assert fine.title.startswith("No review is overdue among one project")


def test_forums_and_separation_follow_their_numbers() -> None:
    mixed = {"unit_name": "U", "review_forum": "Board", "is_mixed": True, "minority_count": 1}
    mixed |= {"strategic_count": 3, "operational_count": 1}
    alone = {"unit_name": "U", "review_forum": "Huddle", "is_mixed": False, "minority_count": 0}
    claim = state_forums(frame("forums", mixed, alone), currency="EUR")
    assert claim.title == "One forum of 2 sees both strategic and operational work"
    assert "Board of U, with three strategic initiatives and one improvement" in claim.reading
    assert state_forums(frame("forums", alone), currency="EUR").title.startswith("The one forum")

    def feature(name: str, low: float, value: float, high: float, kind: str) -> dict[str, object]:
        row = {"feature_type": name, "project_count": 30, "separation_type": kind}
        return row | {"cramers_v": value, "v_low": low, "v_high": high}

    apart = feature("forum", 0.7, 0.8, 0.9, "apart")
    weak = feature("gates", 0.0, 0.1, 0.2, "hardly apart")
    silent = {"feature_type": "rhythm", "separation_type": "too few", "project_count": 0}
    part = state_separation(frame("separation", apart, weak, silent))
    assert part.title == (
        "The two paths are governed apart in part: forum tells them apart most (V 0.80), the "
        "presence of gates least (0.10)"
    )
    assert "`review_interval_days`" in part.reading
    whole = state_separation(frame("separation", apart))
    assert whole.title == "The two paths are largely governed apart, with Cramér's V of 0.80"


def cell(called: str, kind: str, run: str, count: int, money: float) -> dict[str, object]:
    row = {"declared_track": called, "track": kind, "managed_track": run}
    return row | {"project_count": count, "budget_cost": money, "unknown_count": 0}


def test_confusion_weighs_by_count_and_by_money() -> None:
    confusion = frame(
        "confusion",
        cell("strategic", "strategic", "strategic", 3, 30.0),
        cell("strategic", "operational", "operational", 1, 70.0),
        cell("undeclared", "operational", "operational", 2, 5.0),
        cell("maintenance", "maintenance", "maintenance", 9, 9.0),
    )
    claim = state_confusion(confusion, currency="EUR")
    assert claim.title == (
        "75 % of the projects with all three readings are called and run as what they are, and "
        "30 % of their budget"
    )
    assert "3 of 4 projects read as one path three times; EUR 70 of EUR 100" in claim.reading
    assert "One project is called one path and run as the other" in claim.reading
    assert "For two projects on the two paths" in claim.reading


def test_readings_count_single_mends_and_split_projects() -> None:
    base = {"blur_type": "label inflation", "second_blur_type": "none", "is_split": False}
    blurred = [
        {**base, "project_id": "a", "budget_cost": 1e6},
        {**base, "project_id": "b", "mend_more": "then move it"},
        {**base, "project_id": "c", "blur_type": "none", "is_split": True},
    ]
    claim = state_readings(frame("readings", *blurred), currency="EUR")
    assert claim.title == "Two projects are blurred; for one of them one change would do"
    assert "They hold EUR 1.0 m" in claim.reading
    assert "One undecided project is called one path and run as the other" in claim.reading
    clear = frame("readings", {**base, "project_id": "d", "blur_type": "none"})
    assert "cannot be told" in state_readings(clear, currency="EUR").title


def test_a_form_is_to_be_mended_not_people() -> None:
    row = {"source_tool": "jira", "track": "operational", "declared_label": "Change"}
    row |= {"labelled_count": 10, "wrong_count": 9, "right_count": 1, "share": 0.9}
    row |= {"share_low": 0.65, "share_high": 0.98, "is_form_made": True}
    claim = state_forms(frame("forms", row))
    assert claim.title == (
        "In jira 90 % of labelled improvements are called “Change”: mend the form, not the people"
    )
    assert "65 to 98 %" in claim.reading
    row["is_form_made"] = False
    assert state_forms(frame("forms", row)).title.startswith("Nothing suggests")
