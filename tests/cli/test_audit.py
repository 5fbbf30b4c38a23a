"""`audit draw` and `audit report`: labelled blind, judged beside what was drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_errors import run

KINDS = {
    "Cut waiting time by half": "operational",
    "Enter the Peruvian market": "strategic",
    "Replace boiler like for like": "maintenance",
    "Project Blue": "strategic",
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "portfolio.toml").write_text('[portfolio]\nname = "X"\n', encoding="utf-8")
    for quarter in ("2026-Q2", "2026-Q3"):
        exports = tmp_path / "exports" / quarter
        exports.mkdir(parents=True)
        rows = [f"{n},=+{title},A,2026-01-05,100" for n, title in enumerate([*KINDS] * 5)]
        text = "\n".join(["ID,Title,Unit,Start,Budget", *rows]) + "\n"
        (exports / "list.csv").write_text(text, encoding="utf-8")
    return tmp_path


def label(path: Path, *, separator: str = ",") -> None:
    """Label as a person would in a spreadsheet; the last row stays blank."""
    rows = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False)
    labels = rows["title"].str.strip("'=+").map(KINDS).where(rows.index < len(rows) - 1, "")
    rows.assign(label=labels).to_csv(path, sep=separator, index=False, encoding="utf-8-sig")


def test_the_file_to_label_shows_texts_alone_and_runs_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "audit", "draw", "a.csv", "--size", "16", "--seed", "1")
    assert code == 0 and "16 of 20 projects" in out
    rows = pd.read_csv("a.csv", encoding="utf-8-sig")
    assert list(rows) == ["project_id", "title", "description", "unit_name", "label"]
    assert len(rows) == 16 and rows["title"].str.startswith("'=").all()
    drawn = pd.read_csv("a.drawn.csv")
    assert list(drawn) == ["quarter", "project_id", "drawn_track", "inclusion_probability"]
    assert drawn["project_id"].tolist() == rows["project_id"].tolist()


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_report_of_labels_as_spreadsheets_save_them(
    workspace: Path, capsys: pytest.CaptureFixture[str], separator: str
) -> None:
    run(capsys, "audit", "draw", "a.csv", "--size", "16")
    label(Path("a.csv"), separator=separator)
    code, out, _ = run(capsys, "audit", "report", "a.csv", "--json")
    told = json.loads(out)
    assert code == 0 and told["accuracy"] == 1.0 and told["coverage"] == 0.75
    assert (told["labelled_count"], told["unlabelled_count"], told["gone"]) == (15, 1, [])
    mix = {(row["quantity_type"], row["track"]): row for row in told["mix"]}
    strategic = mix["budget_cost", "strategic"]
    assert strategic["sorted_share"] == 0.25 and strategic["corrected_share"] == 0.5
    code, out, _ = run(capsys, "audit", "report", "a.csv")
    assert code == 0 and "Right on 100 % of what it decides (90 % interval" in out
    assert "Labels: 15. Left out: 1 blank." in out


def test_a_project_no_longer_there_is_named_and_left_out(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "audit", "draw", "a.csv", "--size", "20")
    label(Path("a.csv"))
    exports = Path("exports/2026-Q3/list.csv")
    lines = exports.read_text(encoding="utf-8").splitlines(keepends=True)
    exports.write_text("".join(line for line in lines if not line.startswith("4,")), "utf-8")
    code, out, _ = run(capsys, "audit", "report", "a.csv")
    assert code == 0 and "no longer there: list:4" in out


def test_wrong_audits_say_what_to_do(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "audit", "report", "a.csv")
    assert code == 2 and "a.drawn.csv: no such file" in err
    run(capsys, "audit", "draw", "a.csv")
    for arguments, words in [
        (("draw", "a.csv"), "a.csv is there"),
        (("draw", "none/a.csv"), "there is no such folder"),
        (("draw", "b.csv", "--size", "2"), "A sample of 2"),
        (("report", "b.csv"), "b.drawn.csv: no such file"),
        (("report", "b.csv", "--drawn", "a.drawn.csv"), "b.csv: no such file"),
        (("report", "a.csv", "--quarter", "2026-Q2"), "drawn from ['2026-Q3'], not from 2026-Q2"),
        (("report", "a.csv", "--drawn", "a.csv"), "a.csv: no column"),
        (("report", "a.csv"), "0 labels, but none for 4 of the 4 groups"),
    ]:
        code, _, err = run(capsys, "audit", *arguments)
        assert code == 2 and words in err and "Traceback" not in err, (arguments, err)
    assert not Path("b.csv").exists()
    label(Path("a.csv"))
    text = Path("a.csv").read_text("utf-8-sig")
    Path("a.csv").write_text(text.replace(",maintenance", ",keep"), encoding="utf-8")
    code, _, err = run(capsys, "audit", "report", "a.csv")
    assert code == 2 and "a.csv: line [" in err and "label is none of" in err
    Path("a.drawn.csv").write_text(
        Path("a.drawn.csv").read_text("utf-8").replace("1.0", "1.5", 1), encoding="utf-8"
    )
    code, _, err = run(capsys, "audit", "report", "a.csv")
    assert code == 2 and "line [2] has been changed" in err
