"""Whether packs hold together: units add up to the whole, and none shows another's project."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dualtrack.pack.numbers import Numbers

__all__ = ["Certificate", "PackContent", "certify", "known_projects", "snapshot_sums"]

Sums = tuple[tuple[str, str, float], ...]
# Columns that name a project.
_NAMING = ("project_id", "title")
# Sums of floats in another order differ by less than this share.
_CLOSE = 1e-9


@dataclass(frozen=True)
class PackContent:
    """What is checked of a pack.

    Attributes:
        name: Unit, or the name of the whole.
        unit_name: Blank for the whole.
        sums: Quantity, track, amount.
        tables: Its numbers.
    """

    name: str
    unit_name: str
    sums: Sums
    tables: tuple[Numbers, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """The outcome.

    Attributes:
        sums: A line per quantity and track: of the whole, of all units, of the snapshot.
        findings: What is wrong, in sentences; empty if all holds.
        left_out: What could not be checked, in sentences.
    """

    sums: tuple[dict[str, Any], ...]
    findings: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True if nothing is wrong."""
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        """As the manifest tells it."""
        return {
            "holds": self.holds,
            "findings": list(self.findings),
            "left_out": list(self.left_out),
            "sums": list(self.sums),
        }


def snapshot_sums(projects: pd.DataFrame, sorting: pd.DataFrame) -> Sums:
    """Projects, budget and effort by track, added up from the snapshot itself.

    Effort is planned hours, actual ones where none are planned; negative amounts count as unknown.

    Args:
        projects: The `projects` table.
        sorting: The `sorting` table.
    """
    rows = projects.merge(
        sorting[["project_id", "track"]], on="project_id", how="left", validate="one_to_one"
    )
    effort = rows["planned_effort_hours"].fillna(rows["actual_effort_hours"])
    amounts = pd.DataFrame(
        {"projects": 1.0, "budget_cost": rows["budget_cost"], "effort_hours": effort}
    )
    by_track = amounts.where(amounts >= 0).groupby(rows["track"]).sum()
    return tuple(
        (str(quantity), str(track), float(amount))
        for quantity in by_track
        for track, amount in by_track[quantity].items()
    )


def known_projects(snapshot: Path, projects: pd.DataFrame) -> pd.DataFrame:
    """Which unit each project is in, or was in an earlier quarter the snapshot holds.

    Args:
        snapshot: Its folder.
        projects: The `projects` table of its quarter.
    """
    columns = ["unit_name", "project_id", "title"]
    earlier = sorted(snapshot.glob("earlier/*/projects.parquet"))
    frames = [pd.read_parquet(path, columns=columns) for path in earlier]
    return pd.concat([projects[columns], *frames], ignore_index=True).drop_duplicates()


def certify(
    packs: Iterable[PackContent],
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    known: pd.DataFrame,
) -> Certificate:
    """Check packs against each other and against the snapshot.

    Args:
        packs: Those that were made; the whole is the one without a unit.
        projects: The `projects` table of the snapshot.
        sorting: The `sorting` table of the snapshot.
        known: Units of all projects, this quarter and before: `unit_name`, `project_id`, `title`.
    """
    made = list(packs)
    units = [one for one in made if one.unit_name]
    whole = next((one for one in made if not one.unit_name), None)
    findings = [line for one in units for line in _foreign(one, known)]
    left_out: list[str] = []
    lines: list[dict[str, Any]] = []
    untold = [one.name for one in made if not one.sums]
    if untold:
        left_out.append(f"Sums of {_named(untold)}: the pack tells none (show_headline, sums=).")
    for one in made:
        findings += _against_snapshot(one, projects, sorting) if one.sums else []
    missing = sorted(set(projects["unit_name"].dropna()) - {one.unit_name for one in units})
    if missing:
        left_out.append(f"Units add up to the whole: no pack of {_named(missing)}.")
    elif whole is not None and not untold:
        rest = int(projects["unit_name"].isna().sum())
        lines, found = _add_up(whole, units, rest)
        findings += found
    return Certificate(tuple(lines), tuple(findings), tuple(left_out))


def _add_up(
    whole: PackContent, units: list[PackContent], rest: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Compare the whole with its units; projects without a unit are in the whole alone."""
    totals: dict[tuple[str, str], float] = {}
    for one in units:
        for quantity, track, amount in one.sums:
            totals[quantity, track] = totals.get((quantity, track), 0.0) + amount
    lines, findings = [], []
    for quantity, track, amount in whole.sums:
        added = totals.get((quantity, track), 0.0)
        line = {"quantity": quantity, "track": track, "whole": amount, "units": added}
        lines.append(line | ({"projects_without_unit": rest} if rest else {}))
        # With projects of no unit the whole holds more; never less.
        is_right = _is_close(added, amount) or (bool(rest) and added < amount)
        if not is_right:
            findings.append(
                f"{quantity}, {track}: the units add up to {added:,.2f}, the whole says "
                f"{amount:,.2f}."
            )
    told = {(quantity, track) for quantity, track, _ in whole.sums}
    findings += [
        f"{quantity}, {track}: units tell it, the whole does not."
        for quantity, track in sorted(set(totals) - told)
    ]
    without = sum(amount for quantity, _, amount in whole.sums if quantity == "projects")
    without -= sum(added for (quantity, _), added in totals.items() if quantity == "projects")
    if not _is_close(without, rest):
        findings.append(
            f"{rest} projects have no unit, but the whole holds {without:,.0f} more than the units."
        )
    return lines, findings


def _against_snapshot(
    pack: PackContent, projects: pd.DataFrame, sorting: pd.DataFrame
) -> list[str]:
    own = projects[projects["unit_name"] == pack.unit_name] if pack.unit_name else projects
    true = {(quantity, track): amount for quantity, track, amount in snapshot_sums(own, sorting)}
    return [
        f"{pack.name}: {quantity}, {track} is {amount:,.2f} in the pack, "
        f"{true.get((quantity, track), 0.0):,.2f} in the snapshot."
        for quantity, track, amount in pack.sums
        if not _is_close(amount, true.get((quantity, track), 0.0))
    ]


def _foreign(pack: PackContent, known: pd.DataFrame) -> list[str]:
    """Projects a unit's tables name that are another unit's."""
    is_own = known["unit_name"] == pack.unit_name
    findings = []
    for name in _NAMING:
        own, others = set(known.loc[is_own, name]), set(known.loc[~is_own, name].dropna())
        named = {value for table in pack.tables for value in table.column(name)}
        odd = sorted(str(value) for value in named & (others - own))
        if odd:
            findings.append(f"{pack.name}: its pack names projects of other units, {odd[:3]}.")
    return findings


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=1e-6)


def _named(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
