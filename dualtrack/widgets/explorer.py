"""The explorer: filters, linked views and a what-if over one quarter, answered in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import traitlets

from dualtrack.analyses import measure_mix, read_targets
from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.claims.claim import word_share, word_span
from dualtrack.errors import DualtrackError, SortingError
from dualtrack.widgets.card import build_card
from dualtrack.widgets.explorer_rows import list_rows, pack_draws
from dualtrack.widgets.explorer_whatif import list_bookings, list_targets
from dualtrack.widgets.page import Page, StaticTable, read_module, read_style
from dualtrack.workbook import OpenQuarter

__all__ = ["Explorer"]


class Explorer(Page):
    """Projects of a quarter to filter, with two-path picture, mix and blur that follow.

    A click on a bar lists its projects, a click on a project shows its evidence and where it was
    read. What-if: selected projects move to another track or pause, and mix, load and targets are
    told with it; nothing is written. Shares and intervals are those of `measure_mix`: the browser
    adds up the same draws.

    Args:
        opened: As `open_quarter` returns. Earlier quarters are read when one is chosen.
    """

    _esm = read_module(
        "elements",
        "scrolling",
        "triage_card",
        "explorer_numbers",
        "explorer_paths",
        "explorer_bars",
        "explorer_whatif",
        "explorer_filters",
        "explorer_list",
        "explorer",
    )
    _css = read_style("common", "explorer")
    rows = traitlets.Dict().tag(sync=True)
    draws = traitlets.Bytes().tag(sync=True)
    quarter = traitlets.Unicode().tag(sync=True)
    quarters: traitlets.List[Any] = traitlets.List().tag(sync=True)
    card = traitlets.Dict().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)

    def __init__(self, opened: OpenQuarter) -> None:
        self._first = opened
        self._opened = opened
        super().__init__(
            quarter=str(opened.quarter),
            quarters=[str(opened.quarter), *_earlier_names(opened)],
            status={"text": "", "is_fault": False},
            **_describe(opened),
        )
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Do what the browser asks; whatever is wrong is told there."""
        content = message if isinstance(message, dict) else {}
        deeds = {"show": self._show, "quarter": self._turn_to}
        deed = deeds.get(str(content.get("do")))
        if deed is None:
            return
        with self.hold_sync():
            try:
                deed(content)
            except DualtrackError as fault:
                number = int(self.status.get("number", 0)) + 1
                self.status = {"text": str(fault), "is_fault": True, "number": number}

    def _show(self, content: dict[str, Any]) -> None:
        opened, project_id = self._opened, str(content.get("id"))
        projects = opened.portfolio.projects
        own = projects[projects["project_id"] == project_id]
        if own.empty:
            raise SortingError(f"No project {project_id!r} in {opened.quarter}.")
        sorting = opened.sorting[opened.sorting["project_id"] == project_id]
        evidence = opened.evidence[opened.evidence["project_id"] == project_id]
        self.card = build_card(
            own.iloc[0],
            sorting.iloc[0],
            evidence,
            opened.criteria,
            currency=opened.portfolio.currency,
        )

    def _turn_to(self, content: dict[str, Any]) -> None:
        name = str(content.get("name"))
        others = {} if name == str(self._first.quarter) else _by_name(self._first)
        found = others.get(name, self._first)
        if str(found.quarter) != name:
            raise SortingError(f"{name}: no projects of {self._first.scope} in that quarter.")
        self._opened = found
        for trait, value in _describe(found).items():
            self.set_trait(trait, value)
        self.quarter = name
        self.card = {}

    def _static_table(self) -> StaticTable:
        opened = self._opened
        mix = measure_mix(opened.portfolio.projects, opened.sorting, by=opened.group_column)
        counts = mix[mix["quantity_type"] == "projects"].pivot_table(
            index="group_name", columns="track", values="amount", sort=False
        )
        money = mix[(mix["quantity_type"] == "budget_cost") & (mix["track"] == "strategic")]
        told = {
            row["group_name"]: "not known"
            if row["share"] != row["share"]
            else f"{word_share(row['share'])} ({word_span(row['share_low'], row['share_high'])})"
            for row in money.to_dict("records")
        }
        tracks = ("operational", "strategic", "maintenance", "undecided")
        rows = [
            (
                opened.scope if name == ALL_GROUPS else str(name),
                *(f"{row[track]:.0f}" for track in tracks),
                told.get(name, ""),
            )
            for name, row in zip(counts.index, counts.to_dict("records"), strict=True)
        ]
        headings = (
            opened.group_noun.capitalize(),
            *(track.capitalize() for track in tracks),
            "Strategic share of the budget",
        )
        title = f"{opened.scope}, {opened.quarter}: projects by track. Run the notebook to explore."
        return StaticTable(title, headings, rows)


def _describe(opened: OpenQuarter) -> dict[str, Any]:
    """What of a quarter goes to the browser."""
    portfolio, pack = opened.portfolio, opened.settings.pack
    rows = list_rows(
        portfolio.projects,
        opened.sorting,
        as_of_date=portfolio.as_of_date,
        currency=portfolio.currency,
    )
    load = list_bookings(
        portfolio,
        opened.sorting,
        hours_per_fte_month=pack.hours_per_fte_month,
        smallest_group=pack.smallest_group,
    )
    targets = list_targets(read_targets(opened.settings.targets))
    scope = {"scope": opened.scope, "targets": targets}
    return {
        "rows": rows | load | scope,
        "draws": pack_draws(portfolio.projects, opened.sorting),
    }


def _earlier_names(opened: OpenQuarter) -> list[str]:
    """Quarters before this one that could be read, the latest first; none is read for it."""
    if opened.snapshot_dir:
        folders = Path(opened.snapshot_dir).glob("earlier/*/")
        return sorted((folder.name for folder in folders), reverse=True)
    return list(opened.settings.earlier_export_dirs(str(opened.quarter)))


def _by_name(opened: OpenQuarter) -> dict[str, OpenQuarter]:
    return {str(one.quarter): one for one in opened.earlier}
