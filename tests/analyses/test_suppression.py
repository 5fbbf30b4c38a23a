"""No group under the limit can be told, nor worked out from those that are."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualtrack.analyses import measure_load, measure_load_groups
from dualtrack.analyses.suppression import find_withheld
from tests.analyses.load_frames import JULY, book, hire, team
from tests.conftest import make_projects, make_sorting

LIMIT = 5


def people_of(*counts: tuple[str, str, str, int]) -> pd.DataFrame:
    """(unit, team, role, people): nobody stands twice."""
    rows = [
        (f"{unit}/{team_name}/{role}/{number}", unit, team_name, role)
        for unit, team_name, role, count in counts
        for number in range(count)
    ]
    return pd.DataFrame(rows, columns=["person_id", "unit_name", "team_name", "role_name"])


def withheld_names(found: pd.DataFrame, level: str) -> set[tuple[str, ...]]:
    own = found[(found["group_type"] == level) & found["is_suppressed"]]
    names = own[["unit_name", "team_name", "role_name"]]
    return {tuple(str(name) for name in row if pd.notna(name)) for row in names.to_numpy()}


def test_a_second_group_is_withheld_beside_a_small_one() -> None:
    found = find_withheld(
        people_of(("A", "t", "r", 9), ("B", "u", "r", 6), ("C", "v", "r", 2)), smallest_group=LIMIT
    )
    # C has two people; the whole less A would be C, were B shown.
    assert withheld_names(found, "unit") == {("B",), ("C",)}
    assert withheld_names(found, "whole") == set()


def test_two_small_groups_need_no_third_when_together_they_are_enough() -> None:
    counts = [("A", "t", "r", 9), ("B", "u", "r", 3), ("C", "v", "r", 2), ("D", "w", "r", 8)]
    found = find_withheld(people_of(*counts), smallest_group=LIMIT)
    assert withheld_names(found, "unit") == {("B",), ("C",)}
    few = [("A", "t", "r", 9), ("B", "u", "r", 2), ("C", "v", "r", 2), ("D", "w", "r", 8)]
    found = find_withheld(people_of(*few), smallest_group=LIMIT)
    assert withheld_names(found, "unit") == {("B",), ("C",), ("D",)}


def test_a_total_with_one_part_goes_with_its_part() -> None:
    found = find_withheld(people_of(("A", "t", "r", 3)), smallest_group=LIMIT)
    assert found["is_suppressed"].all()


def test_nothing_is_withheld_of_large_groups_and_of_none() -> None:
    found = find_withheld(people_of(("A", "t", "r", 5), ("B", "u", "s", 6)), smallest_group=LIMIT)
    assert not found["is_suppressed"].any()
    assert find_withheld(people_of(), smallest_group=LIMIT).empty


def test_the_same_people_under_another_name_are_withheld_too() -> None:
    # Unit B (6) is withheld beside C (2); role s is exactly unit B: shown, it would tell C.
    found = find_withheld(
        people_of(("A", "t", "r", 9), ("B", "u", "s", 6), ("C", "v", "r", 2)), smallest_group=LIMIT
    )
    assert ("B",) in withheld_names(found, "unit")
    assert ("s",) in withheld_names(found, "role")


def covers(found: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Groups x people: who is in which group, worked out from the names alone."""
    rows = []
    for group in found.itertuples():
        is_in = np.ones(len(people), dtype=bool)
        for column in ("unit_name", "team_name", "role_name"):
            name = getattr(group, column)
            if pd.notna(name):
                is_in &= (people[column] == name).to_numpy()
        rows.append(is_in)
    return np.array(rows, dtype=float)


def tells(shown: np.ndarray, target: np.ndarray) -> bool:
    """Whether sums and differences of shown groups give the target."""
    if not len(shown):
        return False
    return bool(np.linalg.matrix_rank(np.vstack([shown, target])) == np.linalg.matrix_rank(shown))


