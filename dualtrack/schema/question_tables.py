"""The tables of the five questions and of the decisions a review took."""

from __future__ import annotations

from dualtrack.schema.table import Column, Table

__all__ = ["FOLLOW_UP_TYPES", "QUESTION_TABLES", "SINCE_TYPES", "SUBJECT_TYPES"]

SUBJECT_TYPES = ("project", "objective", "metric", "forum", "month", "people")
FOLLOW_UP_TYPES = ("done", "dropped", "due", "overdue")
SINCE_TYPES = ("better", "worse", "no signal", "no readings", "no metric")

_question_id = Column("question_id", "text", "Question 1 to 5")
_part_id = Column("part_id", "text", "Part of the question")
_score = (
    Column("score", "number", "0 to 100; missing with too little to go by", "points"),
    Column("score_low", "number", "Lower end of the 90 % interval", "points"),
    Column("score_high", "number", "Upper end of the 90 % interval", "points"),
)

CHECKS = Table(
    "checks",
    "part of a question x thing looked at",
    ("question_id", "part_id", "subject_id"),
    (
        _question_id,
        _part_id,
        Column("subject_type", "text", "What was looked at", "", SUBJECT_TYPES),
        Column("subject_id", "text", "Its key: project_id, objective_id, metric, forum, month"),
        Column("title", "text", "Its name"),
        Column("met_count", "count", "As they should be: one or none, more for people and items"),
        Column("checked_count", "count", "Looked at: one, more for people and agenda items"),
        Column("budget_cost", "number", "Money at stake", "portfolio currency"),
    ),
)

QUESTION_PARTS = Table(
    "question_parts",
    "part of a question",
    ("question_id", "part_id"),
    (
        _question_id,
        _part_id,
        Column("met", "text", "What is counted, in words"),
        Column("weight", "number", "Weight within the question", "0 to 1"),
        Column("met_count", "count", "As they should be", ""),
        Column("checked_count", "count", "Looked at", ""),
        Column("share", "number", "Met, of those looked at", "0 to 1"),
        Column("share_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("share_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        Column("lost_points", "number", "What it keeps the score from 100", "points"),
    ),
)

SCORECARD = Table(
    "scorecard",
    "question",
    ("question_id",),
    (
        _question_id,
        Column("asks", "text", "The question"),
        Column("short", "text", "The question in two words"),
        *_score,
        Column("known_weight", "number", "Weight of the parts that could be checked", "0 to 1"),
        Column("checked_count", "count", "Things looked at", ""),
        Column("weakest_part", "text", "Part that loses the most points"),
        Column("lost_points", "number", "What mending it would gain", "points"),
        Column("mend", "text", "What would raise the score, in words"),
        Column("evidence", "text", "Up to three of the weakest part's findings, the dearest first"),
        Column("leaders_score", "number", "Leaders' own rating", "points"),
        Column("rater_count", "count", "Leaders who rated", "people"),
        Column("gap", "number", "Leaders' rating less the score", "points"),
    ),
)

SCORECARD_TREND = Table(
    "scorecard_trend",
    "quarter x question",
    ("quarter_name", "question_id"),
    (
        Column("quarter_name", "text", "Such as 2026-Q3"),
        _question_id,
        *_score,
    ),
)

REVIEW_DECISIONS = Table(
    "review_decisions",
    "decision an earlier review took",
    ("decision_id",),
    (
        Column("decision_id", "text", "Key of the decision"),
        Column("decided_at", "date", "Day it was taken"),
        Column("decision", "text", "What was decided"),
        Column("due_date", "date", "By when"),
        Column("done_at", "date", "When it was done"),
        Column("dropped_at", "date", "When it was given up"),
        Column("metric_id", "text", "Metric it was to move"),
    ),
)

FOLLOW_UP = Table(
    "follow_up",
    "decision of an earlier review",
    ("decision_id",),
    (
        Column("decision_id", "text", "Key of the decision"),
        Column("decided_at", "date", "Day it was taken"),
        Column("decision", "text", "What was decided"),
        Column("due_date", "date", "By when"),
        Column("done_at", "date", "When it was done"),
        Column("state_type", "text", "How far it is", "", FOLLOW_UP_TYPES),
        Column("metric_id", "text", "Metric it was to move"),
        Column("since_type", "text", "What the metric says since", "", SINCE_TYPES),
        Column("since_count", "count", "Readings since", "readings"),
    ),
)

QUESTION_TABLES = (CHECKS, QUESTION_PARTS, SCORECARD, SCORECARD_TREND, REVIEW_DECISIONS, FOLLOW_UP)
