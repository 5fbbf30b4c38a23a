"""Does each metric fit the work it follows: its kind, and how often it is read?"""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.metric_names import match_metrics
from dualtrack.reference import read_reference
from dualtrack.schema import TABLES, conform
from dualtrack.schema.metric_tables import CADENCES, HORIZONS

__all__ = ["measure_intervals", "measure_metric_fit"]

SERIES = ["metric_id", "project_id"]
_WORK = {
    "operational": "an operational improvement",
    "strategic": "a strategic initiative",
    "maintenance": "maintenance",
}


def measure_metric_fit(
    measures: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame
) -> pd.DataFrame:
    """Each metric of each project: kind and cadence against track and horizon.

    The kind comes from the lexicon, the cadence from the readings' own spacing, the horizon from
    start to finish of the project. A strategic metric on an operational improvement is the wrong
    kind even beside others, since the improvement cannot move it; an operational one on a strategic
    initiative only where no strategic metric stands beside it. A count of activities fits no track.

    Args:
        measures: `metric_id`, `project_id`, `measured_date`, `value`.
        projects: `project_id`, `title`, `start_date` and the finish dates.
        sorting: `project_id`, `track`.

    Returns:
        The `metric_fit` table, a row a metric and project. `not_judged` without a project on one of
        the tracks or, for the cadence, with fewer than three readings; `unknown` where the lexicon
        does not know the metric.

    Source: `reference/metric_lexicon.csv` and `reference/metric_fit.toml`; the bounds are ours.
    """
    rows = measure_intervals(measures)
    about = projects.assign(horizon_days=_horizon_days(projects))
    about = about[["project_id", "title", "horizon_days"]].merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    rows = rows.merge(about, on="project_id", how="left", validate="many_to_one")
    names = match_metrics(rows["metric_id"])
    taken = ["lexicon_name", "match_type", "nearest_name", "path_fit", "usual_cadence"]
    rows = rows.merge(
        names[["metric_id", *taken]], on="metric_id", how="left", validate="many_to_one"
    )
    rules = read_reference("metric_fit.toml")
    rows = rows.assign(
        cadence=_cut(rows["interval_days"], rules["cadence"], CADENCES),
        horizon_type=_cut(rows["horizon_days"], rules["horizon"], HORIZONS),
    )
    rows = rows.assign(kind_verdict=_judge_kind(rows), rhythm_verdict=_judge_rhythm(rows))
    rows = rows.assign(finding=_word_findings(rows))
    table = TABLES["metric_fit"]
    return conform(rows.sort_values(SERIES)[table.column_names], table)


def measure_intervals(measures: pd.DataFrame) -> pd.DataFrame:
    """How often each metric of each project is read.

    Args:
        measures: As for `measure_metric_fit`.

    Returns:
        `metric_id`, `project_id`, `reading_count`, `first_date`, `last_date`, `interval_days`
        (median days between readings of different days; missing with fewer than three).
    """
    readings = measures[[*SERIES, "measured_date", "value"]].sort_values([*SERIES, "measured_date"])
    known = readings[readings["value"].notna()]
    groups = known.groupby(SERIES, dropna=False)["measured_date"]
    days = groups.diff().dt.total_seconds() / 86_400
    gaps = known.assign(days=days.where(days > 0)).groupby(SERIES, dropna=False)["days"].median()
    found = groups.agg(reading_count="size", first_date="min", last_date="max")
    found = found.assign(interval_days=gaps.where(found["reading_count"] >= 3))
    whole = readings[SERIES].drop_duplicates()
    joined = whole.merge(found.reset_index(), on=SERIES, how="left", validate="one_to_one")
    return joined.assign(reading_count=joined["reading_count"].fillna(0).astype("Int64"))


def _horizon_days(projects: pd.DataFrame) -> pd.Series:
    finish = (
        projects["actual_finish_date"]
        .fillna(projects["forecast_finish_date"])
        .fillna(projects["baseline_finish_date"])
    )
    days = (finish - projects["start_date"]).dt.days.astype("float64")
    return days.where(days >= 0)