CELLS = st.lists(
    st.tuples(
        st.sampled_from("ABC"), st.sampled_from("tuv"), st.sampled_from("rs"), st.integers(1, 9)
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda cell: cell[:3],
)


@settings(max_examples=60)
@given(CELLS)
def test_no_withheld_count_comes_back_by_subtraction(
    counts: list[tuple[str, str, str, int]],
) -> None:
    people = people_of(*counts)
    found = find_withheld(people, smallest_group=LIMIT)
    members = covers(found, people)
    np.testing.assert_array_equal(members.sum(axis=1), found["people_count"])
    hidden = found["is_suppressed"].to_numpy()
    assert hidden[found["people_count"] < LIMIT].all()
    shown = members[~hidden]
    for place in np.flatnonzero(found["people_count"] < LIMIT):
        assert not tells(shown, members[place]), found.iloc[place].to_dict()
    # Nor is a total less its shown parts a group under the limit, unless nothing is left.
    for total, part in (("whole", "unit"), ("whole", "role"), ("unit", "team"), ("role", "unit")):
        for place in np.flatnonzero((found["group_type"] == total) & ~hidden):
            kind = "unit_role" if (total, part) == ("role", "unit") else part
            inside = (members <= members[place]).all(axis=1)
            parts = members[(found["group_type"] == kind) & ~hidden & inside]
            left = members[place].sum() - parts.sum()
            assert left == 0 or left >= LIMIT


@settings(max_examples=60)
@given(CELLS, st.integers(0, 3))
def test_what_the_tables_show_does_not_tell_a_withheld_count(
    counts: list[tuple[str, str, str, int]], seed: int
) -> None:
    people = people_of(*counts)
    pairs = people[["unit_name", "team_name"]].drop_duplicates().reset_index(drop=True)
    projects = make_projects(*pairs.to_dict("records"))
    key = {tuple(pair): place + 1 for place, pair in enumerate(pairs.to_numpy().tolist())}
    rows = [
        (key[one.unit_name, one.team_name], one.person_id, 10 + seed, one.role_name)
        for one in people.itertuples()
    ]
    tables = (book(*rows), hire(team(1), 100.0), projects, make_sorting(*[{}] * len(pairs)))
    load, groups = measure_load(*tables), measure_load_groups(*tables)
    named = pd.concat(
        [
            load.assign(group_type=np.where(load["group_name"] == "All", "whole", "unit")),
            groups,
        ]
    )
    is_team, is_role = (
        named["group_type"] == "team",
        named["group_type"].isin(["role", "unit_role"]),
    )
    named = named.assign(
        unit_name=named["unit_name"].where(named["group_type"] != "unit", named["group_name"]),
        team_name=named["group_name"].where(is_team),
        role_name=named["group_name"].where(is_role),
    ).reset_index(drop=True)
    members = covers(named, people)
    sizes, shown = members.sum(axis=1), named["people_count"].notna().to_numpy()
    assert (sizes[shown] == named.loc[shown, "people_count"].astype(float)).all()
    for place in np.flatnonzero(sizes < LIMIT):
        assert not shown[place]
        assert not tells(members[shown], members[place])


def test_of_a_withheld_group_no_load_is_told_either() -> None:
    rows = [(1, one, 70, "Fitter") for one in team(9)] + [(1, "q", 140, "Tester")]
    people = [*team(9), "q"]
    tables = (book(*rows), hire(people, 100.0), make_projects({}), make_sorting({}))
    groups = measure_load_groups(*tables)
    roles = groups[groups["group_type"] == "role"].set_index("group_name")
    # One tester, at 140 %: withheld. The fitters go with it: whole less fitters is the tester.
    assert roles["is_suppressed"].all()
    assert roles[["demand_fte", "capacity_fte", "load_share", "people_count"]].isna().all().all()
    assert (groups["month"] == JULY).all()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[:4])
def test_the_order_of_rows_changes_nothing(order: tuple[int, ...]) -> None:
    counts = [("A", "t", "r", 9), ("B", "u", "r", 6), ("C", "v", "r", 2)]
    found = find_withheld(people_of(*(counts[place] for place in order)), smallest_group=LIMIT)
    assert withheld_names(found, "unit") == {("B",), ("C",)}
