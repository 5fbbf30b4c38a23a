"""`dualtrack xmr`: series as people export them, options, numbers for machines, clear errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_errors import run

WHEELER = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285]
WHEELER += [3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
KEYS = {"mean", "mean_moving_range", "lower_limit", "upper_limit", "range_limit", "points"}
KEYS |= {"variation", "assurance"}


def write(path: Path, values: list[object], *, head: str = "date,value") -> Path:
    """A series with a reading a month."""
    rows = [
        f"{2020 + place // 12}-{1 + place % 12:02d}-01,{one}" for place, one in enumerate(values)
    ]
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> dict[str, Any]:
    code, out, err = run(capsys, "xmr", str(path), *options, "--json")
    assert code == 0, err
    return json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> str:
    code, out, err = run(capsys, "xmr", str(path), *options)
    assert code == 2 and "Traceback" not in err and not list(path.parent.glob("*.png"))
    return err + " ".join(out.split())


def test_json_has_the_stated_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", WHEELER)
    found = told(capsys, path, "--better", "increase", "--target", "4000")
    assert set(found) >= KEYS and set(found["points"][0]) >= {"date", "value", "rules"}
    assert found["mean"] == 4135.5 and round(found["lower_limit"], 2) == 3188.72
    last = found["points"][-1]
    assert (last["date"], last["value"], last["rules"]) == ("2021-04-01", 5200, ["outside_limit"])
    assert (found["variation"], found["assurance"]) == ("special_cause_improvement", "inconsistent")
    assert not list(tmp_path.glob("*.png"))


def test_without_json_it_draws_the_chart_beside_the_series_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "lead_time.csv", WHEELER)
    code, out, _ = run(capsys, "xmr", str(path), "--better", "decrease")
    assert code == 0 and str(tmp_path / "lead_time_xmr.png") in out
    assert "lead time: a signal of concern" in out and "Rules of Wheeler" in out
    assert (tmp_path / "lead_time_xmr.png").read_bytes().startswith(b"\x89PNG")
    assert told(capsys, path, "--figure", str(tmp_path / "b.svg"))["mean"] == 4135.5
    assert (tmp_path / "b.svg").exists()


def test_rule_sets_and_medians(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", WHEELER)
    nhs, mdc = told(capsys, path, "--rules", "NHS"), told(capsys, path, "--rules", "mdc")
    assert nhs["screened"] and round(nhs["upper_limit"], 2) == 4819.88
    assert not mdc["screened"] and round(mdc["upper_limit"], 2) == 5082.28
    assert mdc["points"][12]["rules"] == ["two_in_three", "shift"]
    assert mdc["points"][12]["special_cause_type"] == "2 in 3 Below CL"
    both = told(capsys, path, "--centre", "median")
    assert (both["mean"], both["mean_moving_range"], both["limit_constant"]) == (4132.5, 280, 3.145)
    one = told(capsys, path, "--moving-range", "median")
    assert (one["mean"], one["mean_moving_range"]) == (4135.5, 280)
    six = told(capsys, path, "--rules", "mdc", "--run-points", "6")
    assert "6 in a row" in six["rule_set"]
    assert not told(capsys, path, "--rules", "nhs", "--no-screen")["screened"]


def test_rebases_are_repeatable_and_the_last_phase_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.csv", [1, 2, 1, 2, 11, 12, 11, 12, 21, 22, 21, 22])
    days = ("--rebase", "2020-05-01", "--rebase", "1 Sep 2020")
    found = told(capsys, path, *days, "--cause", "new line", "--cause", "second shift")
    assert found["mean"] == 21.5 and found["mean_moving_range"] == 1
    assert [phase["mean"] for phase in found["phases"]] == [1.5, 11.5, 21.5]
    assert found["rebases"][1] == {"date": "2020-09-01", "cause": "second shift"}
    # Numbers may be asked for without a cause, and say so; a chart for people may not.
    assert told(capsys, path, *days)["rebases"][0] == {"date": "2020-05-01", "cause": None}
    assert "give each rebase its cause" in refused(capsys, path, *days, "--cause", "new line")
    assert "states no cause" in refused(capsys, path, *days, "--cause", "a", "--cause", " ")
    assert "within the series" in refused(capsys, path, "--rebase", "2031-01-01", "--cause", "a")
    assert "is not a date" in refused(capsys, path, "--rebase", "soon", "--cause", "a")


@pytest.mark.parametrize(
    ("text", "dates", "values"),
    [
        ("DATE ; Value \n31.01.2024;1.234,5\n29.02.2024;3\n", ["2024-01-31", "2024-02-29"],
         [1234.5, 3]),
        ("value\tdate\n5\tFeb 2024\n-3\tJan 2024\n", ["2024-01-01", "2024-02-01"], [-3, 5]),
        ("date,value\n1/2/2024,1\n2/2/2024,2\n", ["2024-02-01", "2024-02-02"], [1, 2]),
        ("date,value\n11/1/2023,1\n12/1/2023,2\n1/1/2024,3\n2/1/2024,4\n3/1/2024,5\n",
         ["2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01"], [1, 2, 3, 4, 5]),
        ("date,value\n2023-Q4,1\nQ1 2024,2\n", ["2023-10-01", "2024-01-01"], [1, 2]),
        ("date,value\n2024-W01,1\n2024-W02,2\n", ["2024-01-01", "2024-01-08"], [1, 2]),
        ("date,value\n1924,1e-3\n1925,2E+2\n", ["1924-01-01", "1925-01-01"], [0.001, 200]),
        ("date,value\n20240131,(5)\n20240201,+5\n", ["2024-01-31", "2024-02-01"], [-5, 5]),
        ("date|value\n1970-01-01|12 %\n1970-01-02|€ 13\n", ["1970-01-01", "1970-01-02"], [12, 13]),
        ('date,value,note\n2024-01-31,"1,234",a\n2024-02-01,"12,345",b\n',
         ["2024-01-31", "2024-02-01"], [1234, 12345]),
        ("Report of May\n\ndate,value\n2024-01-01,1\n2024-01-02,\nTotal,1\n",
         ["2024-01-01", "2024-01-02"], [1, None]),
        ("date,value\n2024-01-01 08:00,1\n2024-01-01 20:00,2\n",
         ["2024-01-01T08:00:00", "2024-01-01T20:00:00"], [1, 2]),
        ("date,value\n2024-01-01,1\n2024-01-02,n/a\n2024-01-03,1.5x\n2024-01-04,2\n",
         ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], [1, None, None, 2]),
    ],
)  # fmt: skip
def test_series_as_people_write_them(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    dates: list[str],
    values: list[float | None],
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8-sig")
    points = told(capsys, path)["points"]
    assert [point["date"] for point in points] == dates
    assert [point["value"] for point in points] == values


def test_what_was_not_used_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,value\n2024-01-02,1\n2024-01-01,x\nTotal,1\n2024-01-03,4\n", "utf-8")
    notes = " ".join(told(capsys, path)["notes"])
    assert "no readable date: 1 (lines 4)" in notes and "'x' in line 3" in notes
    assert "order of their dates" in notes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("  \n\n", "the file is empty"),
        ("date,value\n", "a heading and no rows"),
        ("day,count\n2024-01-01,1\n", "no column 'date' and no column 'value'; found ['day'"),
        ("date,amount\n2024-01-01,1\n", "no column 'value'"),
        ("2024-01-01,1\n2024-01-02,2\n", "The first row names the columns"),
        ("date,value,value\n2024-01-01,1,2\n", "two alike"),
        ("date,value\n2024-01-01,a\n2024-01-02,b\n", "holds no number"),
        ("date,value\n1,5\n2,6\n", "holds no date"),
        ("date,value\n2024-01-01,1\n2024-01-01,2\n", "in lines [2, 3]"),
        ("date,value\n\x00\x01,1\n", "binary data"),
    ],
)
def test_wrong_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    err = refused(capsys, path)
    assert words in err and "a.csv" in err and "ExportError" in err


def test_wrong_arguments_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", WHEELER)
    assert "no such file" in refused(capsys, tmp_path / "none.csv")
    assert "a folder" in refused(capsys, tmp_path)
    assert "'nelson' is not one of" in refused(capsys, path, "--rules", "nelson")
    assert "no other length" in refused(capsys, path, "--run-points", "6")
    assert "one of .png, .svg, .pdf" in refused(capsys, path, "--figure", str(tmp_path / "a.doc"))
    assert "existing folder" in refused(capsys, path, "--figure", str(tmp_path / "x/a.png"))
    assert "0 --rebase and 1 --cause" in refused(capsys, path, "--cause", "why")


@pytest.mark.parametrize("values", [[5], [5, 7], [0.1] * 20, [-3, -2.5, -7] * 5])
def test_short_constant_and_negative_series(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], values: list[float]
) -> None:
    path = write(tmp_path / "a.csv", values)  # type: ignore[arg-type]
    found = told(capsys, path, "--better", "decrease", "--target", "-100")
    assert not any(point["rules"] for point in found["points"])
    if len(values) == 1:
        limits = ("upper_limit", "mean_moving_range", "variation", "assurance")
        assert found["mean"] == 5 and all(found[name] is None for name in limits)
    else:
        assert found["variation"] == "common_cause" and found["assurance"] == "consistent_fail"
        assert found["trial_limits"] == (len(values) < 13)
    code, out, _ = run(capsys, "xmr", str(path))
    assert code == 0 and "Chart:" in out
