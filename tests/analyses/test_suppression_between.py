"""No group under the limit can be worked out from packs of several units or of two quarters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dualtrack.analyses import (
    measure_attention,
    measure_key_roles,
    measure_load,
    measure_load_groups,
    measure_straddle,
)
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform
from tests.analyses.load_frames import JULY, book, hire
from tests.analyses.test_suppression import CELLS, LIMIT, covers, people_of, tells
from tests.conftest import make_projects, make_sorting

AUGUST = pd.Timestamp("2026-08-01")
NAMES = ["unit_name", "team_name", "role_name"]


def make_company(*months: tuple[pd.Timestamp, pd.DataFrame]) -> tuple[Portfolio, pd.DataFrame]:
    """A project per unit and team on which people of `people_of` book; and its sorting."""
    everyone = pd.concat([people for _, people in months])
    pairs = everyone[NAMES[:2]].drop_duplicates().reset_index(drop=True)
    projects = make_projects(*pairs.to_dict("records"))
    keys = {tuple(pair): number for number, pair in enumerate(pairs.to_numpy().tolist(), start=1)}
    rows = [
        book((keys[one.unit_name, one.team_name], one.person_id, 10, one.role_name)).assign(
            month=month
        )
        for month, people in months
        for one in people.itertuples()
    ]
    tables = {
        "projects": conform(projects, TABLES["projects"]),
        "assignments": conform(pd.concat(rows), TABLES["assignments"]),
        "capacity": conform(hire(everyone["person_id"].unique(), 100.0), TABLES["capacity"]),
    }
    portfolio = Portfolio.from_tables(tables, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR")
    return portfolio, make_sorting(*[{}] * len(projects))


def show_groups(
    own: Portfolio, sorting: pd.DataFrame, unit_name: str = ""
) -> Iterator[pd.DataFrame]:
    """Groups whose people a pack counts, by the names of the whole; `month` is missing over all."""
    people = (own.assignments, own.projects, sorting)
    booked = (own.assignments, own.capacity, own.projects, sorting)
    load = measure_load(*booked, beside=own.beside).assign(unit_name=pd.NA)
    load["group_type"] = np.where(load["group_name"] == "All", "whole", "unit")
    straddle = measure_straddle(*people, beside=own.beside)
    roles = measure_key_roles(*booked, beside=own.beside).assign(
        group_type=lambda found: np.where(found["unit_name"].isna(), "role", "unit_role"),
        group_name=lambda found: found["role_name"],
    )
    groups = measure_load_groups(*booked, beside=own.beside)
    attention = measure_attention(*people, beside=own.beside).assign(
        group_type=lambda found: np.where(found["group_name"] == "All", "whole", "unit"),
        people_count=lambda found: found["booked_fte"],
        unit_name=pd.NA,
    )
    for table in (load, straddle, roles, groups, attention):
        shown = table[table["people_count"].notna()]
        kind, name = shown["group_type"], shown["group_name"]
        unit = shown["unit_name"].astype("object").where(kind != "unit", name)
        yield pd.DataFrame(
            {
                "unit_name": unit.fillna(unit_name or pd.NA) if unit_name else unit,
                "team_name": name.where(kind == "team"),
                "role_name": name.where(kind.isin(["role", "unit_role"])),
                "month": shown.get("month", pd.NaT),
            }
        )


def all_packs(company: Portfolio, sorting: pd.DataFrame) -> pd.DataFrame:
    units = ["", *company.unit_names]
    return pd.concat(
        [one for unit in units for one in show_groups(company.for_unit(unit), sorting, unit)]
    )


def small_groups(people: pd.DataFrame) -> pd.DataFrame:
    """All groups of one month that have fewer people than the limit."""
    parts = []
    for columns in ([], ["unit_name"], NAMES[:2], ["role_name"], ["unit_name", "role_name"]):
        parts.append(people[columns].drop_duplicates().reindex(columns=NAMES))
    groups = pd.concat(parts, ignore_index=True)
    return groups[covers(groups, people).sum(axis=1) < LIMIT].reset_index(drop=True)


@settings(max_examples=6, deadline=None)
@given(CELLS)
def test_packs_of_the_units_and_of_the_whole_tell_no_small_group_together(
    counts: list[tuple[str, str, str, int]],
) -> None:
    people = people_of(*counts)
    company, sorting = make_company((JULY, people))
    shown = covers(all_packs(company, sorting).drop_duplicates(NAMES), people)
    small = small_groups(people)
    for place, target in enumerate(covers(small, people)):
        assert not tells(shown, target), small.iloc[place].to_dict()


@settings(max_examples=6, deadline=None)
@given(CELLS, st.booleans())
def test_packs_without_a_unit_tell_no_small_group_beside_those_of_the_whole(
    counts: list[tuple[str, str, str, int]], one_more: bool
) -> None:
    people = people_of(*counts)
    company, sorting = make_company((JULY, people))
    units = company.unit_names
    seen = [np.zeros((1, len(people)))]
    if len(issued := all_packs(company, sorting)):
        seen.append(covers(issued.drop_duplicates(NAMES), people))
    for left_out in [[unit] for unit in units] + [units[:2]] * one_more:
        if len(left_out) == len(units):
            continue
        own = company.without_units(left_out)
        groups = pd.concat(show_groups(own, sorting)).drop_duplicates(NAMES)
        stays = ~people["unit_name"].isin(left_out).to_numpy()
        if len(groups):
            seen.append(covers(groups, people) * stays)
    small = small_groups(people)
    for place, target in enumerate(covers(small, people)):
        assert not tells(np.vstack(seen), target), small.iloc[place].to_dict()


def test_the_whole_without_a_small_unit_is_not_counted_and_without_a_large_one_it_is() -> None:
    people = people_of(("A", "t", "r", 9), ("B", "u", "r", 6), ("C", "v", "r", 2))
    company, sorting = make_company((JULY, people))
    counts = {}
    for unit in company.unit_names:
        own = company.without_units([unit])
        load = measure_load(own.assignments, own.capacity, own.projects, sorting, beside=own.beside)
        counts[unit] = load.set_index("group_name")["people_count"]
    assert counts["A"]["All"] == 8  # the 17 of the whole less the 9 of A, both shown there
    assert counts["A"][["B", "C"]].isna().all()
    assert pd.isna(counts["C"]["All"]) and counts["C"]["A"] == 9
    assert pd.isna(counts["B"]["All"]) and pd.isna(counts["B"]["C"])


def test_the_unit_beside_a_small_one_is_not_counted_in_its_own_pack() -> None:
    people = people_of(("A", "t", "r", 9), ("B", "u", "r", 6), ("C", "v", "r", 2))
    company, sorting = make_company((JULY, people))
    counts = {}
    for unit in ("", "A", "B", "C"):
        own = company.for_unit(unit)
        load = measure_load(own.assignments, own.capacity, own.projects, sorting, beside=own.beside)
        counts[unit] = load.set_index("group_name")["people_count"].get("All")
    # 17 less 9 less 6 would be the two of C.
    assert counts[""] == 17 and counts["A"] == 9
    assert pd.isna(counts["B"]) and pd.isna(counts["C"])


@settings(max_examples=4, deadline=None)
@given(CELLS, CELLS)
def test_packs_of_two_quarters_tell_no_small_group_together(
    before: list[tuple[str, str, str, int]], after: list[tuple[str, str, str, int]]
) -> None:
    """The later exports repeat the months of the earlier: a reader holds both issues of them.

    Who stands in a group in both months is one unknown, as if it were known who stayed.
    """
    july, august = people_of(*before), people_of(*after)
    first, sorting = make_company((JULY, july))
    second, later = make_company((JULY, july), (AUGUST, august))
    issued = pd.concat([all_packs(first, sorting), all_packs(second, later)])
    everyone = pd.concat([july, august]).drop_duplicates().reset_index(drop=True)
    seen, small = [np.zeros((1, len(everyone)))], []
    for month, people in ((JULY, july), (AUGUST, august)):
        there = everyone.merge(people, how="left", indicator=True)["_merge"].eq("both").to_numpy()
        shown = issued[issued["month"] == month].drop_duplicates(NAMES)
        seen += [row[None] * there for row in covers(shown, everyone)]
        small += [row * there for row in covers(small_groups(people), everyone)]
    for target in small:
        assert not tells(np.vstack(seen), target)


def test_five_last_quarter_and_four_now_are_not_told_by_the_difference() -> None:
    parts = [("A", "t", "r", 9), ("B", "u", "r", 6)]
    july, august = people_of(*parts, ("C", "v", "r", 5)), people_of(*parts, ("C", "v", "r", 4))
    company, sorting = make_company((JULY, july), (AUGUST, august))
    shown = all_packs(company, sorting)
    units = {month: set(rows["unit_name"].dropna()) for month, rows in shown.groupby("month")}
    assert units == {JULY: {"A", "B", "C"}, AUGUST: {"A"}}
