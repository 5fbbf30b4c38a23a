"""An issued quarter: checked again, rendered again, and what was tampered with is found."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dualtrack.cli import app
from dualtrack.config import read_settings
from dualtrack.errors import PackError
from dualtrack.pack.frozen import read_frozen
from dualtrack.pack.quarterly import write_quarter_packs
from dualtrack.pack.verify import verify_quarter
from tests.conftest import ROOT
from tests.pack.notebooks import write_notebook
from tests.pack.packs import contents_of

pytestmark = pytest.mark.slow

QUARTER = "2026-Q3"
MARKER = "Marker 7QX enters the Peruvian market"
PARAMETERS = "\n".join(
    f'{name}: str = ""  # given'
    for name in ("quarter", "settings_file", "export_dir", "snapshot_dir", "unit_name")
)
OPEN = """
from dualtrack import analyses, claims, figures, open_quarter, tables
from dualtrack.pack import show_figure, show_headline, show_table
opened = open_quarter(
    quarter, snapshot_dir=snapshot_dir, settings_file=settings_file, unit_name=unit_name
)
projects, sorting = opened.portfolio.projects, opened.sorting
mix = analyses.measure_mix(projects, sorting, by=opened.group_column)
"""
SHOW = """
paths = analyses.measure_paths(projects, sorting, as_of_date=opened.portfolio.as_of_date)
claim = claims.state_paths(paths, scope=opened.scope, as_of_date=opened.portfolio.as_of_date)
figure = figures.plot_paths(
    paths, opened.portfolio.milestones, as_of_date=opened.portfolio.as_of_date
)
show_figure(figure, claim, key="paths", numbers=paths)
"""
HEADLINE = """
blur = analyses.measure_blur(projects, sorting, opened.evidence)
show_headline(claims.state_headline(mix, blur, sorting), sums=mix)
"""
LIST = (
    "Title,Unit,Start,Due,Budget\n"
    "Cut waiting time at the desk by half,North,2026-02-01,2026-11-01,12000\n"
    f"{MARKER},South,2026-03-01,2028-11-01,900000\n"
    "Replace the pumps like for like,South,2026-03-01,2026-12-01,50000\n"
)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose quarter is issued in every format."""
    folder = tmp_path_factory.mktemp("work")
    contents = tomllib.loads((ROOT / "dualtrack/pack/contents.toml").read_text("utf-8"))
    (folder / "notebooks").mkdir()
    for name in contents["once"]:
        shutil.copy(ROOT / "notebooks" / name, folder / "notebooks")
    for place, name in enumerate(contents["pack"]):
        cells = (OPEN, SHOW, HEADLINE) if place == 0 else ("1",)
        write_notebook(folder / "notebooks" / name, *cells, parameters=PARAMETERS)
    (folder / "exports" / QUARTER).mkdir(parents=True)
    (folder / "exports" / QUARTER / "list.csv").write_text(LIST, encoding="utf-8")
    (folder / "portfolio.toml").write_text("")
    file = folder / "portfolio.toml"
    formats = ["html", "slides", "pdf", "pptx", "xlsx", "data"]
    run = write_quarter_packs(read_settings(file), QUARTER, settings_file=file, formats=formats)
    assert not run.failed and not run.findings
    return folder


@pytest.fixture
def copied(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued / "reports" / QUARTER, tmp_path / QUARTER))


def test_an_issued_quarter_holds(issued: Path) -> None:
    found = verify_quarter(issued / "reports" / QUARTER)
    assert found.holds and not found.notes and found.file_count > 15
    manifest = json.loads((issued / "reports" / QUARTER / "manifest.json").read_text("utf-8"))
    assert manifest["certificate"]["holds"] and len(manifest["certificate"]["sums"]) == 12
    whole = manifest["packs"][0]
    assert whole["unit_name"] == "" and whole["facts"]["Projects"] == "3"


def test_no_pack_holds_anothers_project(issued: Path) -> None:
    folder = issued / "reports" / QUARTER
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    named = {
        one["name"]: {
            name for name in one["files"] if MARKER.encode() in contents_of(folder / name)
        }
        for one in manifest["packs"]
    }
    assert named["North"] == set()
    assert {"data/south/pack.json", "data/south/paths.parquet", "south.xlsx"} <= named["South"]
    assert "portfolio.xlsx" in named["Portfolio"]


def change_page(folder: Path) -> None:
    path = folder / "north.html"
    path.write_text(path.read_text("utf-8").replace("12", "13", 1), encoding="utf-8")


def change_sum(folder: Path) -> None:
    """A forger who mends the checksum of the file too."""
    path = folder / "manifest.json"
    told = json.loads(path.read_text("utf-8"))
    told["packs"][1]["sums"][0][2] += 1
    path.write_text(json.dumps(told), encoding="utf-8")


