"""What-if: each action by hand, every fault at once, before and after measured alike."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import (
    WhatIf,
    apply_scenario,
    measure_whatif,
    read_scenario,
    read_targets,
)
from dualtrack.errors import ConfigError
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.load_frames import AUGUST, JULY, book, hire, team
from tests.conftest import make_projects, make_sorting


@pytest.fixture
def before() -> WhatIf:
    """Two units of six, a strategic and two operational projects, July and August."""
    months = (JULY, AUGUST)
    rows = [(1, one, 70, "Fitter", month) for one in team(6) for month in months]
    rows += [(2, one, 35, "Fitter", JULY) for one in team(6)]
    rows += [(3, one, 70, "Clerk", month) for one in team(6, "q") for month in months]
    capacity = pd.concat(
        [
            hire(team(6), 140.0, months=months),
            hire(team(6, "q"), 140.0, unit="Unit B", months=months),
        ],
        ignore_index=True,
    )
    projects = make_projects(
        {"title": "Hub", "budget_cost": 600.0},
        {"title": "5S", "budget_cost": 100.0, "forecast_finish_date": "2026-12-31"},
        {"title": "Scrap", "budget_cost": 300.0, "unit_name": "Unit B"},
    )
    sorting = make_sorting({"track": "strategic"}, {}, {})
    return WhatIf(projects, book(*rows), capacity, sorting)


def scenario(path: Path, text: str) -> Path:
    file = path / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    return file


def tried(before: WhatIf, path: Path, text: str) -> tuple[WhatIf, pd.DataFrame]:
    after = apply_scenario(before, read_scenario(scenario(path, text)))
    return after, measure_whatif(before, after).set_index(["quantity_type", "group_name"])


def test_stop_takes_bookings_and_budget_out(before: WhatIf, tmp_path: Path) -> None:
    after, told = tried(before, tmp_path, '[[action]]\ndo = "stop"\nprojects = ["hub"]\n')
    assert after.projects["project_id"].tolist() == ["list:2", "list:3"]
    assert after.actions[["project_id", "cost", "effort_hours"]].to_numpy().tolist() == [
        ["list:1", 600.0, 840.0]
    ]
    assert told.loc[("budget_cost", "All"), ["before_value", "after_value"]].tolist() == [0.6, 0.0]
    # Unit A: 6 FTE of people each month; 3 + 1.5 FTE in July and 3 in August before.
    load = told.loc[("load_share", "Unit A")]
    assert load[["before_value", "after_value"]].tolist() == pytest.approx([7.5 / 12, 1.5 / 12])
    peak = told.loc[("peak_share", "Unit A")]
    assert peak[["before_value", "after_value"]].tolist() == pytest.approx([0.75, 0.25])
    assert not told.loc[("load_share", "Unit B"), "is_changed"]


def test_pause_moves_the_work_and_leaves_the_mix(before: WhatIf, tmp_path: Path) -> None:
    text = '[[action]]\ndo = "pause"\nprojects = ["list:2"]\nuntil = 2026-09-01\n'
    after, told = tried(before, tmp_path, text)
    moved = after.assignments[after.assignments["project_id"] == "list:2"]
    assert (moved["month"] == pd.Timestamp("2026-09-01")).all()
    assert moved["effort_hours"].sum() == 210
    paused = after.projects.set_index("project_id").loc["list:2"]
    assert paused["status_type"] == "on_hold"
    assert paused["forecast_finish_date"] == pd.Timestamp("2027-02-28")
    assert told.loc[("projects", "All"), "after_value"] == 0.5
    assert told.loc[("load_share", "Unit A"), "after_value"] == pytest.approx(6 / 12)
    # People who carried two projects in July carry one.
    assert told.loc[("both_share", "All"), ["before_value", "after_value"]].tolist() == [0.5, 0.0]
    bill = told.loc[("lost_fte", "All")]
    assert bill[["before_low", "before_value", "before_high"]].tolist() == pytest.approx(
        [0.0, 0.1 * 4.5 / 2, 0.2 * 4.5 / 2]
    )
    assert bill["after_high"] == 0.0


def test_merge_adds_up_and_may_save(before: WhatIf, tmp_path: Path) -> None:
    text = '[[action]]\ndo = "merge"\nprojects = ["5S", "Scrap"]\ninto = "list:3"\nsaves_pct = 50\n'
    after, told = tried(before, tmp_path, text)
    assert after.projects.set_index("project_id")["budget_cost"].to_dict() == {
        "list:1": 600.0,
        "list:3": 350.0,
    }
    merged = after.assignments[after.assignments["project_id"] == "list:3"]
    assert merged["effort_hours"].sum() == 840 + 105
    # The work of 5S now counts for the unit of Scrap.
    assert told.loc[("demand_fte", "Unit A"), "after_value"] == pytest.approx(3.0)


def test_relabel_is_as_sure_as_a_decision(before: WhatIf, tmp_path: Path) -> None:
    text = '[[action]]\ndo = "relabel"\nprojects = ["Scrap"]\ntrack = "strategic"\n'
    after, told = tried(before, tmp_path, text)
    row = after.sorting.set_index("project_id").loc["list:3"]
    assert (row["track"], row["p_strategic"], row["decided_by"]) == ("strategic", 1.0, "person")
    assert told.loc[("budget_cost", "All"), "after_value"] == pytest.approx(0.9)
    assert told.loc[("strategic_fte", "All"), ["before_value", "after_value"]].tolist() == [3, 6]


def test_budget_shifts_by_amount_and_share(before: WhatIf, tmp_path: Path) -> None:
    text = (
        '[[action]]\ndo = "shift_budget"\nfrom = ["5S", "Scrap"]\nto = "Hub"\namount = 200\n'
        '[[action]]\ndo = "shift_budget"\nfrom = ["Hub"]\nto = "5S"\npct = 25\n'
    )
    after, _ = tried(before, tmp_path, text)
    assert after.projects["budget_cost"].tolist() == pytest.approx([600, 250, 150])


def test_capacity_moves_without_touching_a_person(before: WhatIf, tmp_path: Path) -> None:
    text = (
        '[[action]]\ndo = "move_capacity"\nfrom = { unit = "Unit B" }\n'
        'to = { unit = "Unit A", role = "Fitter" }\nfte = 2\nmonths = ["2026-07"]\n'
    )
    after, told = tried(before, tmp_path, text)
    assert told.loc[("load_share", "Unit A"), "after_value"] == pytest.approx(7.5 / 14)
    assert told.loc[("load_share", "Unit B"), "after_value"] == pytest.approx(6 / 10)
    assert not told.loc[("load_share", "All"), "is_changed"]
    own = after.capacity[after.capacity["person_id"].isin(before.capacity["person_id"])]
    assert own["capacity_hours"].tolist() == before.capacity["capacity_hours"].tolist()


def test_what_is_given_stays_as_it_is(before: WhatIf, tmp_path: Path) -> None:
    kept = [one.copy() for one in (before.projects, before.assignments, before.sorting)]
    text = (
        '[[action]]\ndo = "stop"\nprojects = ["5S"]\n'
        '[[action]]\ndo = "pause"\nprojects = ["Hub"]\nuntil = "2026-09-01"\n'
    )
    tried(before, tmp_path, text)
    for was, is_ in zip(kept, (before.projects, before.assignments, before.sorting), strict=True):
        pd.testing.assert_frame_equal(was, is_)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to try"),
        ("action = 3\n", "[[action]] is a list of tables"),
        ('[[action]]\ndo = "pase"\n', "action 1: key 'do' holds 'pase', did you mean 'pause'?"),
        ("[[action]]\nx = 1\n", "action 1: no key 'do'"),
        ('titel = "x"\n[fit]\n', "unknown key 'titel', did you mean 'title'?"),
        ('[fit]\nkep = ["a"]\n', "unknown key 'fit.kep', did you mean 'keep'?"),
        ('[fit]\n[[fit.band]]\nquantity = "projects"\nlow = 0.6\nhigh = 0.2\n', "above high"),
        ("[fit]\npriority = { a = 0 }\n", "weights are above zero"),
        ("x = \n", "not a TOML file"),
    ],
)
def test_a_wrong_file_says_what_to_mend(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match="scenario.toml") as fault:
        read_scenario(scenario(tmp_path, text))
    assert words in str(fault.value)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = (
        '[[action]]\ndo = "pause"\nprojects = []\n'
        '[[action]]\ndo = "move_capacity"\nfrom = { unit = "A", rol = "B" }\nto = {}\nfte = 1\n'
        'months = ["2026-13"]\n[fit]\nby = "team"\n'
    )
    with pytest.raises(ConfigError) as fault:
        read_scenario(scenario(tmp_path, text))
    for words in (
        "action 1 (pause): key 'projects'",
        "action 1 (pause): key 'until' is missing",
        "unknown key 'from.rol', did you mean 'role'?",
        "name a unit, a team or a role",
        "'2026-13' is no month such as 2026-08",
        "key 'fit.by' holds 'team'",
    ):
        assert words in str(fault.value)


def test_every_name_that_is_not_there_is_told_at_once(before: WhatIf, tmp_path: Path) -> None:
    text = (
        '[[action]]\ndo = "stop"\nprojects = ["Scrab", "5S"]\n'
        '[[action]]\ndo = "relabel"\nprojects = ["5S"]\ntrack = "strategic"\n'
        '[[action]]\ndo = "shift_budget"\nfrom = ["Scrap"]\nto = "Hub"\namount = 900\n'
        '[[action]]\ndo = "move_capacity"\nfrom = { unit = "Unit C" }\nto = { role = "Clark" }\n'
        "hours = 10\n"
        '[[action]]\ndo = "move_capacity"\nfrom = { role = "Clerk" }\nto = { unit = "Unit A" }\n'
        "fte = 9\n"
    )
    with pytest.raises(ConfigError) as fault:
        apply_scenario(before, read_scenario(scenario(tmp_path, text)))
    for words in (
        "action 1 (stop): no project 'Scrab', did you mean 'Scrap'?",
        "action 2 (relabel): project '5S' was stopped by action 1 before",
        "action 3 (shift_budget): 900 asked, 300 there",
        "no unit 'Unit C', did you mean 'Unit B'?",
        "no role 'Clark', did you mean 'Clerk'?",
        "action 5 (move_capacity): 9.0 FTE asked of Clerk, 6.0 there in 2026-07",
    ):
        assert words in str(fault.value)


def test_two_projects_of_one_title_are_named_by_id(before: WhatIf, tmp_path: Path) -> None:
    twins = WhatIf(
        before.projects.assign(title="Twin"), before.assignments, before.capacity, before.sorting
    )
    read = read_scenario(scenario(tmp_path, '[[action]]\ndo="stop"\nprojects=["twin"]\n'))
    with pytest.raises(ConfigError, match="stands for list:1, list:2, list:3"):
        apply_scenario(twins, read)


def test_with_no_hours_and_no_money_the_mix_is_still_told(before: WhatIf, tmp_path: Path) -> None:
    bare = WhatIf(
        before.projects.assign(budget_cost=float("nan")),
        empty_frame(TABLES["assignments"]),
        empty_frame(TABLES["capacity"]),
        before.sorting,
    )
    after = apply_scenario(
        bare, read_scenario(scenario(tmp_path, '[[action]]\ndo="stop"\nprojects=["Hub"]\n'))
    )
    told = measure_whatif(bare, after, targets=read_targets())
    assert set(told["measure_type"]) == {"mix", "target"}
    counts = told[told["quantity_type"] == "projects"].iloc[0]
    assert (counts["before_value"], counts["after_value"]) == (pytest.approx(1 / 3), 0.0)
    verdicts = told[told["measure_type"] == "target"]
    assert (verdicts["after_verdict"] == "not answerable").all()
