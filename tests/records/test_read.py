"""From exports to a portfolio: accounting, roll-up, units, money, issues."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dualtrack.config import ExportSettings, MoneySettings, PrivacySettings, Settings
from dualtrack.errors import RecordError
from dualtrack.exports import read_export
from dualtrack.portfolio import Portfolio, read_portfolio_snapshot, write_portfolio_snapshot
from dualtrack.records import build_portfolio
from dualtrack.records.people import pseudonyms

DAY = pd.Timestamp("2026-09-30")
HEAD = "ID,Title,Unit,Owner,Start,Due,Budget,Status\n"


def read_texts(folder: Path, settings: Settings | None = None, **texts: str) -> Portfolio:
    stated = settings or Settings(root=folder, privacy=PrivacySettings(people_key="k"))
    exports = []
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        exports += read_export(path, stated, until=DAY.date())
    return build_portfolio(exports, stated, as_of_date=DAY)


def test_a_plain_list_becomes_projects(tmp_path: Path) -> None:
    portfolio = read_texts(
        tmp_path, plan=HEAD + "7,Open a hub,Sales,Ada,2026-01-05,2026-12-31,1200,In progress\n"
    )
    row = portfolio.projects.iloc[0]
    assert row["project_id"] == "plan:7"
    assert (row["unit_name"], row["status_type"], row["budget_cost"]) == ("Sales", "active", 1200)
    assert row["forecast_finish_date"] == pd.Timestamp("2026-12-31")


def test_a_row_without_a_key_is_named_by_its_title_and_a_repeated_key_is_kept(
    tmp_path: Path,
) -> None:
    portfolio = read_texts(
        tmp_path, plan=HEAD + ",Open a hub,S,,,,,\n7,A thing,S,,,,,\n7,Another thing,S,,,,,\n"
    )
    ids = portfolio.projects["project_id"].tolist()
    assert ids == ["plan:open-a-hub", "plan:7", "plan:7#2"]
    assert "repeated key" in set(portfolio.issues["rule_name"])


def test_money_is_converted_only_at_stated_rates_and_keeps_its_origin(tmp_path: Path) -> None:
    settings = Settings(
        root=tmp_path,
        money=MoneySettings(currency="EUR", rates={"GBP": 1.2}),
        privacy=PrivacySettings(people_key="k"),
    )
    rows = "1,Pounds,S,,,,£100,\n2,Dollars,S,,,,$100,\n"
    portfolio = read_texts(tmp_path, settings, plan=HEAD + rows)
    assert portfolio.projects["budget_cost"].tolist()[0] == pytest.approx(120)
    assert pd.isna(portfolio.projects["budget_cost"][1])
    origin = portfolio.conversions.iloc[0]
    assert (origin["original_amount"], origin["original_currency"], origin["rate"]) == (
        100,
        "GBP",
        1.2,
    )
    assert "no rate for USD" in set(portfolio.issues["rule_name"])


def test_unit_is_taken_from_the_row_else_from_the_settings(tmp_path: Path) -> None:
    settings = Settings(
        root=tmp_path,
        export=(ExportSettings(match="plan*", unit_name="Stated"),),
        privacy=PrivacySettings(people_key="k"),
    )
    portfolio = read_texts(tmp_path, settings, plan=HEAD + "1,A,Own,,,,,\n2,B,,,,,,\n")
    assert portfolio.projects["unit_name"].tolist() == ["Own", "Stated"]


def test_the_same_project_in_two_tools_is_merged_and_its_gaps_filled(tmp_path: Path) -> None:
    jira = (
        "Summary,Issue key,Issue id,Issue Type,Custom field (Start date)\n"
        "Inbound lead time for optics,K-1,1,Epic,2026-05-11\n"
    )
    plan = HEAD + "1,Inbound lead time for the optics,S,Ada,2026-05-11,2026-12-01,500,active\n"
    portfolio = read_texts(tmp_path, jira=jira, plan=plan)
    assert portfolio.projects["project_id"].tolist() == ["jira:K-1"]
    assert portfolio.projects["budget_cost"].tolist() == [500]
    merged = portfolio.row_outcomes[portfolio.row_outcomes["outcome_type"] == "merged"]
    assert merged["project_id"].tolist() == ["jira:K-1"]


def test_alike_titles_far_apart_in_time_are_left_for_a_person(tmp_path: Path) -> None:
    jira = (
        "Summary,Issue key,Issue id,Issue Type,Custom field (Start date)\n"
        "Yearly boiler inspection,K-1,1,Epic,2025-05-11\n"
    )
    plan = HEAD + "1,Yearly boiler inspection,S,Ada,2026-05-11,2026-12-01,500,active\n"
    portfolio = read_texts(tmp_path, jira=jira, plan=plan)
    assert len(portfolio.projects) == 2
    assert "perhaps the same project" in set(portfolio.issues["rule_name"])


def test_bookings_find_projects_by_item_keys_and_unknown_keys_are_counted(tmp_path: Path) -> None:
    jira = "Summary,Issue key,Issue id,Issue Type,Parent key\nE,K-1,1,Epic,\nS,K-2,2,Story,K-1\n"
    time = (
        "Issue Key,Hours,Work date,Full name\nK-1,2,2026-07-03,Ada\nK-2,3,2026-07-09,Ada\n"
        "X-9,1,2026-07-09,Ada\n"
    )
    portfolio = read_texts(tmp_path, jira=jira, time=time)
    row = portfolio.assignments.iloc[0]
    assert (row["project_id"], row["effort_hours"]) == ("jira:K-1", 5)
    assert row["month"] == pd.Timestamp("2026-07-01")
    assert row["person_id"].startswith("person-") and "ada" not in row["person_id"].lower()
    assert (portfolio.issues["rule_name"] == "unknown project key").sum() == 1


def test_readings_find_projects_by_a_title_that_names_one_alone(tmp_path: Path) -> None:
    list_ = "Title,Unit,Budget\nOpen Lima,Sales,1\nTwice,Sales,1\nTwice,Service,2\n"
    readings = "Metric,Project,Date,Value\n" + "".join(
        f"M,{title},2026-07-0{day},{day}\n"
        for day, title in enumerate(("Open Lima", "Twice", "Not there"), start=1)
    )
    portfolio = read_texts(tmp_path, list=list_, readings=readings)
    opened = portfolio.projects.set_index("title").loc["Open Lima", "project_id"]
    assert portfolio.measures["project_id"].tolist() == [opened]
    assert (portfolio.issues["rule_name"] == "unknown project key").sum() == 2


def test_bookings_in_seconds_in_days_and_by_the_clock_become_hours(tmp_path: Path) -> None:
    jira = "Summary,Issue key,Issue id,Issue Type,Parent key\nE,K-1,1,Epic,\n"
    seconds = "issueKey,timeSpentSeconds,startDate,author\nK-1,5400,2026-07-03,Ada\n"
    clock = "Datum,Mitarbeiter,Projekt,Stunden\n03.08.2026,Ada,K-1,7:30\n"
    days = "Date,Person,Project,Hours\n2026-09-03,Ada,K-1,1d 2h\n"
    portfolio = read_texts(tmp_path, jira=jira, s=seconds, c=clock, d=days)
    hours = portfolio.assignments.sort_values("month")["effort_hours"].tolist()
    assert hours == [1.5, 7.5, 10.0]


def test_a_milestone_is_told_in_the_tool_s_language_and_needs_no_finish(tmp_path: Path) -> None:
    heading = "Name,Predecessors,Outline_Level,Resource_Names,Milestone,Finish\n"
    rows = "Plan,,1,,Nein,\nGate A,,2,,Ja,2026-05-01\nTask,,2,,Nein,2026-06-01\n"
    assert read_texts(tmp_path, p=heading + rows).milestones["title"].tolist() == ["Gate A"]
    bare = "Name,Predecessors,Outline_Level,Resource_Names,Milestone\nPlan,,1,,0\nGate,,2,,1\n"
    assert read_texts(tmp_path, bare=bare).milestones.empty


def test_nothing_is_nothing_without_a_rate(tmp_path: Path) -> None:
    rows = "1,A,S,,,,£0,\n2,B,S,,,,£5,\n"
    portfolio = read_texts(tmp_path, plan=HEAD + rows)
    assert portfolio.projects["budget_cost"].fillna(-1).tolist() == [0, -1]
    assert portfolio.issues["rule_name"].str.startswith("no rate").sum() == 1


def test_a_status_in_another_column_is_an_issue(tmp_path: Path) -> None:
    text = "ID,Title,Unit,Owner,Labels,Status\n1,A,S,,,active\n2,B,S,,,active\n3,C,S,,active,\n"
    issues = read_texts(tmp_path, plan=text).issues
    shifted = issues[issues["rule_name"] == "cells may be shifted"]
    assert shifted["project_id"].tolist() == ["plan:3"]


def test_no_list_of_projects_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="No list of projects"):
        read_texts(tmp_path, o="Objective ID,Objective,Level\nO1,Grow,Annual\n")


def test_date_rules_find_what_is_out_of_order(tmp_path: Path) -> None:
    rows = "1,A,S,,2026-05-01,2026-04-01,,active\n2,B,S,,2026-01-01,2026-03-01,,active\n"
    issues = read_texts(tmp_path, plan=HEAD + rows).issues
    found = dict(zip(issues["rule_name"], issues["project_id"], strict=True))
    assert found["finish before start"] == "plan:1"
    assert found["open past its finish"] == "plan:2"


def test_pseudonyms_need_the_key(tmp_path: Path) -> None:
    one = pseudonyms(Settings(root=tmp_path, privacy=PrivacySettings(people_key="a")))
    two = pseudonyms(Settings(root=tmp_path, privacy=PrivacySettings(people_key="b")))
    assert one("Ada  Lovelace") == one("ada lovelace") != two("Ada Lovelace")
    made = pseudonyms(Settings(root=tmp_path))
    assert made("Ada") == pseudonyms(Settings(root=tmp_path))("Ada")
    assert (tmp_path / ".dualtrack/people.key").stat().st_mode & 0o077 == 0


CELLS = st.sampled_from(["", "A thing", "Open a hub", "7", "2026-01-05", "x,y", "12.5 m", "Total"])


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(CELLS, min_size=0, max_size=10), min_size=1, max_size=12))
def test_accounting_balances_for_any_rows(tmp_path: Path, rows: list[list[str]]) -> None:
    with (tmp_path / "any.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [HEAD.strip().split(","), ["k", "Sure thing", "S", "", "", "", "", ""], *rows]
        )
    settings = Settings(root=tmp_path, privacy=PrivacySettings(people_key="k"))
    exports = read_export(tmp_path / "any.csv", settings, until=dt.date(2026, 9, 30))
    portfolio = build_portfolio(exports, settings, as_of_date=DAY)
    assert len(portfolio.row_outcomes) == portfolio.sources["row_count"].sum()
    projects = (portfolio.row_outcomes["outcome_type"] == "project").sum()
    assert projects == len(portfolio.projects)


def test_snapshot_comes_back_whole(sample_portfolio: Portfolio, tmp_path: Path) -> None:
    write_portfolio_snapshot(sample_portfolio, tmp_path)
    back = read_portfolio_snapshot(tmp_path)
    for name, frame in sample_portfolio.tables().items():
        pd.testing.assert_frame_equal(back.tables()[name], frame)
    (tmp_path / "projects.parquet").unlink()
    with pytest.raises(RecordError, match="not a snapshot"):
        read_portfolio_snapshot(tmp_path)


def test_a_unit_holds_only_its_own(sample_portfolio: Portfolio) -> None:
    unit = sample_portfolio.for_unit("Digital & IT")
    assert set(unit.projects["unit_name"]) == {"Digital & IT"}
    assert set(unit.assignments["project_id"]) <= set(unit.projects["project_id"])
    assert set(unit.capacity["unit_name"]) == {"Digital & IT"}
    with pytest.raises(RecordError, match="units are"):
        sample_portfolio.for_unit("Digital and IT")


def test_blanks_of_a_project_are_filled_from_its_leaves_and_its_own_words_stand(
    tmp_path: Path,
) -> None:
    text = (
        "Outline Level,Name,Start,Finish,Duration,Work,% Complete,Cost\n"
        "1,Hub,,,,,,500\n"
        "2,Phase,2026-01-05,2026-12-31,3 days,99 hrs,50%,900\n"
        "3,Dig,2026-02-02,2026-03-01,3 days,30 hrs,100%,100\n"
        "3,Build,2026-03-02,2026-06-01,3 days,10 hrs,0%,200\n"
    )
    row = read_texts(tmp_path, plan=text).projects.iloc[0]
    assert row["planned_effort_hours"] == 40
    assert row["start_date"] == pd.Timestamp("2026-02-02")
    assert row["forecast_finish_date"] == pd.Timestamp("2026-06-01")
    assert row["progress_pct"] == 75
    assert 500 in row[["budget_cost", "forecast_cost", "actual_cost"]].tolist()


def test_an_answer_on_a_doubtful_pair_is_remembered(tmp_path: Path) -> None:
    jira = (
        "Summary,Issue key,Issue id,Issue Type,Custom field (Start date)\n"
        "Yearly boiler inspection,K-1,1,Epic,2025-05-11\nOpen a hub,K-2,2,Epic,2026-01-05\n"
    )
    plan = (
        HEAD + "1,Yearly boiler inspection,S,Ada,2026-05-11,2026-12-01,500,active\n"
        "2,Open a hub,S,Ada,2026-01-05,2026-12-01,500,active\n"
    )
    answers = "left_id,right_id,is_same,by,at,why\nplan:1,jira:K-1,yes,a,2026-01-01,x\n"
    answers += "jira:K-2,plan:2,no,a,2026-01-01,two hubs\n"
    (tmp_path / "matches.csv").write_text(answers, encoding="utf-8")
    portfolio = read_texts(tmp_path, jira=jira, plan=plan)
    assert set(portfolio.projects["project_id"]) == {"jira:K-1", "jira:K-2", "plan:2"}
    assert "perhaps the same project" not in set(portfolio.issues["rule_name"])
    (tmp_path / "matches.csv").write_text("left_id,right_id,is_same\na,b,maybe\n", "utf-8")
    with pytest.raises(RecordError, match=r"line \[2\]: is_same must be yes or no"):
        read_texts(tmp_path, jira=jira, plan=plan)


def test_a_calendar_saved_as_csv_gives_meetings(tmp_path: Path) -> None:
    calendar = (
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Required Attendees\n"
        "Strategy board,7/16/2026,1:30:00 PM,7/16/2026,3:00:00 PM,False,Ada;Bo\n"
        "Holiday,7/17/2026,12:00:00 AM,7/18/2026,12:00:00 AM,True,\n"
        "No day,,,,,False,\n"
    )
    portfolio = read_texts(tmp_path, plan=HEAD + "1,A,S,,,,,\n", calendar=calendar)
    row = portfolio.reviews.iloc[0]
    assert len(portfolio.reviews) == 1
    assert row["held_at"] == pd.Timestamp("2026-07-16 13:30")
    assert (row["minutes"], row["attendees"]) == (90, 2)
    outcomes = portfolio.row_outcomes[portfolio.row_outcomes["source_file"] == "calendar.csv"]
    assert sorted(outcomes["reason"].fillna("")) == ["", "all-day entry", "row lacks a needed cell"]
