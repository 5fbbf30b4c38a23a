"""Who stands on both tracks at once: people, counted, and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dualtrack.analyses.bookings import join_bookings, sum_fte
from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends
from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.analyses.suppression import LEVELS, find_withheld
from dualtrack.schema import TABLES, conform, empty_frame

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["measure_straddle"]

_SHOWN = ("whole", "unit", "team")
DRAWS = 200  # ends of an interval then move by about a point; people are many, so draws cost
_CHUNK = 50
_TOLD = [
    "people_count",
    "both_tracks_count",
    "always_both_count",
    "both_share",
    "both_low",
    "both_high",
    "operational_fte",
    "strategic_fte",
    "minor_share",
]


def measure_straddle(
    assignments: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """People and teams that work on both tracks, for the whole, by unit and by team.

    A person is on both tracks when hours are booked on an operational and on a strategic project
    in the same month. A person who books in two units is counted in both, over all that is booked.

    Args:
        assignments: Project x person x month.
        projects: For unit and team of each project.
        sorting: Track and probabilities of each project.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: Groups with fewer people over all months are withheld, and others with them
            where a difference would tell.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `straddle` table, empty without bookings. The interval of `both_share` is the middle
        90 % of 200 portfolios drawn from the probabilities (`analyses/draws.py`); undecided
        projects take part in it, but not in the count.
    """
    if assignments.empty:
        return empty_frame(TABLES["straddle"])
    bookings = join_bookings(assignments, projects, sorting)
    bookings = bookings[bookings["effort_hours"] > 0]
    people = _People(bookings)
    chance = sorting.set_index("project_id").reindex(people.project_ids)
    drawn = draw_tracks(chance, draws=DRAWS, temperature_error=temperature_error, seed=seed)
    codes = {name: code for code, name in enumerate(DRAWN_TRACKS)}
    told = chance["track"].map(codes).fillna(-1).to_numpy(np.int8)[None]
    both_now, always_now = people.on_both(told)
    both_drawn = people.on_both(drawn)[0]
    hours = hours_per_fte_month * bookings["month"].nunique()
    withheld = find_withheld(bookings, smallest_group=smallest_group, beside=beside)
    parts = []
    for level in _SHOWN:
        columns = list(LEVELS[level])
        groups = withheld[withheld["group_type"] == level].reset_index(drop=True)
        members = _members(bookings, groups, columns, people)
        count = members.sum(axis=1)
        shares = (members @ both_drawn) / count[:, None]
        ends = np.array([middle_and_ends(row) for row in shares]).reshape(-1, 3)
        keys = columns or ["group_name"]
        own = bookings if columns else bookings.assign(group_name=ALL_GROUPS)
        fte = sum_fte(own, keys, hours_per_fte=hours).reset_index()
        rows = groups.assign(
            group_name=groups[columns[-1]] if columns else ALL_GROUPS,
            people_count=count,
            both_tracks_count=(members @ both_now)[:, 0],
            always_both_count=(members @ always_now)[:, 0],
            both_low=ends[:, 1],
            both_high=ends[:, 2],
        ).merge(
            fte[[*keys, "operational_fte", "strategic_fte"]],
            on=keys,
            how="left",
            validate="one_to_one",
        )
        parts.append(rows)
    found = pd.concat(parts, ignore_index=True)
    paths = found[["operational_fte", "strategic_fte"]]
    share = found["both_tracks_count"] / found["people_count"]
    found = found.assign(
        both_share=share,
        # The tracks as decided are one of the portfolios that may be: the interval holds them.
        both_low=found["both_low"].clip(upper=share),
        both_high=found["both_high"].clip(lower=share),
        minor_share=paths.min(axis=1) / paths.sum(axis=1).where(lambda both: both > 0),
    )
    found[_TOLD] = found[_TOLD].mask(found["is_suppressed"])
    return conform(found.drop(columns=["team_name", "role_name"]), TABLES["straddle"])


class _People:
    """Person-months by project: who is on both tracks, for any tracks of the projects."""

    def __init__(self, bookings: pd.DataFrame) -> None:
        from scipy import sparse  # heavy: only where people are counted

        self.person, self.person_ids = pd.factorize(bookings["person_id"])
        project, self.project_ids = pd.factorize(bookings["project_id"])
        stretch = bookings.groupby(["person_id", "month"], sort=False).ngroup().to_numpy()
        firsts = np.unique(stretch, return_index=True)[1]
        of_stretch = self.person[firsts]
        self._booked = sparse.csr_array(
            (np.ones(len(bookings), np.float32), (stretch, project)),
            shape=(len(firsts), len(self.project_ids)),
        )
        self._person_months = sparse.csr_array(
            (np.ones(len(firsts), np.float32), (of_stretch, np.arange(len(firsts)))),
            shape=(len(self.person_ids), len(firsts)),
        )
        self._months = np.bincount(of_stretch, minlength=len(self.person_ids))[:, None]

    def on_both(self, tracks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """People x draws: on both tracks in some month; and in every month, of two or more."""
        some, every = [], []
        for start in range(0, len(tracks), _CHUNK):
            drawn = tracks[start : start + _CHUNK].T
            is_both = np.ones((self._booked.shape[0], drawn.shape[1]), dtype=bool)
            for name in ("operational", "strategic"):
                is_on = (drawn == DRAWN_TRACKS.index(name)).astype(np.float32)
                is_both &= (self._booked @ is_on) > 0
            months = self._person_months @ is_both.astype(np.float32)
            some.append(months > 0)
            every.append((months == self._months) & (self._months > 1))
        return np.hstack(some).astype(np.float32), np.hstack(every).astype(np.float32)


def _members(
    bookings: pd.DataFrame, groups: pd.DataFrame, columns: list[str], people: _People
) -> sparse.csr_array:
    """Groups x people, each person once."""
    from scipy import sparse

    pairs = bookings[columns].assign(person=people.person).drop_duplicates()
    place = groups[columns].assign(place=groups.index)
    pairs = (
        pairs.merge(place, on=columns, how="left", validate="many_to_one")
        if columns
        else pairs.assign(place=0)
    )
    return sparse.csr_array(
        (np.ones(len(pairs), np.float32), (pairs["place"], pairs["person"])),
        shape=(len(groups), len(people.person_ids)),
    )
