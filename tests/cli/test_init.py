"""`dualtrack init`: a workspace that works as it is, with every setting shown."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

import dualtrack
from dualtrack.config import Settings, read_settings
from dualtrack.errors import ConfigError
from dualtrack.pack.plan import plan_quarter
from dualtrack.quarter import Quarter
from dualtrack.start import write_workspace
from dualtrack.start.rules import RULE_FILES, copy_rules
from dualtrack.workbook import open_records

QUARTER = Quarter(2026, 3)


def test_the_workspace_is_whole_and_its_settings_are_the_defaults(tmp_path: Path) -> None:
    written = write_workspace(tmp_path / "w", name='Acme "North"', quarter=QUARTER)
    names = {path.relative_to(tmp_path / "w").as_posix() for path in written}
    assert {
        "portfolio.toml",
        "README.md",
        "decisions.csv",
        "review_decisions.csv",
        "notebooks/0_tutorial.ipynb",
        "notebooks/6_review.ipynb",
        "notebooks/rise.css",
    } <= names
    assert (tmp_path / "w/exports/2026-Q3").is_dir()
    settings = read_settings(tmp_path / "w/portfolio.toml")
    assert settings.portfolio.name == 'Acme "North"'
    plain = Settings(root=settings.root).model_dump()
    plain["portfolio"]["name"] = 'Acme "North"'
    assert settings.model_dump() == plain


def test_every_setting_is_shown_with_a_value_that_is_accepted(tmp_path: Path) -> None:
    write_workspace(tmp_path, name="Acme", quarter=QUARTER)
    text = (tmp_path / "portfolio.toml").read_text("utf-8")
    # Take every # away that stands before a key or a heading.
    opened = re.sub(r"(?m)^# (?=(\w+ = |\[))", "", text)
    (tmp_path / "portfolio.toml").write_text(opened, encoding="utf-8")
    read_settings(tmp_path / "portfolio.toml")
    shown = tomllib.loads(opened)
    for name, field in Settings.model_fields.items():
        section = field.default
        if isinstance(section, BaseModel) and name != "second_reader":
            missing = set(type(section).model_fields) - set(shown[name])
            assert not missing, f"[{name}] lacks {missing}"


def test_nothing_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    write_workspace(tmp_path, name="Acme", quarter=QUARTER)
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
    with pytest.raises(ConfigError, match="is there already"):
        write_workspace(tmp_path, name="Acme", quarter=QUARTER)
    with pytest.raises(ConfigError, match="a file of that name"):
        write_workspace(tmp_path / "README.md", name="Acme", quarter=QUARTER)


@pytest.mark.slow
def test_init_then_one_list_of_ones_own_gives_packs(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from dualtrack.cli import main; main()", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600)

    told = run("init", ".", "--name", "Acme", "--quarter", "2026-Q3")
    assert told.returncode == 0, told.stderr
    (tmp_path / "exports/2026-Q3/list.csv").write_text(
        "Title,Description,Budget,Start,Unit\n"
        "Enter the Peruvian market,Open a branch in Lima,500000,2026-01-05,Sales\n"
        "Cut waiting time at the counter,From 40 to 15 minutes,8000,2026-02-01,Service\n",
        encoding="utf-8",
    )
    packed = run("pack", "--quarter", "2026-Q3")
    assert packed.returncode == 0, packed.stderr
    assert (tmp_path / "reports/2026-Q3/index.html").is_file()


def test_rules_are_listed_and_copied_once(tmp_path: Path) -> None:
    for name, key in RULE_FILES.items():
        copy_rules(name, tmp_path / name)
        packaged = Path(dualtrack.__file__).parent / "reference" / name
        assert (tmp_path / name).read_text("utf-8") == packaged.read_text("utf-8")
        section, _, field = key.partition("] ")
        assert field in Settings().model_dump()[section.strip("[")]
    with pytest.raises(ConfigError, match="give a new file"):
        copy_rules("criteria.toml", tmp_path / "criteria.toml")
    with pytest.raises(ConfigError, match=r"No rules 'x'; there are criteria\.toml"):
        copy_rules("x", tmp_path / "x")


def test_the_latest_quarter_is_the_last_with_a_folder(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    today = Quarter.of(dt.date.today())
    assert settings.latest_quarter() == str(today)
    for name in ("2019-Q4", "2020-Q2", "2020-Q1"):
        (tmp_path / "exports" / name).mkdir(parents=True)
    assert settings.latest_quarter() == "2020-Q2"


@pytest.mark.parametrize(
    ("day", "start", "name"),
    [
        (dt.date(2026, 9, 30), 1, "2026-Q3"),
        (dt.date(2026, 10, 1), 1, "2026-Q4"),
        (dt.date(2027, 3, 31), 4, "2026-Q4"),
        (dt.date(2026, 4, 1), 4, "2026-Q1"),
        (dt.date(2026, 1, 1), 12, "2025-Q1"),
    ],
)
def test_a_day_lies_in_its_quarter_of_the_fiscal_year(day: dt.date, start: int, name: str) -> None:
    quarter = Quarter.of(day, fiscal_year_start=start)
    assert str(quarter) == name
    assert quarter.first_day.date() <= day <= quarter.last_day.date()


def test_one_file_is_read_as_a_quarter_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Title,Unit,Budget\nOpen Lima,Sales,5\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("Title,Unit,Budget\nNot asked,Sales,5\n", encoding="utf-8")
    plan = plan_quarter(Settings(root=tmp_path), "2026-Q3", export_dir=path)
    assert plan.ingest_parameters["export_dir"] == str(path)
    portfolio = open_records("2026-Q3", export_dir=str(path))
    assert portfolio.projects["title"].tolist() == ["Open Lima"]
    before = plan.inputs["exports"]
    path.write_text("Title,Unit,Budget\nOpen Lima,Sales,6\n", encoding="utf-8")
    again = plan_quarter(Settings(root=tmp_path), "2026-Q3", export_dir=path)
    assert again.inputs["exports"] != before
