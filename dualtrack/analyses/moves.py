"""The migration ledger: what became of each project from one quarter to the next."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.moves_states import CLOSED, match_quarters
from dualtrack.schema import TABLES, TRACKS, conform, empty_frame
from dualtrack.schema.moves_tables import FLOW_STATES

__all__ = ["list_quarters", "measure_flows", "measure_moves"]

_PATHS = ("operational", "strategic")
_EARLIER = (
    "unit_name",
    "declared_label",
    "declared_track",
    "track",
    "status_type",
    "budget_cost",
    "effort_fte",
)


def measure_moves(states: pd.DataFrame) -> pd.DataFrame:
    """What happened to every project between each quarter and the one before it.

    A project is the same one by its key, else by its title in the same unit. Of several things
    that happened the first of this list names the move; the flags keep the others:

    * real change: its title, description or objective changed, and with them its track;
    * relabelled only: called another track, while its words or what they say stayed;
    * cancelled, finished: so since the quarter before;
    * handed to run: from one of the two paths to maintenance, by its label;
    * label added, label removed: called nothing before, or nothing now;
    * moved unit: in another unit;
    * sorted anew: its words stayed and its track did not (its work items, or a person, decided), or
      they changed and one of its tracks is undecided;
    * new, returned (new, and known two or more quarters ago), vanished (open, and gone);
    * unchanged: none of these.

    A closed project that leaves the list is no move and has no row.

    Args:
        states: As `gather_states` returns.

    Returns:
        The `moves` table, oldest pair of quarters first; empty with fewer than two quarters.
    """
    quarters = list_quarters(states)
    parts = []
    for place in range(1, len(quarters)):
        before, after = (_of_quarter(states, quarters[place - step]) for step in (1, 0))
        known = states.loc[states["quarter_name"].isin(quarters[: place - 1]), "project_id"]
        rows = pair_states(before, after)
        rows = rows.assign(move_type=_name_moves(rows, set(known)))
        is_gone = rows["is_gone"] & rows["earlier_status_type"].isin(CLOSED)
        parts.append(rows[~is_gone].assign(label_direction=_direct_labels(rows)))
    if not parts:
        return empty_frame(TABLES["moves"])
    whole = pd.concat(parts, ignore_index=True)
    return conform(whole[TABLES["moves"].column_names], TABLES["moves"])


def measure_flows(states: pd.DataFrame) -> pd.DataFrame:
    """Projects by track before and after, for each pair of quarters that follow each other.

    Args:
        states: As `gather_states` returns.

    Returns:
        The `track_flows` table. Done and cancelled projects are `finished`, whatever their track; a
        project that one of the two lists lacks is `not listed` there.
    """
    quarters = list_quarters(states)
    parts = []
    for earlier, later in zip(quarters, quarters[1:], strict=False):
        rows = pair_states(_of_quarter(states, earlier), _of_quarter(states, later))
        parts.append(
            rows.assign(
                from_state=_state(rows, "earlier_").mask(rows["is_new"], "not listed"),
                to_state=_state(rows, "").mask(rows["is_gone"], "not listed"),
                money=rows["earlier_budget_cost"].fillna(rows["budget_cost"]),
            )
        )
    if not parts:
        return empty_frame(TABLES["track_flows"])
    order = {name: place for place, name in enumerate((*quarters, *FLOW_STATES))}
    by = ["previous_name", "quarter_name", "from_state", "to_state"]
    grouped = pd.concat(parts, ignore_index=True).groupby(by)
    flows = grouped.agg(project_count=("is_new", "size"), budget_cost=("money", "sum"))
    flows = flows.reset_index().sort_values(by, key=lambda names: names.map(order))
    return conform(flows, TABLES["track_flows"])


def list_quarters(states: pd.DataFrame) -> list[str]:
    """Names of the quarters, oldest first."""
    days = states.groupby("quarter_name")["as_of_date"].min().sort_values(kind="stable")
    return [str(name) for name in days.index]


def pair_states(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Projects of two quarters side by side, columns of the earlier one under `earlier_`.

    Args:
        before: Rows of `states` of one quarter.
        after: Rows of a later one.

    Returns:
        One row per project of either; `project_id` and `title` are of the later quarter where it
        has the project; flags `is_new`, `is_gone`, `is_text_changed`, `is_label_changed`,
        `is_unit_changed`.
    """
    pairs = match_quarters(before, after)
    left = before.drop(columns=["quarter_name", "as_of_date"]).add_prefix("earlier_")
    left = left.rename(columns={"earlier_project_id": "earlier_id"})
    rows = pairs.merge(left, on="earlier_id", how="left", validate="many_to_one").merge(
        after, on="project_id", how="left", validate="many_to_one"
    )
    is_new, is_gone = rows["earlier_id"].isna(), rows["project_id"].isna()
    is_both = ~is_new & ~is_gone
    # A project that is gone keeps what it was, so that its row can be read.
    for name in ("title", "unit_name", "sponsor_level"):
        rows[name] = rows[name].where(~is_gone, rows[f"earlier_{name}"])
    return rows.assign(
        project_id=rows["project_id"].fillna(rows["earlier_id"]),
        quarter_name=_only(after, "quarter_name"),
        previous_name=_only(before, "quarter_name"),
        is_new=is_new,
        is_gone=is_gone,
        is_text_changed=is_both & (rows["text_code"] != rows["earlier_text_code"]),
        is_label_changed=is_both & _differ(rows, "declared_label"),
        is_unit_changed=is_both & _differ(rows, "unit_name"),
    )


