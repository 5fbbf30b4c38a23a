"""Do the metrics agree with each other and with the work: names, units, directions, readings?"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from dualtrack.analyses.metric_fit import SERIES, measure_intervals
from dualtrack.analyses.metric_names import find_named_metrics, match_metrics
from dualtrack.reference import read_reference
from dualtrack.reference.metric_lexicon import normalise_metric
from dualtrack.schema import TABLES, conform

__all__ = ["measure_coherence"]

STALE_INTERVALS = 2.0  # of the metric's own; one may be a holiday, a third is silence
# Medians of one name this many times apart are not one quantity: per cent against ratio is 100.
APART = 50.0
# Days of the usual cadence, for a metric with too few readings to show its own.
_USUAL_DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "annual": 366}
_CLOSED = ("done", "cancelled")
_OPPOSITE = {frozenset({"higher", "lower"})}


def measure_coherence(
    measures: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    as_of_date: pd.Timestamp,
) -> pd.DataFrame:
    """Everything in which metrics contradict each other, or lack what makes them a metric.

    One name with two units, with medians 50 times apart, or with two directions; one measure that
    two projects pull in opposite directions, also under two names of the same metric; a direction
    against the usual one; no reading for more than two of its own intervals; no owner (a metric of
    no project, or of one without an owner); no baseline (neither a reading by the start of its
    project, one interval of grace, nor a plan from the first reading on); neither target nor plan;
    open projects on one of the two paths without a metric.

    Args:
        measures: The `measures` table.
        projects: `project_id`, `title`, `owner`, `status_type`, `start_date`.
        sorting: `project_id`, `track`.
        as_of_date: The day the exports show.

    Returns:
        The `coherence` table, a row a finding, by type, metric and project.
    """
    known = projects[["project_id", "title", "owner", "status_type", "start_date"]].merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    rows = _series_of(measures).merge(known, on="project_id", how="left", validate="many_to_one")
    parts = [
        _find_two_definitions(rows),
        _find_opposed(rows),
        _find_against_usual(rows),
        _find_stale(rows, as_of_date),
        _find_lacking(rows),
        _find_without_metric(known, measures),
    ]
    found = pd.concat([one for one in parts if len(one)] or [pd.DataFrame()])
    table = TABLES["coherence"]
    if found.empty:
        return conform(pd.DataFrame(), table)
    found = found.drop_duplicates(list(table.key))
    order = {name: place for place, name in enumerate(table.column("finding_type").allowed)}
    found = found.assign(place=found["finding_type"].map(order))
    ordered = found.sort_values(["place", "metric_id", "project_id"])
    return conform(ordered[[name for name in table.column_names if name in ordered]], table)


def _series_of(measures: pd.DataFrame) -> pd.DataFrame:
    """A row a metric, project, unit and direction stated, with what its readings show."""
    unit = measures["unit_code"].fillna("").str.strip().str.lower()
    words = read_reference("metric_units.toml")["unit"]
    same = {word: unit_code for unit_code, others in words.items() for word in others}
    stated = measures.assign(
        unit=unit.replace(same).astype("str"),
        better_when=measures["better_when"].astype("str").fillna(""),
    ).sort_values("measured_date")
    by = [*SERIES, "unit", "better_when"]
    groups = stated.groupby(by, dropna=False, as_index=False).agg(
        middle_value=("value", "median"),
        last_value=("value", "last"),
        target_value=("target_value", "last"),
        plan_value=("plan_value", "last"),
        first_plan=("plan_value", "first"),
    )
    intervals = measure_intervals(measures)
    rows = groups.merge(intervals, on=SERIES, how="left", validate="many_to_one")
    names = match_metrics(rows["metric_id"])
    wanted = ["metric_id", "lexicon_name", "match_type", "usual_direction", "usual_cadence"]
    rows = rows.merge(names[wanted], on="metric_id", how="left", validate="many_to_one")
    name = rows["metric_id"].map(normalise_metric, na_action="ignore").astype("str")
    is_exact = rows["match_type"] == "exact"
    return rows.assign(
        own_name=name,
        common_name=rows["lexicon_name"].where(is_exact, name),
        usual_days=rows["usual_cadence"].map(_USUAL_DAYS).astype("float64"),
    )


def _find_two_definitions(rows: pd.DataFrame) -> pd.DataFrame:
    """One name with two units, two levels or, within one project, two directions."""
    found = []
    for _, own in rows.groupby("own_name", sort=False):
        if len(own) < 2:
            continue
        units = sorted(set(own["unit"]) - {""})
        if len(units) > 1:
            says = f"one name, {len(units)} units: {_word_series(own, 'unit')}"
            found += [_row("two_units", row, says) for _, row in own.iterrows()]
        elif (ratio := _span_of(own["middle_value"])) >= APART:
            says = f"one name, readings {ratio:,.0f} times apart: {_word_series(own, 'middle')}"
            found += [_row("two_levels", row, says) for _, row in own.iterrows()]
        for _, same in own.groupby("project_id", dropna=False):
            directions = sorted(set(same["better_when"]) - {""})
            if len(directions) > 1:
                says = f"better when {_join(directions)} in the same series"
                found.append(_row("two_directions", same.iloc[0], says))
    return pd.DataFrame(found)


def _span_of(values: pd.Series) -> float:
    known = values[values > 0].dropna()
    return float(known.max() / known.min()) if len(known) > 1 else 1.0


def _word_series(own: pd.DataFrame, what: str) -> str:
    """Where each definition stands: `% in First pass yield of the line, ratio in Drawings`."""
    told: dict[str, str] = {}
    for row in own.itertuples():
        shown = row.unit or "no unit" if what == "unit" else f"{row.middle_value:,.4g}"
        told.setdefault(shown, row.title if pd.notna(row.title) else "no project")
    return ", ".join(f"{shown} in {where}" for shown, where in told.items())


def _find_opposed(rows: pd.DataFrame) -> pd.DataFrame:
    """One measure that projects pull apart: opposite directions, or targets on both sides."""
    found = []
    sides = np.sign(rows["target_value"] - rows["last_value"])
    is_aimed = rows["better_when"] == "target"
    pulls = rows["better_when"].where(~is_aimed, sides.map({1.0: "higher", -1.0: "lower"}))
    placed = rows.assign(pull=pulls).dropna(subset=["project_id"])
    placed = placed[placed["pull"].isin(["higher", "lower"])]
    for name, own in placed.groupby("common_name", sort=False):
        if own["pull"].nunique() < 2 or own["project_id"].nunique() < 2:
            continue
        up, down = (own[own["pull"] == side].iloc[0] for side in ("higher", "lower"))
        says = f"{name}: {up['title']} pulls it up, {down['title']} down"
        found += [_row("opposed", row, says) for row in (up, down)]
    return pd.DataFrame(found)


def _find_against_usual(rows: pd.DataFrame) -> pd.DataFrame:
    pairs = [
        frozenset(pair) in _OPPOSITE
        for pair in zip(rows["better_when"], rows["usual_direction"].fillna(""), strict=True)
    ]
    odd = rows[pd.Series(pairs, index=rows.index, dtype=bool) & (rows["match_type"] == "exact")]
    return pd.DataFrame(
        _row(
            "against_usual",
            row,
            f"better when {row['better_when']}, usually when {row['usual_direction']}",
        )
        for _, row in odd.drop_duplicates(SERIES).iterrows()
    )


def _find_stale(rows: pd.DataFrame, as_of_date: pd.Timestamp) -> pd.DataFrame:
    interval = rows["interval_days"].fillna(rows["usual_days"])
    days = (as_of_date - rows["last_date"]).dt.days
    is_open = ~rows["status_type"].isin(_CLOSED)
    is_stale = (days > STALE_INTERVALS * interval) | (rows["reading_count"] == 0)
    stale = rows[is_open & is_stale].drop_duplicates(SERIES)
    return pd.DataFrame(
        _row(
            "stale",
            row,
            f"no reading since {row['last_date']:%d %B %Y}".replace("since 0", "since ")
            if pd.notna(row["last_date"])
            else "no reading at all",
        )
        for _, row in stale.iterrows()
    )


def _find_lacking(rows: pd.DataFrame) -> pd.DataFrame:
    """Metrics without owner, baseline or target."""
    grace = pd.to_timedelta(rows["interval_days"].fillna(rows["usual_days"]).fillna(0), unit="D")
    is_late = rows["first_date"] > rows["start_date"] + grace
    lacks = {
        "no_owner": (
            rows["owner"].isna(),
            np.where(rows["project_id"].isna(), "follows no project", "its project has no owner"),
        ),
        "no_baseline": (
            is_late & rows["first_plan"].isna(),
            np.full(len(rows), "first read after its project began, and without a plan"),
        ),
        "no_target": (
            rows["target_value"].isna() & rows["plan_value"].isna(),
            np.full(len(rows), "neither target nor plan"),
        ),
    }
    parts = []
    for kind, (is_lacking, says) in lacks.items():
        named = rows.assign(finding_type=kind, says=says)[is_lacking].drop_duplicates(SERIES)
        parts.append(named[["finding_type", *SERIES, "title", "track", "says"]])
    return pd.concat(parts)


def _find_without_metric(known: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Open projects on one of the two paths that no metric follows."""
    is_open = ~known["status_type"].isin(_CLOSED) & known["track"].isin(
        ["operational", "strategic"]
    )
    lacking = known[is_open & ~known["project_id"].isin(measures["project_id"].dropna())]
    named = find_named_metrics(lacking["title"])
    says = ("no metric; its title names " + named).fillna("no metric")
    return lacking[["project_id", "title", "track"]].assign(
        finding_type="no_metric", metric_id=None, says=says
    )


def _row(kind: str, row: pd.Series, says: str) -> dict[str, object]:
    wanted = ("metric_id", "project_id", "title", "track")
    return {"finding_type": kind, **{name: row[name] for name in wanted}, "says": says}


def _join(words: list[str]) -> str:
    return re.sub(r", ([^,]*)$", r" and \1", ", ".join(words))
