"""Which groups are too few to be told of, and which others would give them away.

A group under the limit is withheld. It must not come back by subtraction: if one team of a unit
is withheld, the unit less its other teams is that team. So a second group is withheld beside it,
until what is withheld of a total is two groups or more and together no fewer people than the limit;
then every sum and difference of the groups still shown is tried as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dualtrack.analyses.bookings import NO_NAME

__all__ = ["LEVELS", "find_withheld", "find_withheld_by_month"]

# The totals that are shown somewhere, each over columns of the bookings.
LEVELS: dict[str, tuple[str, ...]] = {
    "whole": (),
    "unit": ("unit_name",),
    "team": ("unit_name", "team_name"),
    "role": ("role_name",),
    "unit_role": ("unit_name", "role_name"),
}
# A total and the parts it is the sum of.
_PARTS = (("whole", "unit"), ("whole", "role"), ("unit", "team"), ("unit", "unit_role"))
_MORE_PARTS = (("role", "unit_role"),)
_COLUMNS = ["unit_name", "team_name", "role_name"]
_TOLERANCE = 1e-7


@dataclass
class _Groups:
    """Groups of one stretch of time: the cells each covers, and its people."""

    level: list[str]
    cells: list[np.ndarray]
    people: np.ndarray
    cell_people: list[np.ndarray]
    relations: list[tuple[int, np.ndarray]]

    def together(self, groups: np.ndarray) -> int:
        """People of several groups, each counted once."""
        found = [self.cell_people[cell] for group in groups for cell in self.cells[group]]
        return len(np.unique(np.concatenate(found))) if found else 0


def find_withheld(
    bookings: pd.DataFrame, *, smallest_group: int, beside: pd.DataFrame | None = None
) -> pd.DataFrame:
    """People by group, and which groups must not be told of.

    Args:
        bookings: `person_id`, `unit_name`, `team_name`, `role_name`, none of them missing.
        smallest_group: Groups with fewer people are withheld.
        beside: Bookings of the other units, where these are not all, as `Portfolio.beside` holds
            them: then what the tables of the whole withhold of these units is withheld here too,
            since the whole less the other units would tell the smallest of them. So are a total
            and a role whose part in the units left out is withheld there.

    Returns:
        One row per group of `LEVELS`: `group_type`, `unit_name`, `team_name`, `role_name` (missing
        where the level is over all), `people_count`, `is_suppressed`.

    Source: complementary cell suppression (Willenborg & de Waal, 2001, "Elements of Statistical
    Disclosure Control"); the order, smallest neighbour first, is ours. People who stand in several
    groups are treated as if the groups did not overlap, which withholds more, never less.
    """
    if beside is not None and len(bookings):
        others = beside.fillna(dict.fromkeys(_COLUMNS, NO_NAME))
        columns = ["person_id", *_COLUMNS]
        found = find_withheld(
            pd.concat([bookings[columns], others[columns]]), smallest_group=smallest_group
        )
        own = set(bookings["unit_name"])
        if len(own) == 1:
            return _as_whole(found, str(bookings["unit_name"].iloc[0]))
        return _without_others(found, own, bookings)
    distinct = bookings[["person_id", *_COLUMNS]].drop_duplicates()
    if distinct.empty:
        return pd.DataFrame(
            columns=["group_type", *_COLUMNS, "people_count", "is_suppressed"]
        ).astype({"people_count": "int64", "is_suppressed": "bool"})
    listed, groups = _list_groups(distinct)
    withheld = groups.people < smallest_group
    primary = withheld.copy()
    if withheld.any():
        while True:
            while _add_neighbour(groups, withheld, smallest_group):
                pass
            if not _add_after_sums(groups, withheld, primary):
                break
    return listed.assign(people_count=groups.people, is_suppressed=withheld)


def _as_whole(found: pd.DataFrame, unit_name: str) -> pd.DataFrame:
    """The groups of one unit, as the tables of that unit name them."""
    own = found[found["unit_name"] == unit_name]
    total = own[own["group_type"] == "unit"].assign(group_type="whole", unit_name=pd.NA)
    roles = own[own["group_type"] == "unit_role"].assign(group_type="role", unit_name=pd.NA)
    return pd.concat([total, own, roles], ignore_index=True)


def _without_others(found: pd.DataFrame, own: set[str], bookings: pd.DataFrame) -> pd.DataFrame:
    """The groups of some units: a total of theirs is one of the whole less what is left out."""
    kept = found[found["unit_name"].isin(own)]
    left_out = found[found["unit_name"].notna() & ~found["unit_name"].isin(own)]
    few = left_out[left_out["is_suppressed"]]
    totals = found[found["unit_name"].isna()]
    totals = totals[(totals["group_type"] == "whole") | totals["role_name"].isin(kept["role_name"])]
    is_whole = totals["group_type"] == "whole"
    is_told = np.where(
        is_whole,
        (few["group_type"] == "unit").any(),
        totals["role_name"].isin(few.loc[few["group_type"] == "unit_role", "role_name"]),
    )
    people = totals["role_name"].map(bookings.groupby("role_name")["person_id"].nunique())
    totals = totals.assign(
        people_count=people.fillna(bookings["person_id"].nunique()).astype("int64"),
        is_suppressed=totals["is_suppressed"] | is_told,
    )
    return pd.concat([totals, kept], ignore_index=True)


def find_withheld_by_month(
    bookings: pd.DataFrame, *, smallest_group: int, beside: pd.DataFrame | None = None
) -> pd.DataFrame:
    """`find_withheld` for each month by itself.

    Args:
        bookings: As for `find_withheld`, with `month`.
        smallest_group: Groups with fewer people are withheld.
        beside: As for `find_withheld`.

    Returns:
        The same columns, with `month`.
    """
    parts = [
        find_withheld(
            rows,
            smallest_group=smallest_group,
            beside=None if beside is None else beside[beside["month"] == month],
        ).assign(month=month)
        for month, rows in bookings.groupby("month", sort=True)
    ]
    if not parts:
        return find_withheld(bookings, smallest_group=smallest_group).assign(month=pd.NaT)
    return pd.concat(parts, ignore_index=True)


def _list_groups(distinct: pd.DataFrame) -> tuple[pd.DataFrame, _Groups]:
    cells = distinct.groupby(_COLUMNS, sort=True).ngroup().to_numpy()
    names = distinct.assign(cell=cells).drop_duplicates("cell").sort_values("cell")[_COLUMNS]
    names = names.reset_index(drop=True)
    people = pd.factorize(distinct["person_id"])[0]
    order = np.argsort(cells, kind="stable")
    bounds = np.cumsum(np.bincount(cells))[:-1]
    cell_people = np.split(people[order], bounds)
    level: list[str] = []
    covered: list[np.ndarray] = []
    rows, counts = [], []
    places: dict[str, np.ndarray] = {}
    for name, columns in LEVELS.items():
        by = list(columns)
        codes = np.zeros(len(names), int)
        if by:
            codes = names.groupby(by, sort=True).ngroup().to_numpy()
        own = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
        places[name] = codes + len(level)
        firsts = names.iloc[[one[0] for one in own]]
        rows.append(firsts[by].assign(group_type=name))
        level += [name] * len(own)
        covered += own
        of_cell = codes[cells]
        pairs = pd.DataFrame({"group": of_cell, "person": people}).drop_duplicates()
        counts.append(np.bincount(pairs["group"], minlength=len(own)))
    listed = pd.concat(rows, ignore_index=True).reindex(columns=["group_type", *_COLUMNS])
    relations = _list_relations(places)
    return listed, _Groups(level, covered, np.concatenate(counts), cell_people, relations)


def _list_relations(places: dict[str, np.ndarray]) -> list[tuple[int, np.ndarray]]:
    relations = []
    for total, part in (*_PARTS, *_MORE_PARTS):
        pairs = np.unique(np.column_stack([places[total], places[part]]), axis=0)
        relations += [(int(one), pairs[pairs[:, 0] == one, 1]) for one in np.unique(pairs[:, 0])]
    return relations


def _add_neighbour(groups: _Groups, withheld: np.ndarray, smallest_group: int) -> bool:
    """Withhold one group more for each total that would give a withheld one away."""
    has_added = False
    for total, parts in groups.relations:
        hidden, shown = parts[withheld[parts]], parts[~withheld[parts]]
        if withheld[total]:
            is_open = len(hidden) == 0  # the parts add up to the total
        else:
            is_open = len(hidden) > 0 and (
                len(hidden) == 1 or groups.together(hidden) < smallest_group
            )
        if is_open:
            chosen = shown[np.argmin(groups.people[shown])] if len(shown) else total
            withheld[chosen] = True
            has_added = True
    return has_added


def _add_after_sums(groups: _Groups, withheld: np.ndarray, primary: np.ndarray) -> bool:
    """Withhold one group more where sums and differences of shown groups still give one away."""
    size = 1 + max(int(cells.max()) for cells in groups.cells)
    covers = np.zeros((len(groups.cells), size))
    for place, cells in enumerate(groups.cells):
        covers[place, cells] = 1.0
    shown = np.flatnonzero(~withheld)
    hidden = np.flatnonzero(primary)
    if not len(shown) or not len(hidden):
        return False
    # The part of each hidden group that no combination of shown ones makes up.
    products = covers[shown] @ covers[shown].T
    weights = np.linalg.pinv(products, hermitian=True) @ (covers[shown] @ covers[hidden].T)
    left = covers[hidden].T - covers[shown].T @ weights
    told = np.flatnonzero(np.abs(left).max(axis=0) < _TOLERANCE)
    if not len(told):
        return False
    takes_part = np.abs(weights[:, told[0]]) > _TOLERANCE
    candidates = shown[takes_part]
    withheld[candidates[np.argmin(groups.people[candidates])]] = True
    return True
