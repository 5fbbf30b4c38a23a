"""Sentences about change between quarters, the polarity map and the watchlist are true."""

from __future__ import annotations

import numpy as np
import pytest

from dualtrack.claims import (
    state_follow_on,
    state_polarity,
    state_reactive,
    state_reactive_quarters,
    state_watchlist,
)
from tests.claims.test_governance import frame


def reactive_row(**columns: object) -> dict[str, object]:
    base = {"period_type": "quarter", "signal_type": "slipped dates", "period_name": "2026-Q3"}
    base |= {"period_date": "2026-07-01", "event_count": 2, "base_count": 8, "share": 0.25}
    return {**base, "limit_type": "no limits", **columns}


def test_reaction_calls_nothing_a_trend_without_limits() -> None:
    claim = state_reactive(frame("reactive", reactive_row()))
    assert claim.title == (
        "In 2026-Q3 25 % of projects were put off by a week or more; a trend cannot be told yet"
    )
    assert "One quarter is too few for limits" in claim.reading
    month = {"period_type": "month", "signal_type": "starts without objective"}
    months = [
        reactive_row(**month, period_date=f"2026-0{n}-01", period_name=f"m{n}", limit_type=kind)
        for n, kind in ((1, "trial limits"), (2, "trial limits"))
    ]
    quiet = state_reactive(frame("reactive", *months))
    assert quiet.title == "Starts without objective by month vary by noise alone"
    assert "trial limits, from under thirteen months" in quiet.reading
    loud = state_reactive(frame("reactive", {**months[0], "signal_words": "Above UCL"}, months[1]))
    assert loud.title == (
        "In m1 2 of 8 projects were begun without an objective, above its limits: more than noise; "
        "none since"
    )


def test_the_latest_quarter_stands_beside_those_before() -> None:
    earlier = reactive_row(period_date="2026-04-01", period_name="2026-Q2", event_count=1)
    rows = [reactive_row(), earlier, reactive_row(signal_type="re-baselines", share=0.1)]
    claim = state_reactive_quarters(frame("reactive", *rows))
    assert claim.title == "In 2026-Q3 25 % of projects were put off by a week or more"
    assert claim.reading.endswith("Before: 2026-Q2 1 of 8.")
    calm = state_reactive_quarters(frame("reactive", reactive_row(event_count=0, share=0.0)))
    assert calm.title.startswith("In 2026-Q3 no project was changed")


def sign(name: str, kind: str, quadrant: str, quarter: str = "2026-Q3") -> dict[str, object]:
    row = {"quarter_name": quarter, "sign_id": name, "quadrant_type": quadrant, "says": f"S {name}"}
    return row | {"value": 0.5, "base_count": 9, "unit_code": "share", "sign_type": kind}


@pytest.mark.parametrize(
    ("kinds", "end"),
    [
        (("quiet", "quiet"), "All 2 known signs of the two poles are quiet"),
        (
            ("watch", "quiet"),
            "One of two known signs asks for a look: it suggests that the "
            "strategic pole comes short",
        ),
        (
            ("watch", "warning"),
            "Two of two known signs ask for a look, one of them a warning: "
            "they point to both poles alike",
        ),
    ],
)
def test_polarity_names_the_pole_that_comes_short(kinds: tuple[str, str], end: str) -> None:
    rows = [
        sign("a", kinds[0], "operational overuse"),
        sign("b", kinds[1], "strategic overuse"),
        sign("a", "quiet", "operational overuse", "2026-Q2"),
        sign("b", "not known", "strategic overuse", "2026-Q2"),
    ]
    claim = state_polarity(frame("polarity", *rows))
    assert claim.title == end
    changed = "No sign changed" if kinds[0] == "quiet" else "Since 2026-Q2: Louder: s a"
    assert changed in claim.reading


def test_erosion_and_watchlist_count_what_they_hold() -> None:
    rows = [
        {"project_id": str(n), "follow_type": kind}
        for n, kind in enumerate(("none", "same unit", "too early"))
    ]
    claim = state_follow_on(frame("follow_on", *rows))
    assert (
        claim.title
        == "No improvement followed one of two closed initiatives: what it won may erode"
    )
    assert "1 followed in the same unit only" in claim.reading
    assert (
        state_follow_on(frame("follow_on", rows[2])).title
        == "Of one closed initiative none can be judged yet"
    )
    watch = {"project_id": "a", "rule_words": "late", "met_count": 3, "budget_cost": np.nan}
    listed = state_watchlist(frame("watchlist", watch), currency="EUR")
    assert listed.title == "One project to talk about"
    assert "Two more projects meet a rule and are not on the list" in listed.reading
