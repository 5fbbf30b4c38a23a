"""One notebook with parameters: what papermill lets pass is stopped; failures are told."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from dualtrack.errors import PackError
from dualtrack.pack.batch import PackJob, run_batch
from dualtrack.pack.exhibit import show_decisions, show_figure, show_table
from dualtrack.pack.folder import make_slugs, whole_folder
from dualtrack.pack.run import check_parameters, run_notebook
from tests.pack.notebooks import write_notebook


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"nmae": "x"}, "did you mean 'name'"),
        ({"zzz": "x"}, "it knows"),
        ({"name": 3}, "must be of type str"),
        ({"count": True}, "must be of type int"),
    ],
)
def test_unknown_and_ill_typed_parameters_are_refused(
    tmp_path: Path, given: dict[str, object], words: str
) -> None:
    notebook = write_notebook(
        tmp_path / "n.ipynb", parameters='name: str = "a"  # a name\ncount: int = 1  # a count'
    )
    with pytest.raises(PackError, match=words):
        check_parameters(notebook, given)


def test_a_notebook_without_parameters_or_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such notebook"):
        check_parameters(tmp_path / "none.ipynb", {})


@pytest.mark.slow
def test_batch_runs_on_past_a_failing_and_a_dying_notebook(tmp_path: Path) -> None:
    good = write_notebook(tmp_path / "good.ipynb", "print(name)")
    bad = write_notebook(tmp_path / "bad.ipynb", "raise ValueError('budget is odd')")
    dead = write_notebook(tmp_path / "dead.ipynb", "import os\nos._exit(3)")
    seen: list[tuple[str, str]] = []
    jobs = [
        PackJob(one.stem, one.stem, ((one, tmp_path / "out" / one.name),), {"name": "hello"})
        for one in (bad, dead, good)
    ]
    results = run_batch(jobs, workers=2, on_change=lambda name, state: seen.append((name, state)))
    assert [one.job.name for one in results] == ["bad", "dead", "good"]
    assert "ValueError: budget is odd" in results[0].error
    assert results[1].error
    assert not results[2].error
    assert ("bad", "failed") in seen and ("good", "done") in seen
    outputs = nbformat.read(tmp_path / "out/good.ipynb", 4).cells[-1].outputs
    assert outputs[0].text == "hello\n"
    failed = nbformat.read(tmp_path / "out/bad.ipynb", 4)
    assert any(o.output_type == "error" for c in failed.cells for o in c.get("outputs", []))


@pytest.mark.slow
def test_notebooks_of_a_pack_run_side_by_side_and_none_begins_after_one_has_failed(
    tmp_path: Path,
) -> None:
    meet = (
        "import pathlib, time\npathlib.Path(name).touch()\nuntil = time.monotonic() + 20\n"
        "while len(list(pathlib.Path().glob('here*'))) < 2 and time.monotonic() < until:\n"
        "    time.sleep(0.01)\nassert len(list(pathlib.Path().glob('here*'))) == 2"
    )
    one = write_notebook(tmp_path / "one.ipynb", "name = 'here1'", meet)
    two = write_notebook(tmp_path / "two.ipynb", "name = 'here2'", meet)
    bad = write_notebook(tmp_path / "bad.ipynb", "raise ValueError('odd')")
    late = write_notebook(tmp_path / "late.ipynb", "open('late', 'w')")
    runs = {name: (name, tmp_path / "out" / name.name) for name in (one, two, bad, late)}
    jobs = [
        PackJob("pair", "pair", (runs[one], runs[two])),
        PackJob("broken", "broken", (runs[bad], runs[late])),
    ]
    assert run_batch(jobs[:1], workers=2)[0].error == ""
    broken = run_batch(jobs[1:], workers=1)[0]
    assert "ValueError: odd" in broken.error
    assert not (tmp_path / "late").exists()


@pytest.mark.slow
def test_run_notebook_names_the_cell_and_the_error(tmp_path: Path) -> None:
    bad = write_notebook(tmp_path / "bad.ipynb", "1 / 0")
    with pytest.raises(PackError, match=r"bad\.ipynb, cell 2: ZeroDivisionError"):
        run_notebook(bad, tmp_path / "out.ipynb", {})


def test_slugs_are_plain_unique_and_never_a_path() -> None:
    names = ["Digital & IT", "Digital / IT", "../../x", "CON", "Größe", "🙂", "a" * 300, "index"]
    slugs = make_slugs(names)
    assert len(set(slugs.values())) == len(names)
    assert slugs["../../x"] == "x" and slugs["CON"] == "unit-con"
    assert slugs["index"] == "unit-index"
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    for slug in slugs.values():
        assert slug and len(slug) <= 70 and set(slug) <= letters


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "reports" / "2026-Q3"
    with whole_folder(target) as work:
        (work / "a.txt").write_text("one")
        assert not target.exists()
    assert (target / "a.txt").read_text() == "one"
    with pytest.raises(RuntimeError), whole_folder(target) as work:
        (work / "a.txt").write_text("two")
        raise RuntimeError("stop")
    assert (target / "a.txt").read_text() == "one"
    assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]


def test_exhibits_escape_what_came_from_a_file() -> None:
    import pandas as pd
    from matplotlib.figure import Figure

    from dualtrack.claims import Claim
    from dualtrack.tables.display import DisplayColumn, DisplayTable

    nasty = '<img src=x onerror="alert(1)">'
    table = DisplayTable(
        pd.DataFrame({"title": [nasty]}), (DisplayColumn("title", "Title"),), nasty
    )
    shown = show_table(table, key="t", title=nasty).to_html()
    shown += show_figure(Figure(), Claim(nasty, nasty, nasty), key="f").to_html()
    decisions = pd.DataFrame({"decision": [nasty], "because": [nasty]})
    shown += show_decisions(decisions).to_html()
    assert "<img src=x" not in shown
    assert shown.count("&lt;img src=x") == 9
