"""The erosion sign, the values of the signs, and their states on the map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_follow_on,
    measure_polarity,
    measure_signs,
    read_polarity,
    read_rhythm_norms,
)
from dualtrack.errors import ConfigError
from dualtrack.schema import TABLES, conform, empty_frame

MAP = read_polarity()
NORMS = read_rhythm_norms()
DATES = ("start_date", "actual_finish_date", "forecast_finish_date", "last_review_date")


def make_history(*rows: dict[str, object]) -> pd.DataFrame:
    whole = [
        {
            "quarter_name": "2026-Q3",
            "as_of_date": "2026-09-30",
            "project_id": f"list:{number}",
            "title": f"Project {number}",
            "unit_name": "Unit A",
            "status_type": "active",
            "track": "operational",
            **row,
        }
        for number, row in enumerate(rows, start=1)
    ]
    frame = pd.DataFrame(whole)
    for name in (*DATES, "as_of_date"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    return conform(frame, TABLES["history"])


def closed(finish: str | None, **columns: object) -> dict[str, object]:
    return {
        "track": "strategic",
        "status_type": "done",
        "actual_finish_date": finish,
        **columns,
    }


def test_the_same_objective_is_the_stronger_link_and_days_are_counted() -> None:
    history = make_history(
        closed("2026-01-31", objective_id="O-1"),
        {"objective_id": "O-1", "unit_name": "Unit B", "start_date": "2026-03-02"},
        {"start_date": "2026-02-01"},
        {"start_date": "2026-01-31", "status_type": "cancelled"},
    )
    row = measure_follow_on(history).iloc[0]
    assert (row["follow_type"], row["follow_project_id"]) == ("same objective", "list:2")
    assert row["waited_days"] == 30
    without = measure_follow_on(history.drop(index=1)).iloc[0]
    assert (without["follow_type"], without["follow_project_id"]) == ("same unit", "list:3")


def test_nothing_followed_only_once_the_days_are_over() -> None:
    history = make_history(
        closed("2026-04-02"),
        closed("2026-04-04", unit_name="Unit B"),
        closed(None, unit_name="Unit C"),
        {"start_date": "2026-02-28"},
        {"start_date": "2026-12-01"},
        {"start_date": "2026-06-01", "unit_name": None},
    )
    found = measure_follow_on(history).set_index("project_id")["follow_type"].to_dict()
    # Unit A's own improvement began 33 days before the finish: over 30, so it does not count.
    assert found == {"list:1": "none", "list:2": "too early", "list:3": "no finish date"}
    assert measure_follow_on(empty_frame(TABLES["history"])).empty


def value(signs: pd.DataFrame, sign: str, quarter: str = "2026-Q3") -> float:
    return float(signs.set_index(["quarter_name", "sign_id"]).at[(quarter, sign), "value"])


def test_signs_are_the_shares_they_say() -> None:
    strategic = {"track": "strategic", "start_date": "2026-09-10"}
    history = make_history(
        {**strategic, "budget_cost": 30.0, "managed_track": "operational", "objective_id": "O"},
        {**strategic, "budget_cost": 10.0, "managed_track": "strategic"},
        {"budget_cost": 60.0, "declared_track": "strategic", "review_interval_days": 91.0},
        {"unit_name": "Unit B", "declared_track": "operational", "review_interval_days": 7.0},
        {"unit_name": "Unit C", "track": "maintenance"},
        {"unit_name": "Unit C", "status_type": "done"},
    )
    signs = measure_signs(history, NORMS)
    assert value(signs, "strategic_share") == pytest.approx(0.4)
    assert value(signs, "strategic_run_as_operations") == 0.5
    assert value(signs, "strategic_with_objective") == 0.5
    assert value(signs, "label_inflation") == 0.5
    assert value(signs, "improvements_followed") == 0.5
    assert value(signs, "improvements_running") == pytest.approx(2 / 3)
    assert value(signs, "strategic_starts_stalled") == 20
    assert np.isnan(value(signs, "erosion")) and np.isnan(value(signs, "strategic_slips"))


def test_slips_need_the_quarter_before() -> None:
    forecast = {"track": "strategic", "forecast_finish_date": "2026-12-01"}
    earlier = {"quarter_name": "2026-Q2", "as_of_date": "2026-06-30"}
    history = make_history(
        {**forecast, **earlier},
        {**forecast, **earlier},
        {**forecast, "project_id": "list:1", "forecast_finish_date": "2026-12-20"},
        {**forecast, "project_id": "list:2", "forecast_finish_date": "2026-12-05"},
    )
    signs = measure_signs(history, NORMS)
    assert value(signs, "strategic_slips") == 0.5
    assert np.isnan(value(signs, "strategic_slips", "2026-Q2"))
    assert measure_signs(empty_frame(TABLES["history"]), NORMS).empty


def state(sign: str, found: float, base: int = 20) -> str:
    signs = conform(
        pd.DataFrame(
            {"quarter_name": ["2026-Q3"], "sign_id": [sign], "value": [found], "base_count": [base]}
        ),
        TABLES["signs"],
    )
    polarity = measure_polarity(signs, MAP)
    assert len(polarity) == len(MAP.signs)
    return str(polarity.set_index("sign_id").at[sign, "sign_type"])


def test_states_follow_the_direction_of_the_sign() -> None:
    assert [state("label_inflation", one) for one in (0.09, 0.1, 0.2, 0.9)] == [
        "quiet",
        "watch",
        "warning",
        "warning",
    ]
    assert [state("strategic_with_objective", one) for one in (0.91, 0.9, 0.7)] == [
        "quiet",
        "watch",
        "warning",
    ]


def test_a_share_of_two_and_a_missing_value_are_not_known_but_days_are() -> None:
    assert state("label_inflation", 1.0, base=2) == "not known"
    assert state("label_inflation", float("nan")) == "not known"
    assert state("strategic_starts_stalled", 400.0, base=1) == "warning"
    assert measure_polarity(empty_frame(TABLES["signs"]), MAP).empty


def test_every_sign_of_the_map_is_measured_and_has_its_source() -> None:
    measured = set(measure_signs(make_history({}), NORMS)["sign_id"])
    assert measured == {sign.sign_id for sign in MAP.signs}
    assert all(sign.source and sign.needs for sign in MAP.signs)
    quadrants = [sign.quadrant for sign in MAP.signs]
    assert all(quadrants.count(one) >= 2 for one in set(quadrants)) and len(set(quadrants)) == 4


def test_a_map_of_ones_own_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "polarity.toml"
    text = Path(__file__).parents[2] / "dualtrack/reference/polarity.toml"
    good = text.read_text(encoding="utf-8")
    file.write_text(good.replace("warning = 365", "warning = 3"), encoding="utf-8")
    with pytest.raises(ConfigError, match="lies before watch"):
        read_polarity(file)
    file.write_text(good.replace('"strategic overuse"', '"overuse"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="quadrant"):
        read_polarity(file)
    file.write_text(good.replace("[pole.strategic]", "[pole.other]"), encoding="utf-8")
    with pytest.raises(ConfigError, match="missing"):
        read_polarity(file)
