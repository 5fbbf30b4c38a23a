"""The tables of the sort: a track per project, and the evidence for it."""

from __future__ import annotations

from dualtrack.schema.table import Column, Table

__all__ = ["BLURS", "SORTING_TABLES", "TRACKS"]

TRACKS = ("operational", "strategic", "maintenance", "undecided")
BLURS = (
    "none",
    "label inflation",
    "hidden strategy",
    "under-governed transformation",
    "over-governed improvement",
)
_project_id = Column("project_id", "text", "Tool and the tool's own key, `jira:OPS-142`")

SORTING = Table(
    "sorting",
    "project",
    ("project_id",),
    (
        _project_id,
        Column("declared_track", "text", "What the project is called; missing if not", "", TRACKS),
        Column("evidence_track", "text", "What its text says it is", "", TRACKS),
        Column("managed_track", "text", "How it is run; missing if not recorded", "", TRACKS),
        Column("track", "text", "A person's decision, else the evidence", "", TRACKS),
        Column("p_strategic", "number", "Calibrated probability", "0 to 1"),
        Column("p_operational", "number", "Calibrated probability", "0 to 1"),
        Column("p_maintenance", "number", "Calibrated probability", "0 to 1"),
        Column("coverage", "number", "Criteria that had something to read", "share, 0 to 1"),
        Column("decided_by", "text", "Who decided", "", ("evidence", "person", "learned")),
        Column("undecided_reason", "text", "Why not decided", "", ("thin", "conflict")),
        Column("blur_type", "text", "Named disagreement of the readings", "", BLURS),
    ),
)

EVIDENCE = Table(
    "evidence",
    "project x reading x criterion x quote",
    (),
    (
        _project_id,
        Column("reading", "text", "Which reading", "", ("declared", "evidence", "managed")),
        Column("criterion_id", "text", "Criterion of that reading"),
        Column("says", "text", "The criterion in words"),
        Column("toward_track", "text", "Track it speaks for", "", TRACKS[:3]),
        Column("column_name", "text", "Column it was read in"),
        Column("quote", "text", "Words of the cell, exactly as they stand"),
        Column("value", "text", "Value compared, where it is no text"),
        Column("contribution", "number", "Weight it adds to its track's score", "log-odds"),
    ),
)

SORTING_TABLES = (SORTING, EVIDENCE)
