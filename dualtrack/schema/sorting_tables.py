"""The tables of the sort: a track per project, and the evidence for it."""

from __future__ import annotations

from dualtrack.schema.table import Column, Table

__all__ = ["BLURS", "DECIDED_BY", "SECOND_READER_FAULTS", "SORTING_TABLES", "TRACKS"]

TRACKS = ("operational", "strategic", "maintenance", "undecided")
BLURS = (
    "none",
    "label inflation",
    "hidden strategy",
    "under-governed transformation",
    "over-governed improvement",
)
DECIDED_BY = ("evidence", "person", "learned", "second_reader")
# Why a second reading is missing: what came back could not be used, nothing came back, or nothing
# was asked.
SECOND_READER_FAULTS = (
    "refusal",
    "not JSON",
    "wrong schema",
    "quote not in text",
    "too long",
    "timeout",
    "rate limited",
    "server error",
    "no connection",
    "request refused",
    "not asked",
    "no text",
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
        Column(
            "track",
            "text",
            "A person's decision, else the evidence's, else a second reader's",
            "",
            TRACKS,
        ),
        Column("p_strategic", "number", "Calibrated probability", "0 to 1"),
        Column("p_operational", "number", "Calibrated probability", "0 to 1"),
        Column("p_maintenance", "number", "Calibrated probability", "0 to 1"),
        Column("coverage", "number", "Criteria that had something to read", "share, 0 to 1"),
        Column("decided_by", "text", "Who decided", "", DECIDED_BY),
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

SECOND_READINGS = Table(
    "second_readings",
    "project x quote of the second reader (one row without a quote where it has none)",
    (),
    (
        _project_id,
        Column("second_track", "text", "Track the second reader gives", "", TRACKS),
        Column("confidence", "number", "The reader's own word, not calibrated", "0 to 1"),
        Column("quote", "text", "Words of the cell, exactly as they stand"),
        Column("column_name", "text", "Column of the quote", "", ("title", "description")),
        Column("model", "text", "Model that was asked"),
        Column("from_cache", "flag", "Answered in an earlier run"),
        Column("fault", "text", "Why there is no reading", "", SECOND_READER_FAULTS),
    ),
)

SECOND_AGREEMENT = Table(
    "second_agreement",
    "track the evidence gives (`All` for the three together)",
    ("evidence_track",),
    (
        Column("evidence_track", "text", "Track the evidence gives; `All` for the whole"),
        Column("project_count", "count", "Projects that both decide", "projects"),
        Column("agreed_count", "count", "Of these, given the same track by both", "projects"),
        Column("agreed_share", "number", "Their share", "0 to 1"),
        Column("kappa", "number", "Cohen's kappa; of one track, against the other two", "-1 to 1"),
        Column("kappa_low", "number", "Lower end of its 90 % interval", "-1 to 1"),
        Column("kappa_high", "number", "Upper end of its 90 % interval", "-1 to 1"),
    ),
)

SORTING_TABLES = (SORTING, EVIDENCE, SECOND_READINGS, SECOND_AGREEMENT)
