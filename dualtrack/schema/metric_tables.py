"""The tables of metrics: fit, coherence, bowler, X-matrix."""

from __future__ import annotations

from dualtrack.schema.control_tables import SIGNALS
from dualtrack.schema.sorting_tables import TRACKS
from dualtrack.schema.table import Column, Table

__all__ = [
    "CADENCES",
    "COHERENCE_TYPES",
    "HORIZONS",
    "KIND_VERDICTS",
    "METRIC_TABLES",
    "RHYTHM_VERDICTS",
    "XMATRIX_CHECK_TYPES",
    "XMATRIX_TYPES",
]

CADENCES = ("daily", "weekly", "monthly", "quarterly", "annual")
USUAL_CADENCES = (*CADENCES, "milestone")
HORIZONS = ("short", "medium", "long")
KIND_VERDICTS = ("fits", "wrong_kind", "activity", "unknown", "not_judged")
RHYTHM_VERDICTS = ("fits", "too_fast", "too_slow", "not_judged")
COHERENCE_TYPES = (
    "two_units",
    "two_levels",
    "two_directions",
    "opposed",
    "against_usual",
    "stale",
    "no_owner",
    "no_baseline",
    "no_target",
    "no_metric",
)
AGGREGATIONS = ("sum", "mean", "last")
XMATRIX_TYPES = ("breakthrough", "aim", "priority", "measure", "owner")
XMATRIX_CHECK_TYPES = (
    "orphan_priority",
    "objective_not_exported",
    "unsupported_breakthrough",
    "unsupported_aim",
    "aim_without_breakthrough",
    "priority_without_measure",
    "measure_without_one_owner",
    "overloaded_owner",
    "dense_links",
    "many_breakthroughs",
)

_metric_id = Column("metric_id", "text", "Metric")
_metric_project = Column("project_id", "text", "Project it follows; may be missing")
_title = Column("title", "text", "Name of the project")
_track = Column("track", "text", "Track of the project", "", TRACKS)
_lexicon = Column("lexicon_name", "text", "Metric of the lexicon it was matched to")
_match = Column("match_type", "text", "How", "", ("exact", "alike", "part", "unknown"))
_nearest = Column("nearest_name", "text", "Nearest metric of the lexicon")
_fit = Column(
    "path_fit", "text", "Kind of metric", "", ("operational", "strategic", "both", "neither")
)
_usual = Column("usual_cadence", "text", "How often it is usually read", "", USUAL_CADENCES)
_better = Column("better_when", "text", "Direction", "", ("higher", "lower", "target"))

METRIC_NAMES = Table(
    "metric_names",
    "name of a metric",
    ("metric_id",),
    (
        _metric_id,
        _lexicon,
        _match,
        Column("match_score", "number", "Likeness to the nearest alias", "0 to 100"),
        _nearest,
        _fit,
        _usual,
        Column(
            "usual_direction",
            "text",
            "Usual direction",
            "",
            ("higher", "lower", "target", "neutral"),
        ),
        Column("aggregation", "text", "How a month is made of its readings", "", AGGREGATIONS),
    ),
)

METRIC_FIT = Table(
    "metric_fit",
    "metric x project",
    ("metric_id", "project_id"),
    (
        _metric_id,
        _metric_project,
        _title,
        _track,
        _lexicon,
        _match,
        _nearest,
        _fit,
        _usual,
        Column("reading_count", "count", "Readings", "readings"),
        Column("interval_days", "number", "Median days between readings", "days"),
        Column("cadence", "text", "How often it is read, from the readings", "", CADENCES),
        Column("horizon_days", "number", "Start to finish of the project", "days"),
        Column("horizon_type", "text", "Length class of the project", "", HORIZONS),
        Column("kind_verdict", "text", "Kind against track", "", KIND_VERDICTS),
        Column("rhythm_verdict", "text", "Cadence against track, horizon", "", RHYTHM_VERDICTS),
        Column("finding", "text", "What does not fit, in words; missing if it fits"),
    ),
)

COHERENCE = Table(
    "coherence",
    "finding about a metric or a project",
    ("finding_type", "metric_id", "project_id"),
    (
        Column("finding_type", "text", "What is wrong", "", COHERENCE_TYPES),
        _metric_id,
        Column("project_id", "text", "Project concerned; may be missing"),
        _title,
        _track,
        Column("says", "text", "The finding in words"),
    ),
)

