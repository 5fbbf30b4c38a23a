"""The tables of change between quarters, the polarity map and the watchlist."""

from __future__ import annotations

from dualtrack.schema.portfolio_tables import LEVELS, STATUSES
from dualtrack.schema.sorting_tables import BLURS, TRACKS
from dualtrack.schema.table import Column, Table

__all__ = [
    "FOLLOW_TYPES",
    "LIMIT_TYPES",
    "QUADRANTS",
    "REACTIVE_SIGNALS",
    "SIGN_STATES",
    "STEERING_TABLES",
]

REACTIVE_SIGNALS = (
    "priority changes",
    "re-baselines",
    "slipped dates",
    "unplanned starts",
    "starts without objective",
    "finishes past baseline",
)
LIMIT_TYPES = ("limits", "trial limits", "no limits")
FOLLOW_TYPES = ("same objective", "same unit", "none", "too early", "no finish date")
QUADRANTS = (
    "operational upside",
    "operational overuse",
    "strategic upside",
    "strategic overuse",
)
SIGN_STATES = ("quiet", "watch", "warning", "not known")

_project_id = Column("project_id", "text", "Tool and the tool's own key, `jira:OPS-142`")
_title = Column("title", "text", "Name of the project")
_unit_name = Column("unit_name", "text", "Business unit")
_track = Column("track", "text", "Is", "", TRACKS)
_budget = Column("budget_cost", "number", "Budget", "portfolio currency")
_quarter = Column("quarter_name", "text", "Quarter, `2026-Q3`")
_as_of = Column("as_of_date", "date", "Day the exports show")

HISTORY = Table(
    "history",
    "quarter x project",
    ("quarter_name", "project_id"),
    (
        _quarter,
        _as_of,
        _project_id,
        _title,
        _unit_name,
        Column("team_name", "text", "Team"),
        Column("status_type", "text", "State in one vocabulary", "", STATUSES),
        Column("sponsor_level", "text", "Level of the sponsor", "", LEVELS),
        Column("objective_id", "text", "Objective it serves"),
        Column("start_date", "date", "Start, actual if known, else planned"),
        Column("baseline_finish_date", "date", "Finish as first approved"),
        Column("forecast_finish_date", "date", "Finish as expected now"),
        Column("actual_finish_date", "date", "Finish as it happened"),
        _budget,
        Column("review_forum", "text", "Meeting that reviews it"),
        Column("review_interval_days", "number", "Days between reviews", "days"),
        Column("last_review_date", "date", "Last review"),
        Column("declared_track", "text", "Called", "", TRACKS),
        _track,
        Column("managed_track", "text", "Run as", "", TRACKS),
        Column("blur_type", "text", "Name of the disagreement", "", BLURS),
    ),
)

REACTIVE = Table(
    "reactive",
    "signal x quarter or month",
    ("period_type", "signal_type", "period_date"),
    (
        Column("period_type", "text", "Length of the period", "", ("quarter", "month")),
        Column("signal_type", "text", "What happened", "", REACTIVE_SIGNALS),
        Column("period_date", "date", "First day of the period"),
        Column("period_name", "text", "Its name"),
        Column("event_count", "count", "Projects it happened to", "projects"),
        Column("base_count", "count", "Projects it could have happened to", "projects"),
        Column("share", "number", "Events of the base", "0 to 1"),
        Column("centre_value", "number", "Centre line of the shares", "0 to 1"),
        Column("lower_limit", "number", "Lower natural process limit", "0 to 1"),
        Column("upper_limit", "number", "Upper natural process limit", "0 to 1"),
        Column("limit_type", "text", "How much the limits carry", "", LIMIT_TYPES),
        Column("signal_words", "text", "The rule that speaks for it; missing without a signal"),
    ),
)

FOLLOW_ON = Table(
    "follow_on",
    "closed strategic initiative",
    ("project_id",),
    (
        _project_id,
        _title,
        _unit_name,
        Column("objective_id", "text", "Objective it serves"),
        Column("actual_finish_date", "date", "Finish as it happened"),
        _budget,
        Column("follow_type", "text", "Improvement that followed it", "", FOLLOW_TYPES),
        Column("follow_project_id", "text", "The first such improvement"),
        Column("follow_title", "text", "Its name"),
        Column("follow_start_date", "date", "Its start"),
        Column("waited_days", "number", "Finish to that start, else to the exports", "days"),
    ),
)

SIGNS = Table(
    "signs",
    "quarter x sign: a number another analysis found",
    ("quarter_name", "sign_id"),
    (
        _quarter,
        Column("sign_id", "text", "Sign of `reference/polarity.toml`"),
        Column("value", "number", "What was found; missing if not known", "0 to 1 or a number"),
        Column("base_count", "count", "What it rests on", "projects"),
    ),
)

POLARITY = Table(
    "polarity",
    "quarter x sign",
    ("quarter_name", "sign_id"),
    (
        _quarter,
        Column("sign_id", "text", "Sign of `reference/polarity.toml`"),
        Column("quadrant_type", "text", "Where on the map it stands", "", QUADRANTS),
        Column("says", "text", "The sign in words"),
        Column("value", "number", "What was found; missing if not known", "0 to 1 or a number"),
        Column("unit_code", "text", "share or days"),
        Column("base_count", "count", "What it rests on", "projects"),
        Column("watch_value", "number", "From here on it is watched", "as the value"),
        Column("warning_value", "number", "From here on it is a warning", "as the value"),
        Column("better_when", "text", "Direction", "", ("higher", "lower", "target")),
        Column("sign_type", "text", "State", "", SIGN_STATES),
        Column("needs", "text", "Columns that would let it be known"),
    ),
)

WATCHLIST = Table(
    "watchlist",
    "project to talk about",
    ("project_id",),
    (
        Column("rank", "count", "Order of talking", ""),
        _project_id,
        _title,
        _unit_name,
        _track,
        _budget,
        Column("rule_id", "text", "Rule that put it there"),
        Column("rule_words", "text", "That rule in words"),
        Column("because", "text", "The fact it met"),
        Column("weight", "number", "Weight of the rule", ""),
        Column("other_rules", "text", "Other rules it meets"),
        Column("ask", "text", "What to ask about it"),
        Column("met_count", "count", "Projects that meet any rule, listed or not", "projects"),
    ),
)

STEERING_TABLES = (HISTORY, REACTIVE, FOLLOW_ON, SIGNS, POLARITY, WATCHLIST)
