"""The norms of follow-up for each path, read from data a steering group can change."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dualtrack.errors import ConfigError
from dualtrack.reference import read_reference
from dualtrack.schema.portfolio_tables import LEVELS

__all__ = ["PathNorm", "RhythmNorms", "read_rhythm_norms", "read_rules"]

NORMED_TRACKS = ("operational", "strategic")


@dataclass(frozen=True)
class PathNorm:
    """What fits one path.

    Attributes:
        shortest_days: Fewest days between reviews.
        longest_days: Most days between reviews.
        lowest_level: Lowest level of the sponsor.
        highest_level: Highest level of the sponsor.
        needs_gates: Whether the work should pass gates.
        shortest_horizon_days: Fewest days from start to baseline finish.
        longest_horizon_days: Most days from start to baseline finish.
        source: What the numbers rest on.
    """

    shortest_days: float
    longest_days: float
    lowest_level: str
    highest_level: str
    needs_gates: bool
    shortest_horizon_days: float
    longest_horizon_days: float
    source: str

    def __post_init__(self) -> None:
        """Refuse empty bands and unknown levels."""
        for level in (self.lowest_level, self.highest_level):
            if level not in LEVELS:
                raise ConfigError(f"level {level!r} is not known; choose from {list(LEVELS)}.")
        is_empty = (
            self.shortest_days > self.longest_days
            or self.shortest_horizon_days > self.longest_horizon_days
            or LEVELS.index(self.lowest_level) > LEVELS.index(self.highest_level)
        )
        if is_empty:
            raise ConfigError("a shortest or lowest value stands above its longest or highest.")


@dataclass(frozen=True)
class RhythmNorms:
    """The norms of both paths, and when a review is overdue and a forum mixed.

    Attributes:
        operational: Norm of operational improvement.
        strategic: Norm of strategic initiatives.
        grace_share: Share of its interval a review may be late.
        grace_days: Days a review may be late at least.
        recorded_share: Share of a tool's projects with a last review from which a missing one
            means that none was held.
        mixed_at: Probability of both paths from which a forum is mixed.
    """

    operational: PathNorm
    strategic: PathNorm
    grace_share: float
    grace_days: float
    recorded_share: float
    mixed_at: float

    def of(self, track: str) -> PathNorm:
        """The norm of a path.

        Args:
            track: operational or strategic.
        """
        return self.strategic if track == "strategic" else self.operational

    @property
    def bands(self) -> dict[str, tuple[float, float]]:
        """Fewest and most days between reviews of each path."""
        return {
            track: (self.of(track).shortest_days, self.of(track).longest_days)
            for track in NORMED_TRACKS
        }

    @property
    def words(self) -> str:
        """The norm of the rhythm in words."""
        told = []
        for track, (low, high) in self.bands.items():
            span = f"at least every {high:.0f}" if low <= 1 else f"every {low:.0f} to {high:.0f}"
            told.append(f"{track} work {span} days")
        return " and ".join(told)


def read_rhythm_norms(path: Path | str | None = None) -> RhythmNorms:
    """Read the norms of follow-up.

    Args:
        path: A TOML file of the same shape; blank or None for the packaged
            `reference/rhythm_norms.toml`.

    Raises:
        ConfigError: The file is missing or no TOML, or lacks a key or holds a wrong one.
    """
    content = read_rules("rhythm_norms.toml", path)
    name = str(path or "rhythm_norms.toml")
    try:
        norms = {track: _read_norm(content[track]) for track in NORMED_TRACKS}
        review, forum = content["review"], content["forum"]
        return RhythmNorms(
            **norms,
            grace_share=float(review["grace_share"]),
            grace_days=float(review["grace_days"]),
            recorded_share=float(review["recorded_share"]),
            mixed_at=float(forum["mixed_at"]),
        )
    except KeyError as fault:
        raise ConfigError(f"{name}: {fault} is missing; copy it from the packaged file.") from fault
    except (TypeError, ValueError, ConfigError) as fault:
        raise ConfigError(f"{name}: {fault}") from fault


def _read_norm(section: dict[str, Any]) -> PathNorm:
    known = [field.name for field in fields(PathNorm)]
    if odd := sorted(set(section) - set(known)):
        raise ConfigError(f"unknown key {odd[0]!r}; known are {known}.")
    return PathNorm(**{name: section[name] for name in known})


def read_rules(name: str, path: Path | str | None) -> dict[str, Any]:
    """A packaged data file, or one of the user's own in its place.

    Args:
        name: The packaged file, such as `watch_rules.toml`.
        path: The user's file; blank or None for the packaged one.

    Raises:
        ConfigError: The user's file is missing or no TOML.
    """
    if not path:
        return read_reference(name)
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise ConfigError(f"{path}: no such file; it stands in for the packaged {name}.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path}: not a TOML file ({fault}). Mend that line.") from fault
