"""The rules of the watchlist, read from data a steering group can change."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from dualtrack.analyses.rhythm_norms import read_rules
from dualtrack.errors import ConfigError

__all__ = ["FACTS", "WatchRule", "WatchRules", "read_watch_rules"]

# Facts a rule may look at or print; nothing here is, or leads to, a person.
FACTS = (
    "blur_type",
    "second_blur_type",
    "declared_label",
    "run_says",
    "undecided_reason",
    "overdue_days",
    "review_interval_days",
    "late_gate_count",
    "is_overdue",
    "is_split",
    "is_without_objective",
    "is_without_budget",
    "is_big_undecided",
)


@dataclass(frozen=True)
class WatchRule:
    """One rule.

    Attributes:
        rule_id: Its key.
        column: The fact it looks at.
        says: The rule in words.
        because: The fact it met, with the names of facts in braces.
        ask: What to ask about the project.
        weight: Order of the rules.
        source: What it rests on.
        equals: Word the fact must be.
        at_least: Number the fact must reach.
        only_if: A yes/no fact that must hold as well.
    """

    rule_id: str
    column: str
    says: str
    because: str
    ask: str
    weight: float
    source: str
    equals: str | None = None
    at_least: float | None = None
    only_if: str | None = None

    def __post_init__(self) -> None:
        """Refuse unknown facts and a rule without exactly one condition."""
        for name in (self.column, *([self.only_if] if self.only_if else [])):
            if name not in FACTS:
                raise ConfigError(f"rule {self.rule_id!r}: no fact {name!r}; known are {FACTS}.")
        if (self.equals is None) == (self.at_least is None):
            raise ConfigError(f"rule {self.rule_id!r}: give either equals or at_least.")
        try:
            self.because.format(**dict.fromkeys(FACTS, ""))
        except (KeyError, IndexError, ValueError) as fault:
            raise ConfigError(f"rule {self.rule_id!r}: because names no fact: {fault}.") from fault


@dataclass(frozen=True)
class WatchRules:
    """The rules, the most projects a list may hold, and how many of one rule come first."""

    at_most: int
    at_most_per_rule: int
    rules: tuple[WatchRule, ...]


def read_watch_rules(path: Path | str | None = None) -> WatchRules:
    """Read the rules of the watchlist.

    Args:
        path: A TOML file of the same shape; blank or None for `reference/watch_rules.toml`.

    Raises:
        ConfigError: The file is missing or no TOML, or a rule lacks a key or holds a wrong one.
    """
    content = read_rules("watch_rules.toml", path)
    name = str(path or "watch_rules.toml")
    known = [field.name for field in fields(WatchRule)]
    try:
        for section in content["rule"]:
            if odd := sorted(set(section) - set(known)):
                raise ConfigError(f"unknown key {odd[0]!r} of a rule; known are {known}.")
        rules = tuple(WatchRule(**section) for section in content["rule"])
        at_most, per_rule = content["at_most"], content["at_most_per_rule"]
    except KeyError as fault:
        raise ConfigError(f"{name}: {fault} is missing.") from fault
    except (TypeError, ConfigError) as fault:
        raise ConfigError(f"{name}: {fault}") from fault
    if not isinstance(at_most, int) or not 1 <= at_most <= 10:
        raise ConfigError(f"{name}: at_most holds {at_most!r}; a list to talk about has 1 to 10.")
    if not isinstance(per_rule, int) or per_rule < 1:
        raise ConfigError(f"{name}: at_most_per_rule holds {per_rule!r}; give 1 or more.")
    ids = [rule.rule_id for rule in rules]
    if repeated := sorted({one for one in ids if ids.count(one) > 1}):
        raise ConfigError(f"{name}: rule {repeated[0]!r} stands twice.")
    return WatchRules(at_most, per_rule, rules)
