"""The tables of rhythm, forums and blur."""

from __future__ import annotations

from dualtrack.schema.portfolio_tables import LEVELS
from dualtrack.schema.sorting_tables import BLURS, TRACKS
from dualtrack.schema.table import Column, Table

__all__ = [
    "FITS",
    "FORUM_TYPES",
    "GATE_TYPES",
    "GOVERNANCE_TABLES",
    "HORIZON_TYPES",
    "REVIEW_TYPES",
    "RHYTHM_TYPES",
    "SEPARATION_TYPES",
    "SPONSOR_TYPES",
]

FITS = ("fits", "no norm", "not recorded")
RHYTHM_TYPES = (*FITS, "too often", "too seldom")
SPONSOR_TYPES = (*FITS, "too low", "too high")
GATE_TYPES = (*FITS, "missing", "not needed")
HORIZON_TYPES = (*FITS, "too short", "too long")
REVIEW_TYPES = ("held", "overdue", "never held", "not due", "not recorded")
FORUM_TYPES = (*FITS, "other path")
SEPARATION_TYPES = ("apart", "partly apart", "hardly apart", "open", "too few")

_project_id = Column("project_id", "text", "Tool and the tool's own key, `jira:OPS-142`")
_title = Column("title", "text", "Name of the project")
_unit_name = Column("unit_name", "text", "Business unit")
_track = Column("track", "text", "Is", "", TRACKS)
_budget = Column("budget_cost", "number", "Budget", "portfolio currency")

RHYTHM = Table(
    "rhythm",
    "open project and how it is followed up",
    ("project_id",),
    (
        _project_id,
        _title,
        _unit_name,
        _track,
        _budget,
        Column("review_forum", "text", "Meeting that reviews it"),
        Column("forum_track", "text", "Path that forum is one of", "", TRACKS),
        Column("forum_type", "text", "Whether that forum is one of its path", "", FORUM_TYPES),
        Column("review_interval_days", "number", "Days between reviews", "days"),
        Column("rhythm_type", "text", "Against the norm of its path", "", RHYTHM_TYPES),
        Column("last_review_date", "date", "Last review"),
        Column("due_date", "date", "Last review and one interval"),
        Column("overdue_days", "number", "Days since it was due; negative before", "days"),
        Column("review_type", "text", "Whether reviews are held", "", REVIEW_TYPES),
        Column("sponsor_level", "text", "Level of the sponsor", "", LEVELS),
        Column("sponsor_type", "text", "Against the norm of its path", "", SPONSOR_TYPES),
        Column("gate_count", "count", "Gates recorded", "gates"),
        Column("late_gate_count", "count", "Gates past their day and not passed", "gates"),
        Column("gate_type", "text", "Against the norm of its path", "", GATE_TYPES),
        Column("horizon_days", "number", "Start to baseline finish", "days"),
        Column("horizon_type", "text", "Against the norm of its path", "", HORIZON_TYPES),
    ),
)

RHYTHM_SHARES = Table(
    "rhythm_shares",
    "path x check",
    ("track", "check_type"),
    (
        _track,
        Column("check_type", "text", "What does not fit"),
        Column("project_count", "count", "Open projects decided for the path", "projects"),
        Column("known_count", "count", "Of these, with the column recorded", "projects"),
        Column("misfit_count", "count", "Of these, that do not fit", "projects"),
        Column("share", "number", "Misfits among the recorded, median of the draws", "0 to 1"),
        Column("share_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("share_high", "number", "Upper end of the 90 % interval", "0 to 1"),
    ),
)

FORUMS = Table(
    "forums",
    "unit x forum",
    ("unit_name", "review_forum"),
    (
        _unit_name,
        Column("review_forum", "text", "Meeting that reviews it"),
        Column("operational_count", "count", "Open operational projects", "projects"),
        Column("strategic_count", "count", "Open strategic projects", "projects"),
        Column("maintenance_count", "count", "Open maintenance projects", "projects"),
        Column("undecided_count", "count", "Open undecided projects", "projects"),
        Column("minority_count", "count", "Projects of the smaller path", "projects"),
        Column("p_mixed", "number", "Probability that both paths are there", "0 to 1"),
        Column("is_mixed", "flag", "Both paths are there"),
        _budget,
    ),
)

SEPARATION = Table(
    "separation",
    "feature of governance against the path",
    ("feature_type",),
    (
        Column("feature_type", "text", "Forum, rhythm, sponsor level or gates"),
        Column("project_count", "count", "Open projects on the two paths with it", "projects"),
        Column("category_count", "count", "Different values of it", ""),
        Column("cramers_v", "number", "Bias-corrected Cramér's V", "0 to 1"),
        Column("v_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("v_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        Column("separation_type", "text", "What the interval allows", "", SEPARATION_TYPES),
    ),
)

READINGS = Table(
    "readings",
    "project and its three readings",
    ("project_id",),
    (
        _project_id,
        _title,
        _unit_name,
        Column("source_tool", "text", "Tool it is listed in"),
        Column("declared_label", "text", "What the export calls it"),
        Column("declared_track", "text", "Called", "", TRACKS),
        _track,
        Column("managed_track", "text", "Run as", "", TRACKS),
        Column("blur_type", "text", "Name of the disagreement", "", BLURS),
        Column("second_blur_type", "text", "Second disagreement", "", BLURS),
        Column("is_split", "flag", "Called one path and run as the other"),
        Column("is_form_made", "flag", "The label is what the tool's form offers"),
        _budget,
        Column("run_says", "text", "How it is run, in words"),
        Column("says", "text", "Strongest evidence, in words"),
        Column("quote", "text", "Strongest evidence, quoted"),
        Column("p_track", "number", "Probability of the track it is on", "0 to 1"),
        Column("mend", "text", "The one change that would mend it first"),
        Column("mend_more", "text", "Further changes until it reads as one path"),
    ),
)

CONFUSION = Table(
    "confusion",
    "called x is x run",
    ("declared_track", "track", "managed_track"),
    (
        Column("declared_track", "text", "What it is called; `undeclared` without a label"),
        _track,
        Column("managed_track", "text", "How it is run; `not recorded` without a sign"),
        Column("project_count", "count", "Projects", "projects"),
        _budget,
        Column("unknown_count", "count", "Projects without that quantity", "projects"),
    ),
)

FORMS = Table(
    "forms",
    "tool x path: what its form makes of the work",
    ("source_tool", "track"),
    (
        Column("source_tool", "text", "Tool it is listed in"),
        _track,
        Column("column_name", "text", "Column concerned"),
        Column("declared_label", "text", "Wrong label most often chosen"),
        Column("project_count", "count", "Projects of that path in the tool", "projects"),
        Column("labelled_count", "count", "Of these, with a label that names a path", "projects"),
        Column("wrong_count", "count", "Of these, with that one wrong label", "projects"),
        Column("right_count", "count", "Of these, with a label of their own path", "projects"),
        Column("share", "number", "Wrong among the labelled", "0 to 1"),
        Column("share_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("share_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        Column("is_form_made", "flag", "The label is what the tool's form offers"),
    ),
)

GOVERNANCE_TABLES = (
    RHYTHM,
    RHYTHM_SHARES,
    FORUMS,
    SEPARATION,
    READINGS,
    CONFUSION,
    FORMS,
)
