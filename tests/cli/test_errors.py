"""Bad input is one paragraph on stderr, exit code 2, no traceback, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dualtrack.cli import app, main
from dualtrack.sample import write_sample


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line in this process, as the console script does."""
    import sys

    argv, sys.argv = sys.argv, ["dualtrack", *arguments]
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.argv = argv
    captured = capsys.readouterr()
    return code, captured.out, " ".join(captured.err.split())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "portfolio.toml").write_text('[portfolio]\nname = "X"\n', encoding="utf-8")
    exports = tmp_path / "exports/2026-Q3"
    exports.mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('[portfolio]\ncurency = "EUR"\n', "unknown key 'portfolio.curency'"),
        ('[sort]\ndecide_at = "high"\n', "key 'sort.decide_at' holds 'high'"),
        ("[portfolio\n", "not a TOML file"),
        ('[money]\nrates = { GBP = "x" }\n[exprt]\na = 1\n', "did you mean 'export'"),
        ("export = 3\n", "[[export]] is a list of tables"),
        ('root = "x"\n', "is set by dualtrack itself"),
    ],
)
def test_wrong_settings(
    workspace: Path, capsys: pytest.CaptureFixture[str], settings: str, words: str
) -> None:
    (workspace / "portfolio.toml").write_text(settings, encoding="utf-8")
    code, _, err = run(capsys, "pack", "--quarter", "2026-Q3")
    assert code == 2
    assert "portfolio.toml" in err and words in err
    assert "Traceback" not in err
    assert not (workspace / "reports").exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.csv", b"alpha,beta\n1,2\n", "no tool or list recognised"),
        ("list.csv", b"", "the file is empty"),
        ("list.xlsx", b"PK not a workbook", "save it again as XLSX"),
        ("plan.mpp", b"\xd0\xcf\x11\xe0", "as XML"),
        ("photo.png", b"\x89PNG", "are not read"),
    ],
)
def test_wrong_files(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, words: str
) -> None:
    path = workspace / "exports/2026-Q3" / name
    path.write_bytes(content)
    code, _, err = run(capsys, "check", str(path))
    assert code == 2
    assert name in err and words in err and "Traceback" not in err


def test_missing_column_is_a_clear_error(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "exports/2026-Q3/list.csv"
    path.write_text("Owner,Due,Budget\nA,2026-01-01,5\n", encoding="utf-8")
    code, _, err = run(capsys, "check", str(path))
    assert code == 2 and "A list needs a heading row with a title column" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pack", "--quarter", "2026Q3"), "is not a quarter"),
        (("pack", "--quarter", "2026-Q1"), "no such folder"),
        (("pack", "--quarter", "2026-Q3", "--settings", "none.toml"), "no such settings file"),
        (("pack", "--quarter", "2026-Q3", "-p", "novalue"), "is not name=value"),
        (("sample", "x", "--units", "9"), "1 to 6 units"),
        (("evaluate", "none.csv"), "no such file"),
        (("pack", "--quarter", "2026-Q3", "--colour", "x"), "No such option"),
    ],
)
def test_wrong_arguments(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert words in err + " ".join(out.split()) and "Traceback" not in err
    assert not (workspace / "reports").exists()


def test_debug_shows_the_traceback(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--debug", "pack", "--quarter", "2026Q3")
    assert code == 2 and "Traceback" in err and "ConfigError" in err


def test_check_prints_the_accounting_and_the_same_as_json(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sample(workspace, seed=3, quarters=1, units=1)
    code, out, _ = run(capsys, "check", str(workspace / "2026-Q3"))
    assert code == 0 and "rows read =" in out and "set aside: total row, 1" in out
    code, out, _ = run(capsys, "check", str(workspace / "2026-Q3"), "--json")
    files = json.loads(out)["files"]
    for one in files:
        fates = ("projects", "rolled_up", "merged", "kept", "set_aside")
        assert one["rows"] == sum(one[name] for name in fates), one["path"]
    assert {"path", "tool", "format", "records", "projects", "set_aside", "issues"} <= set(files[0])


def test_sort_and_explain_and_evaluate(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "exports/2026-Q3/list.csv").write_text(
        "ID,Title,Unit,Start\n1,Cut waiting time by half,A,2026-01-05\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "sort", "out.csv")
    assert code == 0 and "1 operational" in out
    code, out, _ = run(capsys, "explain", "list:1")
    assert code == 0 and "waiting" in out and "operational" in out
    code, _, err = run(capsys, "explain", "list:9")
    assert code == 2 and "No project 'list:9'" in err
    labels = workspace / "labels.csv"
    labels.write_text(
        "title,description,label\nAcquire a rival,,strategic\nCut waiting,,operational\n",
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "evaluate", str(labels), "--json")
    assert set(json.loads(out)) >= {"macro_f1", "binary_f1", "coverage", "decided_accuracy", "ece"}


def test_every_command_explains_itself() -> None:
    for command in app.registered_commands:
        assert command.callback is not None and command.callback.__doc__


def test_check_reads_the_good_files_beside_a_bad_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = workspace / "good.csv", workspace / "bad.csv"
    good.write_text("Title,Unit,Start\nA thing,B,2026-01-05\n", encoding="utf-8")
    bad.write_text("alpha,beta\n1,2\n", encoding="utf-8")
    code, out, err = run(capsys, "check", str(good), str(bad))
    assert code == 2 and "1 rows read = 1 projects" in out and "bad.csv" in err
    code, out, _ = run(capsys, "check", str(good), str(bad), "--json")
    told = json.loads(out)
    assert code == 2 and len(told["files"]) == 1 and str(bad) in told["errors"]


def test_check_writes_a_map_to_edit(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = workspace / "plant.csv", workspace / "plant.toml"
    source.write_text("Initiative titel,Owners,Approved budgets\nA,B,5\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", str(source), "--write-map", str(target))
    assert code == 0 and "Read it before you use it" in out
    assert 'field = "budget_cost"' in target.read_text(encoding="utf-8")
    code, _, err = run(capsys, "check", str(source), "--write-map", str(target))
    assert code == 2 and "must not exist yet" in err