COUNTERMEASURES = Table(
    "countermeasures",
    "countermeasure to a miss",
    (),
    (
        _metric_id,
        Column("project_id", "text", "Project; missing if it holds for the metric"),
        Column("month", "date", "Month of the miss; missing if it holds for all"),
        Column("countermeasure", "text", "What is done"),
        Column("owner", "text", "Who does it"),
        Column("due_date", "date", "By when"),
    ),
)

BOWLER = Table(
    "bowler",
    "metric x project x month",
    ("metric_id", "project_id", "month"),
    (
        _metric_id,
        _metric_project,
        Column("month", "date", "First day of the month"),
        Column("plan_value", "number", "Plan of the month", "unit_code"),
        Column("actual_value", "number", "Actual of the month; missing is blank", "unit_code"),
        Column("is_miss", "flag", "Worse than plan; missing if blank or without plan"),
        Column("signal_type", "text", "What the month's reading says", "", SIGNALS),
    ),
)

BOWLER_MEASURES = Table(
    "bowler_measures",
    "metric x project on the bowler",
    ("metric_id", "project_id"),
    (
        _metric_id,
        _metric_project,
        _title,
        Column("unit_code", "text", "Unit of the reading"),
        _better,
        Column("aggregation", "text", "How a month is made of its readings", "", AGGREGATIONS),
        Column("aggregation_source", "text", "Who says so", "", ("settings", "lexicon", "default")),
        Column("start_value", "number", "Start point: last month before the year", "unit_code"),
        Column("target_value", "number", "Target of the year", "unit_code"),
        Column("actual_value", "number", "Last actual, or the sum to date", "unit_code"),
        Column("last_month", "date", "Last month with an actual"),
        Column("miss_count", "count", "Months missed", "months"),
        Column("judged_count", "count", "Months with plan and actual", "months"),
        Column("is_last_miss", "flag", "The last month with an actual was missed"),
        Column("months_left", "count", "Months of the year after the last actual", "months"),
        Column("is_cumulative", "flag", "The target is met by the sum of the year's months"),
        Column("catch_up_value", "number", "Each month left: amount, or change", "unit_code"),
        Column("month_count", "count", "Months the process limits rest on", "months"),
        Column("signal_type", "text", "What the last month says", "", SIGNALS),
        Column("verdict", "text", "What to do about the last month, in words"),
        Column("countermeasure", "text", "Countermeasure to the last miss, or that there is none"),
        Column("open_miss_count", "count", "Misses without owner and date of one", "months"),
    ),
)

XMATRIX = Table(
    "xmatrix",
    "item on the X-matrix",
    ("item_type", "item_id"),
    (
        Column("item_type", "text", "Arm of the X", "", XMATRIX_TYPES),
        Column("item_id", "text", "Objective, project, metric or owner"),
        Column("item_name", "text", "What a reader sees; owners as numbers"),
        Column("budget_cost", "number", "Budget of a priority", "portfolio currency"),
        Column("is_drawn", "flag", "On the drawing: among the largest, or tied to one of them"),
    ),
)

XMATRIX_LINKS = Table(
    "xmatrix_links",
    "tie of two items",
    ("from_type", "from_id", "to_type", "to_id"),
    (
        Column("from_type", "text", "Arm of the one", "", XMATRIX_TYPES),
        Column("from_id", "text", "The one"),
        Column("to_type", "text", "Arm of the other", "", XMATRIX_TYPES),
        Column("to_id", "text", "The other"),
        Column("is_stated", "flag", "Stated in an export; else follows from stated ties"),
    ),
)

XMATRIX_CHECKS = Table(
    "xmatrix_checks",
    "finding on the X-matrix",
    ("check_type", "item_id"),
    (
        Column("check_type", "text", "What was checked", "", XMATRIX_CHECK_TYPES),
        Column("item_id", "text", "Item concerned"),
        Column("item_name", "text", "What a reader sees; owners as numbers"),
        Column("says", "text", "The finding in words"),
    ),
)

METRIC_TABLES = (
    METRIC_NAMES,
    METRIC_FIT,
    COHERENCE,
    COUNTERMEASURES,
    BOWLER,
    BOWLER_MEASURES,
    XMATRIX,
    XMATRIX_LINKS,
    XMATRIX_CHECKS,
)