def _of_quarter(states: pd.DataFrame, name: str) -> pd.DataFrame:
    return states[states["quarter_name"] == name]


def _only(rows: pd.DataFrame, name: str) -> str | None:
    return str(rows[name].iloc[0]) if len(rows) else None


def _differ(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name].fillna("") != rows[f"earlier_{name}"].fillna("")


def _name_moves(rows: pd.DataFrame, known: set[str]) -> pd.Series:
    called, was_called = rows["declared_track"], rows["earlier_declared_track"]
    is_both = ~rows["is_new"] & ~rows["is_gone"]
    is_text = rows["is_text_changed"]
    is_decided = rows["track"].ne("undecided") & rows["earlier_track"].ne("undecided")
    is_moved = is_both & _differ(rows, "track")
    is_real = is_moved & is_text & is_decided
    is_called_anew = is_both & called.notna() & was_called.notna() & called.ne(was_called)
    stayed = ~is_text | ~_differ(rows, "evidence_track")
    to_run = is_called_anew & called.eq("maintenance") & was_called.isin(_PATHS)
    is_closed = is_both & ~rows["earlier_status_type"].isin(CLOSED)
    # Later lines stand above earlier ones.
    return (
        pd.Series("unchanged", index=rows.index)
        .mask(is_moved, "sorted anew")
        .mask(rows["is_unit_changed"], "moved unit")
        .mask(is_both & called.isna() & was_called.notna(), "label removed")
        .mask(is_both & called.notna() & was_called.isna(), "label added")
        .mask(is_closed & rows["status_type"].eq("done"), "finished")
        .mask(is_closed & rows["status_type"].eq("cancelled"), "cancelled")
        .mask(is_called_anew & stayed, "relabelled only")
        .mask(to_run, "handed to run")
        .mask(is_real, "real change")
        .mask(rows["is_gone"], "vanished")
        .mask(rows["is_new"], "new")
        .mask(rows["is_new"] & rows["project_id"].isin(known), "returned")
    )


def _direct_labels(rows: pd.DataFrame) -> pd.Series:
    """Whether a label that changed track came nearer to what the project is."""
    called, was_called, track = (
        rows[name] for name in ("declared_track", "earlier_declared_track", "track")
    )
    is_changed = called.notna() & was_called.notna() & called.ne(was_called)
    return (
        pd.Series("open", index=rows.index)
        .mask(called.eq(track), "toward what it is")
        .mask(was_called.eq(track), "away from what it is")
        .where(is_changed)
    )


def _state(rows: pd.DataFrame, prefix: str) -> pd.Series:
    track = rows[f"{prefix}track"]
    state = track.where(track.isin(TRACKS), "undecided")
    return state.mask(rows[f"{prefix}status_type"].isin(CLOSED), "finished")
