"""What changed since the last issued pack, and whether the two may be compared at all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dualtrack.claims import Claim
from dualtrack.claims.claim import word_count
from dualtrack.pack.definitions import changed_definitions
from dualtrack.pack.exhibit import Exhibit, render_table
from dualtrack.pack.numbers import Numbers, NumbersColumn, Value
from dualtrack.pack.pages import Block, Page

__all__ = ["IssuedQuarter", "PackChanges", "measure_changes", "read_issued", "show_changes"]

_QUANTITIES = {"budget_cost": "budget, {currency}", "effort_hours": "work, hours"}


@dataclass(frozen=True)
class IssuedQuarter:
    """What an issued quarter's manifest says.

    Attributes:
        quarter: Such as `2026-Q2`.
        definitions: What its numbers meant (`dualtrack.pack.definitions`).
        packs: Name of a unit to its pack as the manifest describes it.
        whole: Name of the pack of the whole.
    """

    quarter: str
    definitions: dict[str, str]
    packs: dict[str, dict[str, Any]]
    whole: str = ""


@dataclass(frozen=True)
class PackChanges:
    """One pack against the last issued one.

    Attributes:
        rows: What, before, now; None where it was not told.
        changed: Definitions that are not what they were: with any, nothing is compared.
    """

    before: str
    now: str
    rows: tuple[tuple[str, float | str | None, float | str | None], ...]
    changed: tuple[str, ...] = field(default=())

    @property
    def sentence(self) -> str:
        """One line of it."""
        if self.changed:
            return f"Not compared with {self.before}: {_listed(self.changed)} changed since"
        projects = next((row for row in self.rows if row[0] == "Projects"), None)
        parts = [] if projects is None else [_word_change(projects, "project")]
        blurred = next((row for row in self.rows if row[0] == "Blurred"), None)
        parts += [] if blurred is None else [_word_change(blurred, "blurred project")]
        told = [part for part in parts if part]
        return f"Since {self.before}: {', '.join(told)}" if told else f"Compared with {self.before}"


def read_issued(folder: Path) -> IssuedQuarter | None:
    """What was issued in a quarter's folder.

    Args:
        folder: Such as `reports/2026-Q2`.

    Returns:
        None where nothing is, or what is there was written before manifests told facts.
    """
    try:
        told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        packs = {one["name"]: one for one in told["packs"] if one["status"] == "done"}
        if not packs or "definitions" not in told or "facts" not in next(iter(packs.values())):
            return None
        return IssuedQuarter(
            told["quarter"], dict(told["definitions"]), packs, str(told["packs"][0]["name"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def measure_changes(
    issued: IssuedQuarter | None,
    name: str,
    *,
    quarter: str,
    definitions: dict[str, str],
    facts: dict[str, Any],
    sums: tuple[tuple[str, str, float], ...],
    currency: str,
) -> PackChanges | None:
    """A pack against the last issued one of the same unit.

    Args:
        issued: The quarter before; None if none was issued.
        name: The unit, or the name of the whole.
        quarter: This quarter.
        definitions: What this quarter's numbers mean.
        facts: Facts of this pack.
        sums: Its amounts by quantity and track.
        currency: Of its budgets.

    Returns:
        None where there is nothing to compare with.
    """
    if issued is None or name not in issued.packs:
        return None
    before = issued.packs[name]
    changed = changed_definitions(issued.definitions, definitions)
    then = _amounts(before.get("sums") or (), before["facts"], currency)
    now = _amounts(sums, facts, currency)
    both = ((what, then.get(what), now.get(what)) for what in now | then)
    # What was nothing and is nothing: a quantity no export of the unit knows.
    rows = tuple(row for row in both if row[1] or row[2] or row[0] in facts)
    return PackChanges(issued.quarter, quarter, rows, tuple(changed))


def _amounts(sums: Any, facts: dict[str, Any], currency: str) -> dict[str, float | str]:
    """Everything that is told, by a name for readers; numbers where they are numbers."""
    found: dict[str, float | str] = {}
    for name, fact in facts.items():
        if name != "decision_count":
            text = str(fact)
            found[name] = float(text) if text.replace(".", "", 1).isdigit() else text
    for quantity, track, amount in sums:
        if quantity != "projects":
            name = _QUANTITIES.get(quantity, quantity).format(currency=currency)
            found[f"{track.capitalize()} {name}"] = float(amount)
    return found


def show_changes(changes: PackChanges) -> Page:
    """The page of a pack that tells what changed.

    Args:
        changes: As `measure_changes` returns.
    """
    columns = [
        NumbersColumn("what", "What"),
        NumbersColumn("before", changes.before, "count"),
        NumbersColumn("now", changes.now, "count"),
    ]
    if not changes.changed:
        columns.append(NumbersColumn("change", "Change", "change"))
    rows: list[tuple[Value, ...]] = []
    for what, before, now in changes.rows:
        row: tuple[Value, ...] = (what, before, now)
        rows.append(row if changes.changed else (*row, _difference(before, now)))
    claim = Claim(*_words(changes))
    numbers = Numbers(tuple(columns), tuple(rows), None, claim.reading)
    exhibit = Exhibit("changes", "table", claim, render_table(numbers), {}, numbers)
    block = Block(
        "table",
        exhibit.to_html(),
        "changes",
        claim.title,
        {},
        reading=claim.reading,
        numbers=numbers,
    )
    return Page(f"What changed since {changes.before}", (block,))


def _words(changes: PackChanges) -> tuple[str, str]:
    if not changes.changed:
        return changes.sentence, (
            f"{changes.before} as it was issued. The criteria, settings and tables behind the "
            f"numbers are the same in both."
        )
    return changes.sentence, (
        f"Both columns are shown, no difference is drawn: the numbers of {changes.before} were "
        f"made under other definitions. Make {changes.before} again under those of today, then "
        f"this pack, to compare."
    )


def _difference(before: Value, now: Value) -> float | None:
    if isinstance(before, int | float) and isinstance(now, int | float):
        return now - before
    return None


def _word_change(row: tuple[str, Any, Any], noun: str) -> str:
    change = _difference(row[1], row[2])
    if change is None:
        return ""
    if change == 0:
        return f"as many {noun}s"
    return word_count(abs(int(change)), f"{'more' if change > 0 else 'fewer'} {noun}")


def _listed(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