def _cut(days: pd.Series, ends: dict[str, float], names: tuple[str, ...]) -> pd.Series:
    """Class of a length in days; the last name is for all that is longer."""
    edges = [float("-inf"), *(float(ends[name]) for name in names[:-1]), float("inf")]
    return pd.cut(days, edges, labels=list(names)).astype("str").where(days.notna())


def _judge_kind(rows: pd.DataFrame) -> pd.Series:
    fits = read_reference("metric_fit.toml")["kind"]
    pairs = {(track, kind) for track, kinds in fits.items() for kind in kinds}
    is_fitting = pd.Series(
        [pair in pairs for pair in zip(rows["track"], rows["path_fit"], strict=True)],
        index=rows.index,
        dtype=bool,
    )
    # An operational metric beside a strategic one is a leading sign of the initiative.
    has_fitting = is_fitting.groupby(rows["project_id"]).transform("any").fillna(False).astype(bool)
    is_leading = (rows["track"] == "strategic") & (rows["path_fit"] == "operational") & has_fitting
    verdicts = pd.Series("wrong_kind", index=rows.index)
    verdicts = verdicts.mask(is_fitting | is_leading, "fits")
    verdicts = verdicts.mask(~rows["track"].isin(list(fits)), "not_judged")
    verdicts = verdicts.mask(rows["path_fit"] == "neither", "activity")
    return verdicts.mask(rows["path_fit"].isna(), "unknown")


def _judge_rhythm(rows: pd.DataFrame) -> pd.Series:
    rules = read_reference("metric_fit.toml")
    bounds = pd.DataFrame(rules["rhythm"])
    place = {cadence: number for number, cadence in enumerate(CADENCES)}
    bounds = bounds.assign(
        fastest=bounds["fastest"].map(place), slowest=bounds["slowest"].map(place)
    )
    # Without a horizon only what is wrong for every length is told.
    widest = bounds.groupby("track", as_index=False).agg(
        fastest=("fastest", "min"), slowest=("slowest", "max")
    )
    bounds = pd.concat([bounds, widest.assign(horizon="")])[
        ["track", "horizon", "fastest", "slowest"]
    ]
    keyed = rows[["track"]].assign(horizon=rows["horizon_type"].fillna(""))
    own = keyed.merge(bounds, on=["track", "horizon"], how="left", validate="many_to_one")
    own.index = rows.index
    read = rows["cadence"].map(place).astype("float64")
    is_late = rows["interval_days"] * rules["life"]["least_readings"] > rows["horizon_days"]
    is_late &= rows["track"] != "maintenance"
    verdicts = pd.Series("fits", index=rows.index)
    verdicts = verdicts.mask((read > own["slowest"]) | is_late, "too_slow")
    verdicts = verdicts.mask(read < own["fastest"], "too_fast")
    return verdicts.mask(read.isna() | own["fastest"].isna(), "not_judged")


def _word_findings(rows: pd.DataFrame) -> pd.Series:
    """What does not fit, in words."""
    work = rows["track"].map(_WORK) + _word_length(rows["horizon_days"])
    kind = rows["path_fit"].map({"operational": "an operational", "strategic": "a strategic"})
    wrong = kind + " metric on " + work
    activity = pd.Series("counts an activity, not an effect", index=rows.index)
    rhythm = "read " + rows["cadence"].astype("str") + " on " + work
    first = wrong.where(rows["kind_verdict"] == "wrong_kind", None)
    first = first.mask(rows["kind_verdict"] == "activity", activity)
    second = rhythm.where(rows["rhythm_verdict"].isin(["too_fast", "too_slow"]), None)
    both = (first.fillna("") + "; " + second.fillna("")).str.strip("; ")
    return both.where(both != "", None)


def _word_length(days: pd.Series) -> pd.Series:
    months = (days / 30.4).round()
    years = (days / 365.25).round(1)
    words = " of " + months.astype("Int64").astype("str") + " months"
    words = words.where(months != 1, " of one month").where(months != 0, " of days")
    long = " of " + years.map("{:g}".format).astype("str") + " years"
    return words.mask(months >= 24, long).where(days.notna(), "")
