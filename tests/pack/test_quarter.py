"""A whole quarter end to end, on a small sample of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dualtrack.sample import write_sample
from tests.pack.packs import contents_of

pytestmark = pytest.mark.slow


def run_cli(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dualtrack.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    write_sample(folder, seed=11, quarters=1, units=2)
    return folder


@pytest.fixture(scope="module")
def packed(workspace: Path) -> subprocess.CompletedProcess[str]:
    return run_cli("pack", "--quarter", "2026-Q3", cwd=workspace)


def test_every_unit_and_the_whole_get_a_pack(
    workspace: Path, packed: subprocess.CompletedProcess[str]
) -> None:
    assert packed.returncode == 0, packed.stderr
    folder = workspace / "reports/2026-Q3"
    assert f"Open {folder / 'index.html'}" in packed.stdout.replace("\n", "")
    names = {path.name for path in folder.glob("*.html")}
    assert names == {
        "index.html",
        "halden-instruments.html",
        "manufacturing.html",
        "supply-chain.html",
    }
    index = (folder / "index.html").read_text("utf-8")
    assert all(f'href="{name}"' in index for name in names - {"index.html"})


def test_packs_need_no_network_and_show_no_code(
    workspace: Path, packed: subprocess.CompletedProcess[str]
) -> None:
    for path in (workspace / "reports/2026-Q3").glob("*.html"):
        text = path.read_text("utf-8")
        links = re.findall(r'(?:src|href)="([^"]+)"', text)
        assert not [one for one in links if one.startswith(("http", "//"))], path.name
        assert not re.search(r"<script[^>]+src|@import|url\((?!data:)", text)
        assert "open_quarter(" not in text
        assert all('alt="' in tag for tag in re.findall(r"<img [^>]*>", text))


def test_manifest_tells_inputs_outputs_and_a_balanced_accounting(
    workspace: Path, packed: subprocess.CompletedProcess[str]
) -> None:
    manifest = json.loads((workspace / "reports/2026-Q3/manifest.json").read_text("utf-8"))
    rows = manifest["row_accounting"]
    assert rows["read"] == sum(count for name, count in rows.items() if name != "read")
    assert {one["status"] for one in manifest["packs"]} == {"done"}
    assert len(manifest["sources"]) >= 8
    assert all(len(one["sha256"]) == 64 for one in manifest["sources"])


def test_no_pack_names_a_person(workspace: Path, packed: subprocess.CompletedProcess[str]) -> None:
    people = (workspace / "truth/people.csv").read_text("utf-8").splitlines()[1:]
    names = [line.split(",")[0] for line in people]
    folder = workspace / "reports/2026-Q3"
    files = [path for path in [*folder.iterdir(), *folder.glob("data/*/*")] if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".pdf", ".xlsx", ".json", ".parquet"}
    for path in files:
        content = contents_of(path).decode("utf-8", "ignore")
        assert not [name for name in names if name in content], path.name


def test_a_failing_unit_is_on_the_index_and_the_others_finish(workspace: Path) -> None:
    from shutil import copytree

    import nbformat

    from tests.conftest import ROOT

    copytree(ROOT / "notebooks", workspace / "notebooks", dirs_exist_ok=True)
    path = workspace / "notebooks/3_resources.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.insert(
        3, nbformat.v4.new_code_cell("assert unit_name != 'Supply Chain', 'planted fault'")
    )
    nbformat.write(notebook, path)
    done = run_cli("pack", "--quarter", "2026-Q3", cwd=workspace)
    assert done.returncode == 1
    folder = workspace / "reports/2026-Q3"
    index = (folder / "index.html").read_text("utf-8")
    assert "Supply Chain: failed" in index and "planted fault" in index
    assert not (folder / "supply-chain.html").exists()
    assert (folder / "manufacturing.html").exists()
    packs = json.loads((folder / "manifest.json").read_text("utf-8"))["packs"]
    assert {one["name"]: one["status"] for one in packs}["Supply Chain"] == "failed"


def test_bad_arguments_leave_reports_as_they_were(workspace: Path) -> None:
    before = sorted(path.name for path in (workspace / "reports").iterdir())
    for arguments, words in (
        (("-p", "unti_name=x"), "did you mean 'unit_name'"),
        (("-p", "unit_name=3"), "must be of type str"),
        (("--unit", "Slaes"), "units are"),
    ):
        done = run_cli("pack", "--quarter", "2026-Q3", *arguments, cwd=workspace)
        assert done.returncode == 2, done.stdout + done.stderr
        assert words in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (workspace / "reports").iterdir()) == before


def test_a_single_list_needs_no_settings_and_is_not_mixed_up_with_the_sample(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "exports/2026-Q3"
    folder.mkdir(parents=True)
    (folder / "list.csv").write_text(
        "Title,Unit,Start,Due,Budget\n"
        "Cut waiting time at the desk by half,North,2026-02-01,2026-11-01,12000\n"
        "Enter the Peruvian market with a joint venture,South,2026-03-01,2028-11-01,900000\n",
        encoding="utf-8",
    )
    done = run_cli("pack", "--quarter", "2026-Q3", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "reports/2026-Q3").glob("*.html")}
    assert names == {"index.html", "portfolio.html", "north.html", "south.html"}
    assert "Enter the Peruvian market" in (tmp_path / "reports/2026-Q3/south.html").read_text(
        "utf-8"
    )
