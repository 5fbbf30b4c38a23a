"""Who stands on both tracks at once: people, counted, and teams."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.bookings import join_bookings, sum_fte
from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends
from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.analyses.suppression import LEVELS, find_withheld
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["measure_straddle"]

_SHOWN = ("whole", "unit", "team")
DRAWS = 200  # ends of an interval then move by about a point; people are many, so draws cost
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
    bookings = join_bookings(assignments, projects, sorting)
    bookings = bookings[bookings["effort_hours"] > 0]
    if bookings.empty:
        return empty_frame(TABLES["straddle"])
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
        members = _Members(bookings, groups, columns, people)
        count = members.sizes
        shares = members.count(both_drawn) / count[:, None]
        ends = np.array([middle_and_ends(row) for row in shares]).reshape(-1, 3)
        keys = columns or ["group_name"]
        own = bookings if columns else bookings.assign(group_name=ALL_GROUPS)
        fte = sum_fte(own, keys, hours_per_fte=hours).reset_index()
        rows = groups.assign(
            group_name=groups[columns[-1]] if columns else ALL_GROUPS,
            people_count=count,
            both_tracks_count=members.count(both_now)[:, 0],
            always_both_count=members.count(always_now)[:, 0],
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
        self.person, self.person_ids = pd.factorize(bookings["person_id"])
        project, self.project_ids = pd.factorize(bookings["project_id"])
        month = pd.factorize(bookings["month"])[0]
        order = np.lexsort((month, self.person))
        self._project = project[order]
        stretch = np.column_stack([self.person[order], month[order]])
        is_new = np.r_[True, (stretch[1:] != stretch[:-1]).any(axis=1)]
        self._stretch_starts = np.flatnonzero(is_new)
        of_stretch = stretch[is_new, 0]
        self._person_starts = np.flatnonzero(np.r_[True, of_stretch[1:] != of_stretch[:-1]])
        self._months = np.bincount(of_stretch, minlength=len(self.person_ids))[:, None]

    def on_both(self, tracks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """People x draws: on both tracks in some month; and in every month, of two or more.

        Eight draws stand in a byte: what a person books on is the `or` of the projects' bytes.
        """
        operational, strategic = (self._on_track(tracks, name) for name in DRAWN_TRACKS[:2])
        is_both = operational & strategic
        some = np.bitwise_or.reduceat(is_both, self._person_starts)
        every = np.bitwise_and.reduceat(is_both, self._person_starts)
        draws = len(tracks)
        return (
            np.unpackbits(some, axis=1, count=draws).astype(bool),
            np.unpackbits(every, axis=1, count=draws).astype(bool) & (self._months > 1),
        )

    def _on_track(self, tracks: np.ndarray, name: str) -> np.ndarray:
        """Person-months x bytes of draws: booked on a project of that track."""
        code = DRAWN_TRACKS.index(name)
        bits = np.packbits((tracks == code).T, axis=1)
        return np.bitwise_or.reduceat(bits[self._project], self._stretch_starts)


class _Members:
    """Groups x people, each person once."""

    def __init__(
        self, bookings: pd.DataFrame, groups: pd.DataFrame, columns: list[str], people: _People
    ) -> None:
        pairs = bookings[columns].assign(person=people.person).drop_duplicates()
        place = groups[columns].assign(place=groups.index)
        pairs = (
            pairs.merge(place, on=columns, how="left", validate="many_to_one")
            if columns
            else pairs.assign(place=0)
        ).sort_values("place", kind="stable")
        self.sizes = np.bincount(pairs["place"], minlength=len(groups))
        self._people = np.split(pairs["person"].to_numpy(), np.cumsum(self.sizes)[:-1])

    def count(self, of_people: np.ndarray) -> np.ndarray:
        """Groups x draws: of whom it is true."""
        return np.array([np.count_nonzero(of_people[one], axis=0) for one in self._people])
