"""Process behaviour charts (XmR): the signals in each metric, and what they say of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dualtrack.analyses.control_limits import SERIES, measure_limits, order_readings
from dualtrack.analyses.control_rules import ControlRules, Rule, find_signals
from dualtrack.schema import TABLES, conform

__all__ = ["measure_control", "measure_verdicts"]

# Rounding of sums and products stays below this share of the largest reading: nearer is a tie.
TIE = 1e-12
_LIMITS = ["centre_value", "lower_limit", "upper_limit", "range_limit"]
_SIGNS = {"higher": 1, "lower": -1}


def measure_control(
    measures: pd.DataFrame,
    rules: ControlRules,
    *,
    rebases: pd.DataFrame | None = None,
    limits: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every reading with its limits and the rules it is part of.

    Rules look at one phase at a time. A missing reading is kept, is part of no signal, and
    neither counts in a run nor breaks it; a reading on the centre line breaks a run, a repeated
    value breaks a trend, and a reading on a limit is not outside. On moving ranges only the range
    limit is watched.

    Args:
        measures: As for `measure_limits`, with `better_when` where a direction is known.
        rules: The rule set.
        rebases: As for `measure_limits`.
        limits: Limits to hold the readings against, such as those of a baseline; computed from
            the readings themselves if None.

    Returns:
        The `control` table, by metric and day.

    Source: `reference/control_rules.toml`; `signal_words` are NHSRplotthedots' labels.
    """
    readings = order_readings(measures, rebases)
    found = measure_limits(measures, rules, rebases=rebases) if limits is None else limits
    joined = readings.merge(
        found[[*SERIES, "phase", *_LIMITS]],
        on=[*SERIES, "phase"],
        how="left",
        validate="many_to_one",
    )
    parts = [
        own.assign(**_signals_of(own, rules))
        for _, own in joined.groupby([*SERIES, "phase"], dropna=False, sort=False)
    ]
    return conform(pd.concat(parts) if parts else pd.DataFrame(), TABLES["control"])


def _signals_of(own: pd.DataFrame, rules: ControlRules) -> dict[str, Any]:
    """Columns of signals for the readings of one phase."""
    values = own["value"].to_numpy(float)
    is_known = ~np.isnan(values)
    known = values[is_known]
    slack = TIE * float(np.abs(known).max(initial=0.0))
    centre, lower, upper, range_limit = (float(own[name].iloc[0]) for name in _LIMITS)
    signals = [
        (rule, find_signals(rule, known, centre, (lower, upper), slack=slack))
        for rule in rules.rules
    ]
    steps = np.diff(known, prepend=known[:1])
    sign = _SIGNS.get(str(own["better_when"].iloc[0]), 0)
    has_limits = not np.isnan(upper)
    told: dict[str, list[str | None]] = {"rules": [], "signal_words": [], "signal_type": []}
    places = iter(range(len(known)))
    for is_reading in is_known:
        at = next(places) if is_reading else -1
        held = [(rule, *found[at]) for rule, found in signals if at >= 0 and found[at].any()]
        rule, side = _first_of(held, rules, sign, step=float(steps[at]) if at >= 0 else 0.0)
        told["rules"].append(" ".join(one.rule_id for one, _, _ in held) or None)
        told["signal_words"].append(rule.words(is_high=side > 0) if rule else None)
        told["signal_type"].append(_type_of(side, sign) if at >= 0 and has_limits else None)
    moves = own["moving_range"]
    return {**told, "is_range_outside": (moves > range_limit + slack).where(moves.notna())}


def _first_of(
    held: list[tuple[Rule, bool, bool]], rules: ControlRules, sign: int, *, step: float
) -> tuple[Rule | None, int]:
    """The rule that speaks for a reading, and the side it names: 1 high, -1 low, 0 no rule."""
    sided = []
    for rule, is_high, is_low in held:
        # Where a rise turns into a fall the reading is part of both: the earlier one first.
        sides = [1, -1] if step > 0 else [-1, 1]
        sided += [(rule, side) for side in sides if (is_high if side > 0 else is_low)]
    if rules.improvement_wins and sign:
        sided.sort(key=lambda one: one[1] != sign)
    return sided[0] if sided else (None, 0)


def _type_of(side: int, sign: int) -> str:
    if not side:
        return "common_cause"
    if not sign:
        return "special_cause_neutral_high" if side > 0 else "special_cause_neutral_low"
    return "special_cause_improvement" if side == sign else "special_cause_concern"


def measure_verdicts(control: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """What each chart says: variation from its last reading, assurance from its last limits.

    Args:
        control: As `measure_control` returns.
        limits: As `measure_limits` returns.

    Returns:
        The `control_verdicts` table. Without limits there is no verdict; without a direction or a
        target there is no assurance. A target on a limit is hit or miss, like one between them.

    Source: NHS England, Making Data Count: variation and assurance icons.
    """
    parts = []
    for _, own in control.groupby(SERIES, dropna=False, sort=False):
        known = own.dropna(subset=["value"])
        last = (known if len(known) else own).iloc[-1]
        parts.append(
            {
                **{name: last[name] for name in (*SERIES, "phase", "better_when", "target_value")},
                "last_date": last["measured_date"],
                "last_value": last["value"],
                "variation_type": last["signal_type"],
                "signal_words": last["signal_words"],
                "assurance_type": _assure(last),
                "signal_count": int(known["rules"].notna().sum()),
                "range_signal_count": int(own["is_range_outside"].sum()),
            }
        )
    table = TABLES["control_verdicts"]
    by = [*SERIES, "phase"]
    taken = [name for name in limits if name in table.column_names and name not in by]
    verdicts = conform(pd.DataFrame(parts), table).drop(columns=taken)
    joined = verdicts.merge(limits[[*by, *taken]], on=by, how="left", validate="one_to_one")
    return conform(joined, table)


def _assure(last: pd.Series) -> str | None:
    target, lower, upper = last["target_value"], last["lower_limit"], last["upper_limit"]
    sign = _SIGNS.get(str(last["better_when"]), 0)
    if not sign or pd.isna(target) or pd.isna(upper):
        return None
    slack = TIE * max(abs(target), abs(lower), abs(upper))
    side = int(target > upper + slack) - int(target < lower - slack)
    if not side:
        return "inconsistent"
    return "consistent_fail" if side == sign else "consistent_pass"
