"""The tables of process behaviour charts."""

from __future__ import annotations

from dualtrack.schema.table import Column, Table

__all__ = ["ASSURANCES", "CONTROL_TABLES", "SIGNALS"]

SIGNALS = (
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
)
ASSURANCES = ("consistent_pass", "consistent_fail", "inconsistent")

_metric_id = Column("metric_id", "text", "Metric")
_metric_project = Column("project_id", "text", "Project it follows; may be missing")
_phase = Column("phase", "count", "Stretch between rebases, from 1")
_centre = Column("centre_value", "number", "Centre line: mean or median of the phase", "unit_code")
_limits = (
    Column("lower_limit", "number", "Lower natural process limit", "unit_code"),
    Column("upper_limit", "number", "Upper natural process limit", "unit_code"),
    Column("range_limit", "number", "Upper limit of moving ranges", "unit_code"),
)
_aims = (
    Column("better_when", "text", "Direction", "", ("higher", "lower", "target")),
    Column("target_value", "number", "Target", "unit_code"),
)
_basis = (
    Column("moving_range_value", "number", "Mean or median moving range", "unit_code"),
    Column("reading_count", "count", "Readings the limits rest on", "readings"),
    Column("missing_count", "count", "Readings missing", "readings"),
    Column("screened_count", "count", "Moving ranges left out as outlying", ""),
    Column("is_trial", "flag", "Trial limits: fewer than 13 readings"),
    Column("rule_set", "text", "Rule set and its rules, in words"),
    Column("limit_method", "text", "How the limits are made, with the constant"),
    Column("decimal_count", "count", "Decimals that print a moving range to two figures", ""),
)

REBASES = Table(
    "rebases",
    "stated change of a process",
    ("metric_id", "start_date"),
    (
        _metric_id,
        Column("start_date", "date", "First day of the new limits"),
        Column("cause", "text", "Why the limits begin anew"),
    ),
)

CONTROL_LIMITS = Table(
    "control_limits",
    "metric x project x phase",
    ("metric_id", "project_id", "phase"),
    (
        _metric_id,
        _metric_project,
        _phase,
        Column("start_date", "date", "First reading of the phase"),
        Column("end_date", "date", "Last reading of the phase"),
        Column("cause", "text", "Why the limits begin anew; missing for the first phase"),
        _centre,
        *_limits,
        *_basis,
    ),
)

CONTROL = Table(
    "control",
    "reading of a metric on its process behaviour chart",
    ("metric_id", "project_id", "measured_date"),
    (
        _metric_id,
        _metric_project,
        Column("measured_date", "date", "Day of the reading"),
        Column("value", "number", "Reading", "unit_code"),
        *_aims,
        _phase,
        _centre,
        *_limits,
        Column("moving_range", "number", "Distance from the reading before", "unit_code"),
        Column("rules", "text", "Rules it is part of, blank between; missing if none"),
        Column("signal_words", "text", "The rule that speaks for it, in words"),
        Column("signal_type", "text", "What the signal means; missing without limits", "", SIGNALS),
        Column("is_range_outside", "flag", "Moving range above its limit"),
    ),
)

CONTROL_VERDICTS = Table(
    "control_verdicts",
    "metric x project",
    ("metric_id", "project_id"),
    (
        _metric_id,
        _metric_project,
        *_aims,
        _phase,
        Column("last_date", "date", "Day of the last reading"),
        Column("last_value", "number", "Last reading", "unit_code"),
        Column("variation_type", "text", "What the last reading says", "", SIGNALS),
        Column("signal_words", "text", "The rule that speaks for it, in words"),
        Column("assurance_type", "text", "Target against the limits", "", ASSURANCES),
        Column("signal_count", "count", "Readings that are part of a signal", "readings"),
        Column("range_signal_count", "count", "Moving ranges above their limit", ""),
        _centre,
        *_limits,
        *_basis,
    ),
)

CONTROL_TABLES = (REBASES, CONTROL_LIMITS, CONTROL, CONTROL_VERDICTS)
