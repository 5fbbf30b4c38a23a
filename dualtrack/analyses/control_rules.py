"""Rules of process behaviour charts: the sets there are, and the readings each rule finds.

Finders take plain arrays and return one row per reading with two columns: part of a signal on the
high side (or rising), part of one on the low side (or falling).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dualtrack.errors import ConfigError
from dualtrack.reference import read_reference

__all__ = [
    "ControlRules",
    "Rule",
    "complete_windows",
    "find_sides",
    "find_signals",
    "read_control_rules",
    "spread_back",
]

# Wheeler's constants: 3 / d2 and D4 of two readings, and the same for medians.
LIMIT_CONSTANTS = {"mean": 2.660, "median": 3.145}
MEDIAN_RANGE_CONSTANT = 3.865
_KINDS = ("outside", "run", "trend", "near")
_CENTRES = ("mean", "median")


@dataclass(frozen=True)
class Rule:
    """One detection rule.

    Attributes:
        rule_id: Name on points, as the engines name it.
        kind: outside, run, trend or near.
        high: Words for a signal on the high side.
        low: Words for a signal on the low side.
        says: The rule in words.
        points: Length of the run, trend or window.
        hits: Readings of the window that must be near.
        from_sigma: Where near begins, in thirds of the way to the limit.
        is_within_limits: Readings outside the limits do not count as near.
        is_one_sided: All readings of the window must lie on that side of the centre.
    """

    rule_id: str
    kind: str
    high: str
    low: str
    says: str
    points: int = 1
    hits: int = 0
    from_sigma: float = 0.0
    is_within_limits: bool = False
    is_one_sided: bool = False

    def words(self, *, is_high: bool) -> str:
        """Words for a signal on one side."""
        return (self.high if is_high else self.low).format(points=self.points)


@dataclass(frozen=True)
class ControlRules:
    """A rule set with the way its limits are made.

    Attributes:
        name: wheeler, nhs or mdc.
        title: Name on the chart.
        rules: In order of precedence.
        limit_constant: Moving ranges from the centre line to a limit.
        range_constant: Moving ranges up to the range limit.
        centre_type: Centre line: mean or median of the readings.
        moving_range_type: What the limits rest on: mean or median moving range.
        is_screened: Outlying moving ranges are dropped once from the mean.
        improvement_wins: Where a reading is both improvement and concern, improvement is shown;
            otherwise the rule that comes first.
        run_choices: Lengths of run and trend a user may choose from.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
    limit_constant: float
    range_constant: float
    centre_type: str = "mean"
    moving_range_type: str = "mean"
    is_screened: bool = False
    improvement_wins: bool = False
    run_choices: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for what, found in (("centre", self.centre_type), ("moving range", self.moving_range_type)):
            if found not in _CENTRES:
                raise ConfigError(f"{what} {found!r} is not known; choose mean or median.")
        odd = [rule.kind for rule in self.rules if rule.kind not in _KINDS]
        if odd or not self.limit_constant > 0 or not self.range_constant > 0:
            raise ConfigError(
                f"Rule set {self.name!r} needs positive constants and rules of the kinds "
                f"{list(_KINDS)}; found {self.limit_constant}, {self.range_constant}, {odd}."
            )

    @property
    def is_screening(self) -> bool:
        """Whether moving ranges are screened: only a mean needs it, a median withstands them."""
        return self.is_screened and self.moving_range_type == "mean"

    @property
    def says(self) -> str:
        """The rules in words, in order of precedence."""
        return "; ".join(rule.says.format(points=rule.points) for rule in self.rules)

    @property
    def limits_say(self) -> str:
        """How limits are made, with the constant in force."""
        text = (
            f"{self.centre_type} ± {self.limit_constant:.4g} {self.moving_range_type} moving range"
        )
        return f"{text}, outlying ranges left out once" if self.is_screening else text

    def with_run_points(self, points: int) -> ControlRules:
        """The set with another length of run and trend, where it leaves the choice.

        Raises:
            ConfigError: The set does not leave that choice.
        """
        if points not in self.run_choices:
            choices = " or ".join(map(str, self.run_choices)) or "no other length"
            raise ConfigError(
                f"Rule set {self.name!r} leaves {choices} for runs and trends; {points} is none."
            )
        rules = tuple(
            replace(rule, points=points) if rule.kind in ("run", "trend") else rule
            for rule in self.rules
        )
        return replace(self, rules=rules)


