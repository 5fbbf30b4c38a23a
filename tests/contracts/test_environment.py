"""environment.yml asks for what pyproject.toml asks for, under the names of conda-forge."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from tests.conftest import ROOT

# pyproject's name to conda-forge's, where they differ.
CONDA_NAMES = {"typst": "typst-py"}


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def parse(requirement: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Za-z0-9_.-]+)\s*(.*)", requirement)
    assert found
    return found[1].lower().replace("_", "-"), found[2].replace(" ", "")


def test_environment_is_in_step_with_pyproject() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    plain = [one for one in environment["dependencies"] if isinstance(one, str)]
    by_pip = [o for one in environment["dependencies"] if isinstance(one, dict) for o in one["pip"]]
    asked = dict(parse(one) for one in plain if not one.startswith(("python", "pip")) or "-" in one)
    asked |= dict(parse(one) for one in by_pip if not one.startswith(("-e", ".")))
    wanted = dict(parse(one) for one in project()["project"]["dependencies"])
    wanted = {CONDA_NAMES.get(name, name): version for name, version in wanted.items()}
    assert asked == wanted


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/dependencies.md").read_text("utf-8")
    groups = project()["dependency-groups"]["dev"]
    for requirement in [*project()["project"]["dependencies"], *groups]:
        name = parse(requirement)[0]
        assert re.search(rf"^\| {re.escape(name)} \|", reasons, re.M), f"{name}: no reason written"


def test_every_dependency_has_its_last_release() -> None:
    """The column is filled, and the version is the one of the lock."""
    text = (ROOT / "docs/dependencies.md").read_text("utf-8")
    locked: dict[str, set[str]] = {}
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    if "resolution-mode" in lock.get("options", {}):
        pytest.skip("a lock of the oldest versions, to try them")
    for one in lock["package"]:
        locked.setdefault(one["name"], set()).add(one.get("version", ""))
    told = project()
    extras = told["project"]["optional-dependencies"].values()
    asked = [told["project"]["dependencies"], *extras, *told["dependency-groups"].values()]
    for name in (parse(one)[0] for part in asked for one in part):
        row = re.search(rf"^\| {re.escape(name)} (?:\(.*?\) )?\|.*", text, re.M)
        found = re.search(r"\| ([\d.]+), (20\d\d-[01]\d) \|", row[0]) if row else None
        assert found, f"{name}: no last release written"
        assert found[1] in locked[name], f"{name}: the lock holds {sorted(locked[name])}"


def test_extras_and_heavy_libraries_load_only_when_used() -> None:
    """What few need must not cost everyone its import, nor be needed where it is missing."""
    lazy = ("httpx", "distributed", "jpype", "icalendar", "seaborn", "scipy", "typst", "pptx")
    told = (
        "import sys, dualtrack.cli, dualtrack.figures, dualtrack.analyses, dualtrack.pack;"
        f"print([one for one in {lazy!r} if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