def leave_the_folder(folder: Path) -> None:
    path = folder / "manifest.json"
    told = json.loads(path.read_text("utf-8"))
    told["packs"][1]["files"]["../secret"] = "0"
    path.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_page, "north.html: changed since it was issued"),
        (lambda folder: (folder / "south.pdf").unlink(), "south.pdf: missing"),
        (lambda folder: (folder / "snapshot/more").touch(), "snapshot/: changed"),
        (lambda folder: shutil.rmtree(folder / "notebooks"), "notebooks/: missing"),
        (
            lambda folder: (folder / "snapshot/projects.parquet").write_bytes(b"no"),
            "snapshot/: cannot be read",
        ),
        (change_sum, "its sums are not those of the manifest"),
        (leave_the_folder, "outside the folder"),
    ],
)
def test_what_was_changed_is_found(
    copied: Path, change: Callable[[Path], None], words: str
) -> None:
    change(copied)
    found = verify_quarter(copied)
    assert not found.holds and any(words in line for line in found.findings), found.findings


def test_the_command_says_it_and_ends_with_one(copied: Path) -> None:
    run = CliRunner().invoke(app, ["verify", str(copied)])
    assert run.exit_code == 0 and "as it was issued" in run.output and "Manifest" in run.output
    (copied / "stray.txt").touch()
    assert (
        "Note: stray.txt: not in the manifest"
        in CliRunner().invoke(app, ["verify", str(copied)]).output
    )
    change_page(copied)
    run = CliRunner().invoke(app, ["verify", str(copied)])
    assert run.exit_code == 1 and "1 found wrong" in run.output
    with pytest.raises(PackError, match="no such file"):
        verify_quarter(copied / "snapshot")


def test_a_frozen_quarter_comes_out_as_the_same_bytes(issued: Path, copied: Path) -> None:
    file = issued / "portfolio.toml"
    (issued / "exports" / QUARTER / "list.csv").rename(issued / "away.csv")
    frozen = read_frozen(copied)
    run = write_quarter_packs(
        read_settings(file),
        QUARTER,
        settings_file=file,
        formats=list(frozen.formats),
        frozen=frozen,
        target=copied.parent / "again",
    )
    (issued / "away.csv").rename(issued / "exports" / QUARTER / "list.csv")
    assert not run.failed
    made = {name: sha for one in run.results for name, sha in one.files.items()}
    assert made == frozen.files
    index = [(folder / "index.html").read_bytes() for folder in (copied, run.folder)]
    assert index[0] == index[1]
    assert verify_quarter(run.folder).holds


def test_the_command_tells_how_many_files_are_the_same(issued: Path, copied: Path) -> None:
    arguments = ["--from-snapshot", str(copied), "--to", str(copied.parent / "again")]
    settings = ["--settings", str(issued / "portfolio.toml")]
    run = CliRunner().invoke(app, ["pack", "--quarter", QUARTER, *settings, *arguments])
    assert run.exit_code == 0, run.output
    count = len(read_frozen(copied).files)
    assert f"{count} of {count} files are the same bytes as those issued." in run.output
    wrong = CliRunner().invoke(app, ["pack", "--quarter", "2026-Q2", *settings, *arguments])
    assert isinstance(wrong.exception, PackError) and "holds 2026-Q3" in str(wrong.exception)
    unknown = CliRunner().invoke(app, ["pack", "--quarter", QUARTER, *settings, "--format", "doc"])
    assert isinstance(unknown.exception, PackError) and "No format" in str(unknown.exception)


def test_a_snapshot_that_is_not_what_was_issued_is_refused(copied: Path, tmp_path: Path) -> None:
    (copied / "snapshot/sorting.json").write_text("{}")
    with pytest.raises(PackError, match="not what was issued"):
        read_frozen(copied / "snapshot")
    with pytest.raises(PackError, match="no snapshot here"):
        read_frozen(tmp_path)


def test_formats_are_added_to_kept_packs(issued: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(issued, folder, ignore=shutil.ignore_patterns("reports"))
    file = folder / "portfolio.toml"
    first = write_quarter_packs(read_settings(file), QUARTER, settings_file=file, formats=["xlsx"])
    more = write_quarter_packs(read_settings(file), QUARTER, settings_file=file, formats=["pdf"])
    assert len(more.kept) == 3 and (more.folder / "north.pdf").is_file()
    for one, other in zip(first.results, more.results, strict=True):
        assert one.made_at == other.made_at and one.files.keys() < other.files.keys()
    assert verify_quarter(more.folder).holds
    write_quarter_packs(read_settings(file), QUARTER, settings_file=file, formats=["html"])
    assert (more.folder / "north.pdf").is_file()