def read_control_rules(
    name: str, *, centre: str = "mean", moving_range: str | None = None
) -> ControlRules:
    """Read a packaged rule set.

    Args:
        name: wheeler, nhs or mdc.
        centre: Centre line: mean or median of the readings.
        moving_range: mean or median moving range for the limits; goes with the centre if None.

    Raises:
        ConfigError: No such rule set, centre or moving range.

    Source: `reference/control_rules.toml`, each set with its own.
    """
    known: dict[str, Any] = read_reference("control_rules.toml")
    if name not in known:
        raise ConfigError(f"No rule set {name!r}; there are {sorted(known)}.")
    found = known[name]
    basis = moving_range or centre
    return ControlRules(
        name=name,
        title=found["title"],
        rules=tuple(Rule(**rule) for rule in found["rules"]),
        limit_constant=LIMIT_CONSTANTS.get(basis, LIMIT_CONSTANTS["mean"]),
        range_constant=MEDIAN_RANGE_CONSTANT if basis == "median" else found["range_constant"],
        centre_type=centre,
        moving_range_type=basis,
        is_screened=found["is_screened"],
        improvement_wins=found["improvement_wins"],
        run_choices=tuple(found.get("run_choices", ())),
    )


def find_signals(
    rule: Rule,
    values: np.ndarray,
    centre: np.ndarray | float,
    limits: tuple[np.ndarray | float, np.ndarray | float],
    *,
    slack: float = 0.0,
) -> np.ndarray:
    """The readings that are part of a rule's signal.

    Args:
        rule: What to look for.
        values: Readings of one phase in order, none missing.
        centre: Centre line, one for all or one a reading.
        limits: Lower and upper limit, likewise.
        slack: Differences no larger than this are ties: such a reading is on the line.

    Returns:
        Readings x (high or rising, low or falling), true where part of a signal.
    """
    lower, upper = limits
    outside = np.column_stack([values > upper + slack, values < lower - slack])
    if rule.kind == "outside":
        return outside
    if rule.kind == "trend":
        steps = find_sides(np.diff(values, prepend=values[:1]), 0.0, slack=slack)
        return spread_back(complete_windows(steps, rule.points - 1, rule.points - 1), rule.points)
    sides = find_sides(values, centre, slack=slack)
    if rule.kind == "run":
        return spread_back(complete_windows(sides, rule.points, rule.points), rule.points)
    share = rule.from_sigma / 3
    near = np.column_stack(
        [
            values > centre + share * (upper - centre) + slack,
            values < centre - share * (centre - lower) - slack,
        ]
    )
    near = near & ~outside if rule.is_within_limits else near
    completed = complete_windows(near, rule.hits, rule.points)
    if rule.is_one_sided:
        completed &= complete_windows(sides, rule.points, rule.points)
    return spread_back(completed, rule.points) & near


def find_sides(values: np.ndarray, centre: np.ndarray | float, *, slack: float = 0.0) -> np.ndarray:
    """Which side of the centre line each reading is on; one on the line is on neither.

    Args:
        values: Readings.
        centre: Centre line, one for all or one a reading.
        slack: Differences no larger than this are ties.
    """
    return np.column_stack([values > centre + slack, values < centre - slack])


def complete_windows(flags: np.ndarray, hits: int, window: int) -> np.ndarray:
    """True at the last reading of every window that has enough flags.

    Args:
        flags: Readings x two sides.
        hits: Flags a window needs.
        window: Readings in a window.
    """
    completed = np.zeros_like(flags, dtype=bool)
    if len(flags) >= window:
        views = np.lib.stride_tricks.sliding_window_view(flags.astype(int), window, axis=0)
        completed[window - 1 :] = views.sum(axis=-1) >= hits
    return completed


def spread_back(completed: np.ndarray, window: int) -> np.ndarray:
    """True at every reading of the windows that end where `completed` is true."""
    part = completed.copy()
    for back in range(1, min(window, len(completed))):
        part[:-back] |= completed[back:]
    return part
