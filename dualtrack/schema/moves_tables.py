"""The tables of moves between quarters: the ledger, flows, money moved, labels."""

from __future__ import annotations

from dualtrack.schema.portfolio_tables import LEVELS, STATUSES
from dualtrack.schema.sorting_tables import BLURS, TRACKS
from dualtrack.schema.table import Column, Table

__all__ = ["FLOW_STATES", "LABEL_DIRECTIONS", "MOVES", "MOVES_TABLES", "MOVED_QUANTITIES"]

MOVES = (
    "real change",
    "relabelled only",
    "label added",
    "label removed",
    "finished",
    "cancelled",
    "handed to run",
    "moved unit",
    "sorted anew",
    "new",
    "returned",
    "vanished",
    "unchanged",
)
LABEL_DIRECTIONS = ("toward what it is", "away from what it is", "open")
FLOW_STATES = (*TRACKS, "finished", "not listed")
MOVED_QUANTITIES = ("budget_cost", "effort_fte")

_quarter = Column("quarter_name", "text", "Quarter, `2026-Q3`")
_previous = Column("previous_name", "text", "Quarter it is compared with")
_project_id = Column("project_id", "text", "Tool and the tool's own key")
_title = Column("title", "text", "Name of the project")
_unit = Column("unit_name", "text", "Business unit")
_label = Column("declared_label", "text", "What the export calls it")
_budget = Column("budget_cost", "number", "Budget", "portfolio currency")
_fte = Column("effort_fte", "number", "Booked in the quarter", "FTE")
_status = Column("status_type", "text", "State in one vocabulary", "", STATUSES)
_quantity = Column("quantity_type", "text", "What is counted", "", MOVED_QUANTITIES)

STATES = Table(
    "states",
    "quarter x project",
    ("quarter_name", "project_id"),
    (
        _quarter,
        Column("as_of_date", "date", "Day the exports show"),
        _project_id,
        _title,
        Column("text_code", "text", "Changes when title, description or objective do"),
        _unit,
        Column("sponsor_level", "text", "Level of the sponsor", "", LEVELS),
        _status,
        _label,
        Column("declared_track", "text", "Called", "", TRACKS),
        Column("evidence_track", "text", "What its text says it is", "", TRACKS),
        Column("track", "text", "Is", "", TRACKS),
        Column("blur_type", "text", "Name of the disagreement", "", BLURS),
        Column("p_strategic", "number", "Calibrated probability", "0 to 1"),
        Column("p_operational", "number", "Calibrated probability", "0 to 1"),
        Column("p_maintenance", "number", "Calibrated probability", "0 to 1"),
        _budget,
        _fte,
    ),
)

MOVE_LEDGER = Table(
    "moves",
    "quarter x project, against the quarter before",
    ("quarter_name", "project_id"),
    (
        _quarter,
        _previous,
        _project_id,
        Column("earlier_id", "text", "Its key in the quarter before"),
        _title,
        Column("move_type", "text", "What happened", "", MOVES),
        Column("label_direction", "text", "Where a changed label went", "", LABEL_DIRECTIONS),
        _unit,
        Column("earlier_unit_name", "text", "Unit before"),
        Column("sponsor_level", "text", "Level of the sponsor", "", LEVELS),
        _label,
        Column("earlier_declared_label", "text", "What the export called it before"),
        Column("declared_track", "text", "Called", "", TRACKS),
        Column("earlier_declared_track", "text", "Called before", "", TRACKS),
        Column("track", "text", "Is", "", TRACKS),
        Column("earlier_track", "text", "Was", "", TRACKS),
        _status,
        Column("earlier_status_type", "text", "State before", "", STATUSES),
        _budget,
        Column("earlier_budget_cost", "number", "Budget before", "portfolio currency"),
        _fte,
        Column("earlier_effort_fte", "number", "Booked in the quarter before", "FTE"),
        Column("is_text_changed", "flag", "Title, description or objective changed"),
        Column("is_label_changed", "flag", "Called something else"),
        Column("is_unit_changed", "flag", "In another unit"),
    ),
)

TRACK_FLOWS = Table(
    "track_flows",
    "pair of quarters x state before x state after",
    ("previous_name", "quarter_name", "from_state", "to_state"),
    (
        _previous,
        _quarter,
        Column("from_state", "text", "Before", "", FLOW_STATES),
        Column("to_state", "text", "After", "", FLOW_STATES),
        Column("project_count", "count", "Projects", "projects"),
        Column("budget_cost", "number", "Their budget, before where known", "portfolio currency"),
    ),
)

REALLOCATION = Table(
    "reallocation",
    "pair of quarters x quantity",
    ("previous_name", "quarter_name", "quantity_type"),
    (
        _previous,
        _quarter,
        Column("quarter_count", "count", "Quarters between them", "quarters"),
        Column("is_span", "flag", "From the first quarter known to the last"),
        _quantity,
        Column("project_count", "count", "Projects in both with the amount known", "projects"),
        Column("unknown_count", "count", "Projects in both without it", "projects"),
        Column("known_amount", "number", "Amount before", "currency or FTE"),
        Column("track_amount", "number", "Of this, changed track in fact", "currency or FTE"),
        Column("sorted_amount", "number", "Of this, only sorted anew", "currency or FTE"),
        Column("unit_amount", "number", "Of this, changed unit", "currency or FTE"),
        Column("moved_share", "number", "Changed track in fact or unit", "0 to 1"),
        Column("unit_shift_share", "number", "Open work now in another unit", "0 to 1"),
        Column("track_shift_share", "number", "Open work now on another track, median", "0 to 1"),
        Column("shift_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("shift_high", "number", "Upper end of the 90 % interval", "0 to 1"),
    ),
)

RELABELLING = Table(
    "relabelling",
    "quarter, against the quarter before",
    ("quarter_name",),
    (
        _quarter,
        _previous,
        Column("start_date", "date", "First day a change may have been made"),
        Column("end_date", "date", "Last day a change may have been made"),
        Column("budget_date", "date", "Budget date whose window this touches; missing if none"),
        Column("labelled_count", "count", "Projects with a label in both quarters", "projects"),
        Column("relabelled_count", "count", "Relabelled only", "projects"),
        Column("toward_count", "count", "Of these, toward what they are", "projects"),
        Column("away_count", "count", "Of these, away from what they are", "projects"),
        _budget,
    ),
)

LABEL_INFLATION = Table(
    "label_inflation",
    "quarter x group",
    ("quarter_name", "group_type", "group_name"),
    (
        _quarter,
        Column("group_type", "text", "Kind of group", "", ("whole", "unit", "sponsor level")),
        Column("group_name", "text", "Unit, team or objective; `All` for the whole"),
        Column("called_count", "count", "Open projects called strategic", "projects"),
        Column("inflated_count", "count", "Of these, operational by the sort", "projects"),
        Column("share", "number", "Share that is operational, median of the draws", "0 to 1"),
        Column("share_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("share_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        _budget,
    ),
)

MOVES_TABLES = (STATES, MOVE_LEDGER, TRACK_FLOWS, REALLOCATION, RELABELLING, LABEL_INFLATION)
