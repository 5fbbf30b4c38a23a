"""The explorer in a browser: filters, linked views, what-if, and how fast each action answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from dualtrack.analyses import WhatIf, apply_scenario, measure_mix, measure_whatif
from dualtrack.analyses.whatif_actions import RelabelProjects, Scenario
from dualtrack.claims.claim import word_share, word_span
from dualtrack.widgets import Explorer
from dualtrack.workbook import OpenQuarter
from tests.browser.accessible import list_faults
from tests.browser.stage import Stage, mount
from tests.browser.test_triage_page import HOSTILE
from tests.browser.timing import TIMED

LONGEST_MS = 200
UNIT = "Product Engineering"


@pytest.fixture
def stage(page: Any, opened: OpenQuarter) -> Stage:
    return mount(page, Explorer(opened))


def mix_label(page: Any, name: str) -> str:
    """What the strategic bar of a quantity says."""
    return str(
        page.get_by_role("button", name=re.compile(f"^{name}: strategic")).get_attribute(
            "aria-label"
        )
    )


def choose(page: Any, label: str, option: str) -> None:
    page.get_by_label(label).select_option(label=option)


@pytest.mark.parametrize("unit", ["All", UNIT])
def test_shares_and_intervals_are_those_of_the_pack(
    stage: Stage, page: Any, opened: OpenQuarter, unit: str
) -> None:
    if unit != "All":
        choose(page, "Unit", unit)
    mix = measure_mix(opened.portfolio.projects, opened.sorting)
    own = mix[(mix["group_name"] == unit) & (mix["track"] == "strategic")]
    names = {"projects": "Projects", "budget_cost": "Budget", "effort_hours": "Planned work"}
    for row in own.itertuples():
        told = f"{word_share(row.share)} ({word_span(row.share_low, row.share_high)})"
        assert f"strategic {told}." in mix_label(page, names[row.quantity_type])


def test_filters_narrow_all_views(stage: Stage, page: Any, opened: OpenQuarter) -> None:
    sorting, projects = opened.sorting, opened.portfolio.projects
    choose(page, "Unit", UNIT)
    choose(page, "Track", "strategic")
    is_own = (projects["unit_name"] == UNIT) & (sorting["track"] == "strategic").to_numpy()
    count = int(is_own.sum())
    assert page.get_by_role("status").inner_text().startswith(f"{count} projects shown of ")
    assert page.locator(".dt-list tbody tr").count() == count
    titles = set(page.locator(".dt-open").all_inner_texts())
    assert titles == set(projects.loc[is_own, "title"])
    assert "0 operational" in page.locator("svg.dt-paths").get_attribute("aria-label")
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_role("status").inner_text().startswith(f"{len(projects)} projects shown")


def test_sponsor_level_not_recorded_can_be_chosen(
    stage: Stage, page: Any, opened: OpenQuarter
) -> None:
    choose(page, "Sponsor level", "not recorded")
    count = int(opened.portfolio.projects["sponsor_level"].isna().sum())
    assert page.get_by_role("status").inner_text().startswith(f"{count} projects shown")


def test_from_a_bar_to_its_rows(stage: Stage, page: Any, opened: OpenQuarter) -> None:
    page.get_by_role("button", name=re.compile("^label inflation: ")).click()
    count = int((opened.sorting["blur_type"] == "label inflation").sum())
    assert page.locator(".dt-list tbody tr").count() == count
    assert page.locator(".dt-picked").inner_text().startswith(f"Listed: {count}, label inflation")
    page.get_by_role("button", name=re.compile("^Budget: operational")).press("Enter")
    count = int((opened.sorting["track"] == "operational").sum())
    assert page.locator(".dt-picked").inner_text().startswith(f"Listed: {count}, operational")


def test_from_a_row_to_its_evidence_and_source_row(
    stage: Stage, page: Any, opened: OpenQuarter
) -> None:
    stage.wait_answer(lambda: page.locator(".dt-open").nth(2).click())
    project = opened.portfolio.projects.set_index("project_id").loc[stage.widget.card["id"]]
    detail = page.get_by_role("complementary", name="Evidence")
    assert detail.locator("h3").inner_text() == project["title"]
    source = f"Source: {project['source_file']}, row {project['source_row']}"
    assert source in detail.inner_text()
    assert page.evaluate("document.activeElement.className") == "dt-title"
    page.keyboard.press("Escape")
    assert detail.inner_text() == ""
    page.locator(".dt-open").nth(2).click()  # the same one again
    detail.locator("h3").wait_for(timeout=5000)


def test_from_a_bar_of_the_picture_to_its_evidence(stage: Stage, page: Any) -> None:
    bar = page.locator("svg.dt-paths .dt-project").first
    name = bar.get_attribute("aria-label")
    bar.focus()
    stage.wait_answer(lambda: page.keyboard.press("Enter"))
    assert name.startswith(page.locator(".dt-detail h3").inner_text())


def test_a_what_if_tells_mix_load_and_targets_as_the_analysis_does(
    stage: Stage, page: Any, opened: OpenQuarter
) -> None:
    titles = page.locator(".dt-open").all_inner_texts()[:2]
    for title in titles:
        page.get_by_role("checkbox", name=f"Select {title}", exact=True).check()
    page.get_by_role("button", name="to operational").click()
    portfolio = opened.portfolio
    before = WhatIf(portfolio.projects, portfolio.assignments, portfolio.capacity, opened.sorting)
    action = RelabelProjects(do="relabel", projects=tuple(titles), track="operational")
    after = apply_scenario(before, Scenario(action=(action,)))
    found = measure_whatif(before, after).set_index(["quantity_type", "group_name"])
    row = found.loc[("budget_cost", "All")]
    tried = f"{word_share(row['after_value'])} ({word_span(row['after_low'], row['after_high'])})"
    was = f"{word_share(row['before_value'])} ({word_span(row['before_low'], row['before_high'])})"
    assert f"strategic {tried}." in mix_label(page, "Budget")
    table = page.locator(".dt-tried").inner_text()
    assert f"{was}: above\t{tried}: " in table
    fte = found.loc[("strategic_fte", "All")]
    assert f"{fte['after_value']:.1f} ({fte['after_low']:.1f} to {fte['after_high']:.1f})" in table


def test_pausing_frees_load_and_ends_with_the_what_if(
    stage: Stage, page: Any, opened: OpenQuarter
) -> None:
    rows = stage.widget.rows
    most = max(range(len(rows["ids"])), key=lambda one: rows["booked"][one])
    page.get_by_label("Title or id").fill(rows["ids"][most])
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="pause").click()
    page.get_by_role("button", name="Clear").click()
    demand = rows["groups"]["All"]["demand"]
    booked = page.locator(".dt-tried tr", has_text="Booked, FTE").inner_text().split("\t")
    assert booked[1:] == [f"{demand:.1f}", f"{demand - rows['booked'][most]:.1f}"]
    page.get_by_role("button", name="end the what-if").click()
    assert page.locator(".dt-tried thead th").all_inner_texts() == ["Measure", "As it is"]


def test_every_action_on_5000_projects_answers_in_under_200_ms(
    page: Any, large: OpenQuarter
) -> None:
    stage = mount(page, Explorer(large))
    best: dict[str, float] = {}
    for _ in range(5):  # the best of five: other work on the machine is not the explorer's
        took = page.evaluate(TIMED)
        best = {name: min(ms, best.get(name, ms)) for name, ms in took.items()}
        if max(best.values()) < LONGEST_MS:
            break
    assert len(best) == 15 and max(best.values()) < LONGEST_MS, best
    assert not stage.faults


def test_texts_of_the_data_never_become_markup(page: Any, opened: OpenQuarter) -> None:
    projects = opened.portfolio.projects.assign(title=HOSTILE, unit_name=HOSTILE)
    hostile = replace(opened, portfolio=replace(opened.portfolio, projects=projects))
    stage = mount(page, Explorer(hostile))
    stage.wait_answer(lambda: page.locator(".dt-open").first.click())
    assert page.locator("#cell img, #cell script").count() == 0
    assert page.title() == "dualtrack" and not stage.faults


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_projects_are_drawn_too(page: Any, opened: OpenQuarter, count: int) -> None:
    projects = opened.portfolio.projects.head(count).assign(title="Long " * 30)
    is_kept = opened.sorting["project_id"].isin(projects["project_id"])
    few = replace(
        opened,
        portfolio=replace(opened.portfolio, projects=projects),
        sorting=opened.sorting[is_kept],
    )
    stage = mount(page, Explorer(few))
    assert page.get_by_role("status").inner_text().startswith(f"{count} project")
    assert not stage.faults


@pytest.mark.parametrize("width", [480, 900, 1280])
def test_beside_an_open_card_no_column_of_the_list_is_cut(
    stage: Stage, page: Any, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    stage.wait_answer(lambda: page.locator(".dt-open").nth(1).click())
    sizes = "(one) => [one.scrollWidth, one.clientWidth]"
    for where in (".dt-scroll", ".dt-detail", ".dt-root"):
        whole, shown = page.locator(where).evaluate(sizes)
        assert whole <= shown, where


def test_no_serious_fault_of_accessibility(stage: Stage, page: Any) -> None:
    assert list_faults(page) == []
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="pause").click()
    stage.wait_answer(lambda: page.locator(".dt-open").first.click())
    assert list_faults(page) == []
