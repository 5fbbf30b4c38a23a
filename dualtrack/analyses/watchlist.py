"""The watchlist: at most ten projects to talk about, each with the rule that put it there."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.open_work import is_unfinished
from dualtrack.analyses.watch_rules import FACTS, WatchRule, WatchRules
from dualtrack.schema import TABLES, conform

__all__ = ["measure_watchlist"]

DEAREST = 0.9  # quantile of the budgets from which a project is among the dearest tenth


def measure_watchlist(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    readings: pd.DataFrame,
    rhythm: pd.DataFrame,
    rules: WatchRules,
) -> pd.DataFrame:
    """The projects to talk about, and no others.

    Each project stands under the heaviest rule it meets; the list is ordered by that weight, then
    by budget (not known last), then by the number of other rules it meets, then by id. The first
    `at_most_per_rule` of each rule go before the rest of any, so that no rule fills the list.

    Args:
        projects: `project_id`, `status_type`, `actual_finish_date`, `objective_id`.
        sorting: `project_id`, `undecided_reason`.
        readings: As `measure_readings` returns.
        rhythm: As `measure_rhythm` returns.
        rules: As `read_watch_rules` returns.

    Returns:
        The `watchlist` table, `at_most` rows. `met_count` says how many projects meet any rule.
    """
    facts = _gather(projects, sorting, readings, rhythm)
    met = pd.DataFrame({rule.rule_id: _meets(facts, rule) for rule in rules.rules})
    weights = pd.Series({rule.rule_id: rule.weight for rule in rules.rules}, dtype="float64")
    listed = facts[met.any(axis=1)]
    weighed = met.loc[listed.index].astype(float) * weights
    listed = listed.assign(
        rule_id=weighed.idxmax(axis=1) if len(listed) else "",
        weight=weighed.max(axis=1),
        rule_count=met.loc[listed.index].sum(axis=1),
        met_count=len(listed),
    )
    listed = listed.sort_values(
        ["weight", "budget_cost", "rule_count", "project_id"],
        ascending=[False, False, False, True],
        na_position="last",
    )
    is_rest = listed.groupby("rule_id").cumcount() >= rules.at_most_per_rule
    chosen = is_rest.sort_values(kind="stable").index[: rules.at_most]
    listed = listed[listed.index.isin(chosen)]
    by_id = {rule.rule_id: rule for rule in rules.rules}
    shown = [by_id[one] for one in listed["rule_id"]]
    listed = listed.assign(
        rank=range(1, len(listed) + 1),
        rule_words=[rule.says for rule in shown],
        ask=[rule.ask for rule in shown],
        because=[
            _say(rule, row)
            for rule, row in zip(shown, listed[list(FACTS)].to_dict("records"), strict=True)
        ],
        other_rules=[
            "; ".join(rule.says for rule in rules.rules if row[rule.rule_id] and rule is not own)
            or None
            for own, row in zip(shown, met.loc[listed.index].to_dict("records"), strict=True)
        ],
    )
    table = TABLES["watchlist"]
    return conform(listed[table.column_names], table)


def _gather(
    projects: pd.DataFrame, sorting: pd.DataFrame, readings: pd.DataFrame, rhythm: pd.DataFrame
) -> pd.DataFrame:
    unfinished = projects[is_unfinished(projects)]
    rows = unfinished[["project_id", "objective_id"]].merge(
        readings, on="project_id", how="inner", validate="one_to_one"
    )
    rows = rows.merge(
        sorting[["project_id", "undecided_reason"]], on="project_id", how="left", validate="1:1"
    )
    rows = rows.merge(
        rhythm[
            [
                "project_id",
                "review_type",
                "overdue_days",
                "review_interval_days",
                "late_gate_count",
            ]
        ],
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    is_strategic = rows["track"] == "strategic"
    dearest = rows["budget_cost"].quantile(DEAREST)
    return rows.assign(
        is_overdue=rows["review_type"] == "overdue",
        is_without_objective=is_strategic & _is_gap(rows, "objective_id"),
        is_without_budget=is_strategic & _is_gap(rows, "budget_cost"),
        is_big_undecided=(rows["track"] == "undecided") & (rows["budget_cost"] >= dearest),
    )


def _is_gap(rows: pd.DataFrame, column: str) -> pd.Series:
    """Empty in a tool most of whose projects fill it: a gap, and not a column left out."""
    shares = rows[column].notna().groupby(rows["source_tool"]).transform("mean")
    return rows[column].isna() & (shares.astype("float64") >= 0.5)


def _meets(facts: pd.DataFrame, rule: WatchRule) -> pd.Series:
    values = facts[rule.column]
    if rule.equals is not None:
        met = values == rule.equals
    else:
        met = values.astype("float64") >= float(rule.at_least or 0.0)
    if rule.only_if is not None:
        met &= facts[rule.only_if].astype("boolean").fillna(False).astype(bool)
    return met.fillna(False).astype(bool)


def _say(rule: WatchRule, row: dict[str, object]) -> str:
    words = {name: _word(value) for name, value in row.items()}
    return rule.because.format(**words)


def _word(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return "not recorded"
    return f"{value:.0f}" if isinstance(value, float) else str(value)
