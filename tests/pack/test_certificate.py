"""Units add up to the whole, none shows another's project; what changed is told with care."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.config import Settings, SortSettings
from dualtrack.pack.certificate import Certificate, PackContent, certify, snapshot_sums
from dualtrack.pack.changes import IssuedQuarter, measure_changes, read_issued, show_changes
from dualtrack.pack.definitions import changed_definitions, list_definitions
from dualtrack.pack.numbers import Numbers, NumbersColumn
from tests.conftest import make_projects, make_sorting

PROJECTS = make_projects(
    {"unit_name": "North", "budget_cost": 100.0, "planned_effort_hours": 10.0},
    {"unit_name": "North", "budget_cost": 50.0, "actual_effort_hours": 4.0},
    {"unit_name": "South", "budget_cost": -7.0},
)
SORTING = make_sorting({"track": "operational"}, {"track": "strategic"}, {"track": "operational"})


def table(*titles: str) -> Numbers:
    return Numbers((NumbersColumn("title", "Project"),), tuple((one,) for one in titles))


def pack_of(unit: str, *tables: Numbers) -> PackContent:
    own = PROJECTS[PROJECTS["unit_name"] == unit] if unit else PROJECTS
    return PackContent(unit or "Whole", unit, snapshot_sums(own, SORTING), tables)


def check(*packs: PackContent, projects: pd.DataFrame = PROJECTS) -> Certificate:
    return certify(packs, projects, SORTING, known=projects)


def test_sums_by_hand() -> None:
    sums = {
        (quantity, track): amount for quantity, track, amount in snapshot_sums(PROJECTS, SORTING)
    }
    assert sums == {
        ("projects", "operational"): 2,
        ("projects", "strategic"): 1,
        ("budget_cost", "operational"): 100,  # the sale of 7 is unknown, not minus 7
        ("budget_cost", "strategic"): 50,
        ("effort_hours", "operational"): 10,
        ("effort_hours", "strategic"): 4,
    }


def test_units_that_add_up_hold() -> None:
    found = check(pack_of(""), pack_of("North", table("Project 1")), pack_of("South"))
    assert found.holds and not found.left_out
    assert found.sums[0] == {
        "quantity": "projects",
        "track": "operational",
        "whole": 2.0,
        "units": 2.0,
    }


@pytest.mark.parametrize("quantity", ["projects", "budget_cost", "effort_hours"])
def test_a_wrong_sum_is_found_whichever_it_is(quantity: str) -> None:
    north = pack_of("North")
    wrong = tuple(
        (name, track, amount + (1 if (name, track) == (quantity, "strategic") else 0))
        for name, track, amount in north.sums
    )
    found = check(pack_of(""), replace(north, sums=wrong), pack_of("South"))
    assert not found.holds
    assert any("the units add up to" in line and quantity in line for line in found.findings)
    assert any(line.startswith(f"North: {quantity}, strategic is") for line in found.findings)


def test_another_units_project_is_found() -> None:
    found = check(pack_of(""), pack_of("North", table("Project 3")), pack_of("South"))
    assert found.findings == ("North: its pack names projects of other units, ['Project 3'].",)
    # One that was the unit's in an earlier quarter is not another's.
    known = pd.concat([PROJECTS, PROJECTS.iloc[[2]].assign(unit_name="North")])
    packs = (pack_of(""), pack_of("North", table("Project 3")), pack_of("South"))
    assert certify(packs, PROJECTS, SORTING, known=known).holds


def test_projects_without_a_unit_are_in_the_whole_alone() -> None:
    projects = PROJECTS.assign(unit_name=["North", None, "South"])
    north = PackContent("North", "North", snapshot_sums(projects.iloc[[0]], SORTING))
    found = check(pack_of(""), north, pack_of("South"), projects=projects)
    assert found.holds
    lost = check(pack_of(""), north, PackContent("South", "South", north.sums), projects=projects)
    assert not lost.holds


def test_what_could_not_be_checked_is_said() -> None:
    found = check(pack_of(""), pack_of("North"))
    assert found.holds and found.left_out == ("Units add up to the whole: no pack of South.",)
    silent = check(replace(pack_of(""), sums=()), pack_of("North"), pack_of("South"))
    assert silent.holds and "Sums of Whole" in silent.left_out[0]
    assert check().holds


DEFINITIONS = {"sort.decide_at": "0.7", "packaged criteria.toml": "ab"}
BEFORE = {
    "name": "North",
    "status": "done",
    "facts": {"Projects": "10", "Strategic share of budget": "44 % (38 to 50 %)", "Blurred": "3"},
    "sums": [["projects", "strategic", 4.0], ["budget_cost", "strategic", 900.0]],
}
FACTS = {"Projects": "12", "Strategic share of budget": "50 % (40 to 55 %)", "Blurred": "3"}
SUMS = (
    ("projects", "strategic", 5.0),
    ("budget_cost", "strategic", 1000.0),
    ("effort_hours", "strategic", 0.0),
)
ISSUED = IssuedQuarter("2026-Q2", DEFINITIONS, {"North": BEFORE})


def changes_of(definitions: dict[str, str], name: str = "North") -> object:
    return measure_changes(
        ISSUED,
        name,
        quarter="2026-Q3",
        definitions=definitions,
        facts=FACTS,
        sums=SUMS,
        currency="EUR",
    )


def test_changes_by_hand() -> None:
    changes = changes_of(DEFINITIONS)
    assert changes.sentence == "Since 2026-Q2: two more projects, as many blurred projects"
    numbers = show_changes(changes).blocks[0].numbers
    assert numbers.rows == (
        ("Projects", 10.0, 12.0, 2.0),
        ("Strategic share of budget", "44 % (38 to 50 %)", "50 % (40 to 55 %)", None),
        ("Blurred", 3.0, 3.0, 0.0),
        ("Strategic budget, EUR", 900.0, 1000.0, 100.0),
    )
    assert numbers.printed()[0] == ["Projects", "10", "12", "+2"]


def test_a_changed_definition_is_named_and_no_difference_is_drawn() -> None:
    changes = changes_of({**DEFINITIONS, "sort.decide_at": "0.8"})
    page = show_changes(changes)
    assert page.blocks[0].title == "Not compared with 2026-Q2: sort.decide_at changed since"
    assert [one.name for one in page.blocks[0].numbers.columns] == ["what", "before", "now"]
    two = changes_of({"sort.decide_at": "0.8", "own criteria": "cd"})
    assert two.sentence.endswith(
        "own criteria, packaged criteria.toml and sort.decide_at changed since"
    )


def test_nothing_to_compare_with_is_none(tmp_path: Path) -> None:
    assert changes_of(DEFINITIONS, "West") is None
    assert read_issued(tmp_path) is None
    (tmp_path / "manifest.json").write_text(json.dumps({"packs": [BEFORE]}))
    assert read_issued(tmp_path) is None  # written before manifests told definitions
    told = {"quarter": "2026-Q2", "definitions": DEFINITIONS, "packs": [BEFORE]}
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    assert read_issued(tmp_path) == replace(ISSUED, whole="North")


def test_definitions_follow_settings_and_criteria_but_not_decisions(tmp_path: Path) -> None:
    plain = Settings(root=tmp_path)
    now = list_definitions(plain)
    assert {"sort.decide_at", "packaged criteria.toml", "text model", "table projects"} <= set(now)
    other = Settings(root=tmp_path, sort=SortSettings(decide_at=0.8, decisions_file="d.csv"))
    assert changed_definitions(now, list_definitions(other)) == ["sort.decide_at"]
    (tmp_path / "own.toml").write_text("x = 1")
    own = Settings(root=tmp_path, sort=SortSettings(criteria_file="own.toml"))
    assert changed_definitions(now, list_definitions(own)) == ["own criteria"]
