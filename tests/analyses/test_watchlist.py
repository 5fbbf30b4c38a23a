"""At most ten projects, each by a rule, in the order of weight and money; never a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import measure_watchlist, read_watch_rules
from dualtrack.analyses.watch_rules import FACTS, WatchRules
from dualtrack.errors import ConfigError
from dualtrack.schema import TABLES, conform, empty_frame
from tests.conftest import make_projects, make_sorting

RULES = read_watch_rules()


def watch(*rows: dict[str, object], rules: WatchRules = RULES) -> pd.DataFrame:
    """Rows name columns of `projects`, `readings` or `rhythm`; the track is strategic."""
    own = set(TABLES["projects"].column_names)
    projects = make_projects(*[{k: v for k, v in row.items() if k in own} for row in rows])
    sorting = make_sorting(*[{"track": row.get("track", "strategic")} for row in rows])
    readings = pd.DataFrame(
        [
            {
                "project_id": f"list:{number}",
                "title": f"Project {number}",
                "source_tool": "list",
                "track": row.get("track", "strategic"),
                "blur_type": row.get("blur_type", "none"),
                "run_says": "weekly",
                "budget_cost": row.get("budget_cost"),
                "declared_label": row.get("declared_label"),
            }
            for number, row in enumerate(rows, start=1)
        ]
    )
    rhythm = pd.DataFrame(
        [
            {
                "project_id": f"list:{number}",
                "review_type": row.get("review_type", "held"),
                "overdue_days": row.get("overdue_days"),
                "review_interval_days": row.get("review_interval_days"),
                "late_gate_count": row.get("late_gate_count"),
            }
            for number, row in enumerate(rows, start=1)
        ]
    )
    tables = [
        conform(readings, TABLES["readings"]),
        conform(rhythm, TABLES["rhythm"]),
    ]
    return measure_watchlist(projects, sorting, *tables, rules)


UNDER = {"blur_type": "under-governed transformation", "objective_id": "O"}
FINE = {"objective_id": "O", "budget_cost": 1.0}


def test_weight_comes_before_money_and_money_before_the_rest() -> None:
    found = watch(
        {**FINE, "budget_cost": 9.0, "blur_type": "label inflation"},
        {**UNDER, "budget_cost": 1.0},
        {**UNDER, "budget_cost": 2.0},
        {**FINE, "review_type": "overdue", "overdue_days": 40.0, "review_interval_days": 30.0},
        FINE,
    )
    assert found["project_id"].tolist() == ["list:3", "list:2", "list:4", "list:1"]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["because"][2] == "due 40 days ago, every 30 days"
    assert set(found["met_count"]) == {4}


def test_a_project_stands_under_its_heaviest_rule_and_names_the_others() -> None:
    found = watch({**UNDER, "budget_cost": 1.0, "late_gate_count": 2})
    assert found["rule_id"].tolist() == ["under_governed"]
    assert "gate" in found["other_rules"][0]


def test_overdue_days_within_the_grace_are_no_reason() -> None:
    assert watch({**FINE, "review_type": "held", "overdue_days": 5.0}).empty


def test_a_gap_counts_only_where_the_tool_fills_the_column() -> None:
    found = watch({"budget_cost": 1.0}, FINE, FINE)
    assert found["rule_id"].tolist() == ["no_objective"]
    assert watch({"budget_cost": 1.0}, {"budget_cost": 1.0}, FINE).empty


def test_no_rule_fills_the_list_alone_and_ten_is_the_most() -> None:
    many = [{**UNDER, "budget_cost": float(100 - n)} for n in range(12)]
    hidden = [{**FINE, "blur_type": "hidden strategy"} for _ in range(3)]
    found = watch(*many, *hidden)
    assert len(found) == 10
    assert found["rule_id"].value_counts().to_dict() == {"under_governed": 7, "hidden_strategy": 3}
    assert found["project_id"].tolist()[:7] == [f"list:{n}" for n in range(1, 8)]
    assert len(watch(*many)) == 10


def test_work_that_is_done_is_not_talked_about() -> None:
    assert watch({**UNDER, "status_type": "done"}).empty
    empty = [empty_frame(TABLES[name]) for name in ("projects", "sorting", "readings", "rhythm")]
    assert measure_watchlist(*empty, RULES).empty


def test_no_fact_is_or_leads_to_a_person() -> None:
    person = {"owner", "sponsor", "person_id", "team_name", "rater_id"}
    assert not person & set(FACTS)
    assert not person & set(TABLES["watchlist"].column_names)


def test_rules_of_ones_own_are_checked(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    good = (Path(__file__).parents[2] / "dualtrack/reference/watch_rules.toml").read_text("utf-8")
    cases = {
        "at_most = 11": "1 to 10",
        "at_most = 10\nat_most_per_rule = 0": "at_most_per_rule",
    }
    for text, message in cases.items():
        old = "at_most = 10" if "per_rule" not in text else "at_most_per_rule = 4"
        file.write_text(good.replace(old, text.split("\n")[-1], 1), encoding="utf-8")
        with pytest.raises(ConfigError, match=message):
            read_watch_rules(file)
    for old, new, message in (
        ('column = "late_gate_count"', 'column = "owner"', "no fact 'owner'"),
        ('because = "{late_gate_count} late"', 'because = "{owner}"', "names no fact"),
        ('rule_id = "late_gate"', 'rule_id = "no_budget"', "stands twice"),
        ('rule_id = "late_gate"', 'rule = "late_gate"', "unknown key"),
    ):
        file.write_text(good.replace(old, new), encoding="utf-8")
        with pytest.raises(ConfigError, match=message):
            read_watch_rules(file)
    assert len(watch(UNDER, UNDER, rules=replace(RULES, at_most=1))) == 1
