"""Who has decided what when triage is opened: the reviewer's own lines, and what others hold.

Lines of the ledger in; what undo needs out, so that it works after a restart as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dualtrack.sorting.ledger.decisions import latest_by_reviewer
from dualtrack.sorting.ledger.lines import WITHDRAWN
from dualtrack.widgets.card import text_of

__all__ = ["UNDONE", "Held", "read_held"]

UNDONE = "undone in triage"  # begins the reason of a line that undo has written
_UNDO_DAYS = 1.0  # an older decision is changed with a new one, never by a slip on a key

Decided = tuple[str, str]  # track and reason


@dataclass
class Held:
    """Decisions on projects that are shown.

    Attributes:
        own: The reviewer's, by project.
        others: The latest track anyone else holds, by project.
        undoable: Projects the reviewer decided on within a day, the latest last, each with their
            decision before; None where there was none.
    """

    own: dict[str, Decided]
    others: dict[str, str]
    undoable: list[tuple[str, Decided | None]]

    def track_of(self, project_id: str) -> str:
        """The track that holds without a newer line of the reviewer; blank if none."""
        own = self.own.get(project_id)
        return own[0] if own else self.others.get(project_id, "")


def read_held(ledger: pd.DataFrame, by: str, *, now: pd.Timestamp) -> Held:
    """What the ledger holds for a reviewer who sits down.

    Args:
        ledger: As `match_ledger` returns, `project_id` as it is shown.
        by: The reviewer; capitals and blanks aside.
        now: UTC, without a zone as in the ledger.
    """
    is_own = ledger["by"].map(_bare_name) == _bare_name(by)
    others = latest_by_reviewer(ledger[~is_own])
    held = Held({}, dict(zip(others["project_id"], others["track"], strict=True)), [])
    lines = ledger[is_own].sort_values(["at", "line_number"], na_position="first")
    for row in lines.to_dict("records"):
        is_new = pd.notna(row["at"]) and now - row["at"] <= pd.Timedelta(days=_UNDO_DAYS)
        _replay(held, row["project_id"], (row["track"], text_of(row["why"])), is_new=is_new)
    return held


def _replay(held: Held, project_id: str, line: Decided, *, is_new: bool) -> None:
    is_undo = line[1].startswith(UNDONE)
    if is_undo or line[0] == WITHDRAWN:
        places = [place for place, one in enumerate(held.undoable) if one[0] == project_id]
        # Undo takes back the last; withdrawing otherwise leaves nothing to undo.
        for place in reversed(places[-1:] if is_undo else places):
            held.undoable.pop(place)
    elif is_new:
        held.undoable.append((project_id, held.own.get(project_id)))
    if line[0] == WITHDRAWN:
        held.own.pop(project_id, None)
    else:
        held.own[project_id] = line


def _bare_name(name: object) -> str:
    """A name as the ledger compares it: capitals and blanks aside."""
    return " ".join(text_of(name).casefold().split())
