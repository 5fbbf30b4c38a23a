"""Triage: decide on doubtful projects by keyboard, each decision a line of the ledger at once."""

from __future__ import annotations

from typing import Any

import pandas as pd
import traitlets

from dualtrack.errors import DualtrackError, SortingError
from dualtrack.schema import TRACKS
from dualtrack.sorting import append_decision, match_ledger, read_ledger
from dualtrack.sorting.ledger.decisions import latest_by_reviewer
from dualtrack.sorting.ledger.lines import WITHDRAWN
from dualtrack.widgets.card import build_card, text_of
from dualtrack.widgets.page import Page, StaticTable, read_module, read_style
from dualtrack.widgets.triage_own import UNDONE, read_held
from dualtrack.widgets.triage_queue import (
    find_likeliest,
    find_next,
    list_queue,
    restore_evidence,
    search_projects,
    word_progress,
)
from dualtrack.workbook import OpenQuarter

__all__ = ["Triage"]

_LONGEST_NOTE = 2000  # letters
_HELP = (
    "Keys, once this frame is clicked: 1, 2, 3 decide, Enter takes the likeliest, s skips, "
    "u undoes, n takes a note, / searches."
)
_MOST_STATIC = 40  # rows of the table shown without a front end


class Triage(Page):
    """The queue of doubtful projects, one card at a time, with keys to decide.

    Keys: 1 operational, 2 strategic, 3 maintenance, Enter the likeliest, s skips, u undoes, n takes
    a note (the reason of the next decision), / searches all projects. A decision is in the ledger
    when the next card shows. Undo takes back the reviewer's last decision, of an earlier sitting
    too if it is not older than a day; it appends a line: their decision before, or `withdrawn`.
    The quarter that was handed in stays as it is; open it again to see the decisions.

    Args:
        opened: As `open_quarter` returns.
        by: Who decides, as the ledger will name them.

    Raises:
        SortingError: `by` is blank, or the ledger has wrong lines.
    """

    _esm = read_module("elements", "scrolling", "triage_card", "triage")
    _css = read_style("common", "triage")
    by = traitlets.Unicode().tag(sync=True)
    queue: traitlets.List[Any] = traitlets.List().tag(sync=True)
    settled = traitlets.Dict().tag(sync=True)
    skipped: traitlets.List[Any] = traitlets.List().tag(sync=True)
    card = traitlets.Dict().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)
    found: traitlets.List[Any] = traitlets.List().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)

    def __init__(self, opened: OpenQuarter, *, by: str) -> None:
        if not by.strip():
            raise SortingError(
                'Triage needs the name of who decides: Triage(opened, by="A. Berg").'
            )
        self._opened = opened
        self._ledger = opened.settings.path(opened.settings.sort.decisions_file)
        self._restored = restore_evidence(opened.sorting, opened.evidence, opened.criteria)
        self._projects = opened.portfolio.projects.set_index("project_id", drop=False)
        self._rows = self._restored.set_index("project_id", drop=False)
        self._pieces = opened.evidence.groupby("project_id", sort=False).indices
        self._has_money = bool((self._projects["budget_cost"] > 0).any())
        written = opened.written_as
        self._written = self._projects if written is None else written.loc[self._projects.index]
        lines = match_ledger(read_ledger(self._ledger), self._written)
        shown = dict(zip(self._written["project_id"], self._projects.index, strict=True))
        lines["project_id"] = lines["project_id"].map(lambda one: shown.get(one, one))
        self._held = read_held(lines, by, now=pd.Timestamp.now("UTC").tz_localize(None))
        settled = {
            project_id: track
            for project_id, track in zip(*_latest(lines), strict=True)
            if project_id in self._projects.index
        }
        queue = list_queue(
            opened.portfolio.projects, self._restored, currency=opened.portfolio.currency
        )
        first = find_next(queue, "", settled, set())
        super().__init__(
            by=by.strip(),
            queue=queue,
            settled=settled,
            card=self._build_card(first),
            progress=word_progress(queue, settled, has_money=self._has_money),
            status={"text": _HELP if queue else "", "is_fault": False},
        )
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Do what the browser asks; whatever is wrong is told there."""
        content = message if isinstance(message, dict) else {}
        deeds = {
            "open": self._open,
            "decide": self._decide,
            "skip": self._skip,
            "undo": self._undo,
            "search": self._search,
        }
        deed = deeds.get(str(content.get("do")))
        if deed is None:
            return
        with self.hold_sync():
            try:
                deed(content)
            except DualtrackError as fault:
                self._tell(str(fault), is_fault=True)

    def _open(self, content: dict[str, Any]) -> None:
        project_id = self._known(content)
        self.card = self._build_card(project_id)
        self._tell(f"{self._title(project_id)}.")

    def _decide(self, content: dict[str, Any]) -> None:
        project_id, track = self._known(content), str(content.get("track"))
        if track not in TRACKS[:3]:
            raise SortingError(f"Track {track!r} is none of {list(TRACKS[:3])}.")
        note = str(content.get("why") or "").strip()[:_LONGEST_NOTE]
        likeliest = find_likeliest(self._rows.loc[project_id].to_dict())
        agrees = "it is" if track == likeliest else f"{likeliest} is"
        note = note or f"decided in triage without a note; {agrees} the likeliest by its evidence"
        self._append(project_id, track, note)
        held = self._held
        held.undoable.append((project_id, held.own.get(project_id)))
        held.own[project_id] = (track, note)
        self._settle(project_id, track)
        self._go_on(project_id, f"{self._title(project_id)} is {track}, written to the ledger.")

    def _skip(self, content: dict[str, Any]) -> None:
        project_id = self._known(content)
        self.skipped = sorted({*self.skipped, project_id})
        self._go_on(project_id, f"{self._title(project_id)} is skipped.")

    def _undo(self, _content: dict[str, Any]) -> None:
        held = self._held
        while held.undoable and held.undoable[-1][0] not in self._projects.index:
            held.undoable.pop()  # decided in the whole, and this is a unit
        if not held.undoable:
            self._tell("Nothing to undo: no decision of yours within the last day.")
            return
        project_id, own = held.undoable[-1]
        if own:
            self._append(project_id, own[0], f"{UNDONE}, again as before: {own[1]}")
            held.own[project_id] = own
        else:
            self._append(project_id, WITHDRAWN, UNDONE)
            held.own.pop(project_id, None)
        held.undoable.pop()
        self._settle(project_id, held.track_of(project_id))
        self.card = self._build_card(project_id)
        now = f"{own[0]} again" if own else "open again"
        self._tell(f"Undone: {self._title(project_id)} is {now}. The ledger keeps both lines.")

    def _search(self, content: dict[str, Any]) -> None:
        text = str(content.get("text") or "")
        self.found = search_projects(
            self._opened.portfolio.projects, self._restored, self.settled, text
        )
        self._tell(f"{len(self.found)} found." if text.strip() else "")

    def _append(self, project_id: str, track: str, why: str) -> None:
        project, said = self._written.loc[project_id], self._rows.loc[project_id]
        append_decision(self._ledger, project, said, track=track, by=self.by, why=why)

    def _settle(self, project_id: str, track: str) -> None:
        others = {key: value for key, value in self.settled.items() if key != project_id}
        self.settled = others | ({project_id: track} if track else {})
        self.progress = word_progress(self.queue, self.settled, has_money=self._has_money)

    def _go_on(self, project_id: str, said: str) -> None:
        following = find_next(self.queue, project_id, self.settled, set(self.skipped))
        self.card = self._build_card(following)
        if not following:
            self._tell(f"{said} The queue is done.")
            return
        likeliest = f"likeliest {self.card['likeliest']}, {self.card['likeliest_share']}"
        self._tell(f"{said} Next: {self._title(following)}, {likeliest}.")

    def _known(self, content: dict[str, Any]) -> str:
        project_id = str(content.get("id"))
        if project_id not in self._projects.index:
            raise SortingError(f"No project {project_id!r} in {self._opened.quarter}.")
        return project_id

    def _title(self, project_id: str) -> str:
        return text_of(self._projects.loc[project_id, "title"]) or project_id

    def _tell(self, text: str, *, is_fault: bool = False) -> None:
        # The number makes the same words a change, so that they are said again.
        number = int(self.status.get("number", 0)) + 1
        self.status = {"text": text, "is_fault": is_fault, "number": number}

    def _build_card(self, project_id: str) -> dict[str, Any]:
        if not project_id:
            return {}
        evidence = self._opened.evidence.take(self._pieces.get(project_id, []))
        return build_card(
            self._projects.loc[project_id],
            self._rows.loc[project_id],
            evidence,
            self._opened.criteria,
            currency=self._opened.portfolio.currency,
        )

    def _static_table(self) -> StaticTable:
        rows = [
            (row["title"], row["unit"], row["stake"], f"{row['likeliest']} {row['chance']}", state)
            for row in self.queue[:_MOST_STATIC]
            for state in [self.settled.get(row["id"], "open")]
        ]
        left = len(self.queue) - len(rows)
        more = f"; {left} more below these" if left else ""
        title = f"{self.progress['words']}{more}. Run the notebook to decide."
        headings = ("Project", "Unit", "At stake", "Likeliest by its evidence", "Decided")
        return StaticTable(title, headings, rows)


def _latest(lines: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Projects and the track that holds on them; where reviewers differ the latest comes last."""
    latest = latest_by_reviewer(lines)
    return latest["project_id"], latest["track"]
