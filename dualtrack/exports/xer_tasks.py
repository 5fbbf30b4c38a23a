"""Progress and cost of an activity in a Primavera XER, computed as P6 shows them."""

from __future__ import annotations

from dualtrack.exports.export import Cell
from dualtrack.exports.plan_rows import parse_decimal

__all__ = ["measure_progress", "sum_assignments"]

_MATERIAL = "RT_Mat"  # tonnes or pieces: no units of work


def measure_progress(task: dict[str, str], assignments: list[dict[str, str]]) -> float | None:
    """Percent complete of an activity by the kind it states.

    Physical: as typed in. Duration: 1 - remaining / target duration. Units: actual units by
    units at completion (actual and remaining), from the assignments, else from the activity's
    own quantities; by the target where nothing remains to compare with.

    Args:
        task: A TASK row.
        assignments: Its TASKRSRC rows.

    Returns:
        0 to 100; None where the row does not say.
    """
    if task.get("status_code") == "TK_Complete":
        return 100.0
    kind = task.get("complete_pct_type")
    if kind == "CP_Units":
        return _by_units(task, assignments)
    if kind == "CP_Drtn":
        target = parse_decimal(task.get("target_drtn_hr_cnt"))
        remaining = parse_decimal(task.get("remain_drtn_hr_cnt"))
        if not target or remaining is None:
            return 0.0 if task.get("status_code") == "TK_NotStart" else None
        return _percent(1 - remaining / target)
    typed = parse_decimal(task.get("phys_complete_pct"))
    return None if typed is None else _percent(typed / 100)


def sum_assignments(assignments: list[dict[str, str]]) -> dict[str, Cell]:
    """Cost of an activity: planned, actual and at completion, summed over its assignments.

    Args:
        assignments: TASKRSRC rows of one activity.

    Returns:
        `target_cost`, `act_cost` (regular and overtime), `at_completion_cost`; None without any
        assignment.
    """
    if not assignments:
        return dict.fromkeys(("target_cost", "act_cost", "at_completion_cost"))
    target = _total(assignments, "target_cost")
    actual = _total(assignments, "act_reg_cost", "act_ot_cost")
    remaining = _total(assignments, "remain_cost")
    return {
        "target_cost": round(target, 4),
        "act_cost": round(actual, 4),
        "at_completion_cost": round(actual + remaining, 4),
    }


def _by_units(task: dict[str, str], assignments: list[dict[str, str]]) -> float | None:
    work = [one for one in assignments if one.get("rsrc_type") != _MATERIAL]
    actual = _total(work, "act_reg_qty", "act_ot_qty")
    remaining = _total(work, "remain_qty")
    target = _total(work, "target_qty")
    if not work:
        actual = _total([task], "act_work_qty", "act_equip_qty")
        remaining = _total([task], "remain_work_qty", "remain_equip_qty")
        target = _total([task], "target_work_qty", "target_equip_qty")
    whole = actual + remaining or target
    if not whole:
        return 0.0 if task.get("status_code") == "TK_NotStart" else None
    return _percent(actual / whole)


def _total(rows: list[dict[str, str]], *names: str) -> float:
    return sum(parse_decimal(row.get(name)) or 0.0 for row in rows for name in names)


def _percent(share: float) -> float:
    return round(min(max(share, 0.0), 1.0) * 100, 2)
