"""An issued quarter checked again: every file against its checksum, every sum against the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dualtrack.errors import PackError
from dualtrack.pack.certificate import Certificate, PackContent, certify, known_projects
from dualtrack.pack.manifest import hash_file, hash_folder
from dualtrack.pack.numbers import Numbers, NumbersColumn

__all__ = ["Verification", "verify_quarter"]

# Files beside the packs that are no part of them.
_BESIDE = {"manifest.json", "index.html"}


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes:
        folder: Of the quarter.
        file_count: Files whose checksums were compared.
        sum_count: Sums that were compared.
        findings: What is wrong, in sentences; empty if all holds.
        notes: What could not be checked, or lies there beside the quarter.
        manifest_sha256: Of the manifest, to be written down elsewhere: it cannot hold its own.
    """

    folder: Path
    file_count: int
    sum_count: int
    findings: tuple[str, ...]
    notes: tuple[str, ...]
    manifest_sha256: str

    @property
    def holds(self) -> bool:
        """True if nothing is wrong."""
        return not self.findings


def verify_quarter(folder: Path) -> Verification:
    """Check an issued quarter.

    Args:
        folder: Such as `reports/2026-Q3`.

    Raises:
        PackError: There is no manifest, or one that cannot be read.
    """
    path = folder / "manifest.json"
    told = _read_manifest(path)
    files = _listed_files(told)
    findings = [line for name, sha256 in files.items() for line in _check(folder, name, sha256)]
    for name in ("snapshot", "notebooks"):
        if not (folder / name).is_dir():
            findings.append(f"{name}/: missing.")
        elif hash_folder(folder / name) != told[f"{name}_sha256"]:
            findings.append(f"{name}/: changed since it was issued.")
    findings += [
        f"{one['name']}: its pack was not made ({one['error']})."
        for one in told["packs"]
        if one["status"] != "done"
    ]
    notes = [f"{name}: not in the manifest." for name in _unlisted(folder, files)]
    certificate, told_wrong = _certify(folder, told)
    findings += [*told_wrong, *certificate.findings]
    if not told["certificate"]["holds"]:
        findings += [f"Since it was made: {line}" for line in told["certificate"]["findings"]]
    return Verification(
        folder,
        len(files),
        len(certificate.sums) * len(told["packs"]),
        tuple(dict.fromkeys(findings)),
        (*notes, *certificate.left_out),
        hash_file(path),
    )


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for key in ("packs", "snapshot_sha256", "notebooks_sha256", "index_sha256", "certificate"):
            told[key]
    except FileNotFoundError as fault:
        raise PackError(
            f"{path}: no such file. Give the folder of a quarter, such as reports/2026-Q3."
        ) from fault
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise PackError(
            f"{path}: not a manifest of this version ({fault!r}). Make the quarter anew."
        ) from fault
    return told


def _listed_files(told: dict[str, Any]) -> dict[str, str]:
    files = {"index.html": str(told["index_sha256"])}
    for one in told["packs"]:
        files |= one["files"]
    return files


def _check(folder: Path, name: str, sha256: str) -> Iterator[str]:
    path = folder / name
    # A manifest that was tampered with must not make this read elsewhere.
    if not path.resolve().is_relative_to(folder.resolve()):
        yield f"{name}: outside the folder; the manifest is not to be trusted."
    elif not path.is_file():
        yield f"{name}: missing."
    elif hash_file(path) != sha256:
        yield f"{name}: changed since it was issued."


def _unlisted(folder: Path, files: dict[str, str]) -> list[str]:
    there = [path for path in folder.iterdir() if path.is_file()]
    there += [path for path in folder.glob("data/*/*") if path.is_file()]
    names = (path.relative_to(folder).as_posix() for path in there)
    return sorted(name for name in names if name not in files and name not in _BESIDE)


def _certify(folder: Path, told: dict[str, Any]) -> tuple[Certificate, list[str]]:
    """Sums and names once more, from what the packs' data files hold, else from the manifest."""
    try:
        projects = pd.read_parquet(folder / "snapshot" / "projects.parquet")
        sorting = pd.read_parquet(folder / "snapshot" / "sorting.parquet")
        known = known_projects(folder / "snapshot", projects)
    except Exception as fault:  # whatever a damaged file makes the reader raise
        nothing = Certificate((), (), ())
        return nothing, [f"snapshot/: cannot be read ({type(fault).__name__}): no sum is checked."]
    wrong: list[str] = []
    packs = []
    for one in told["packs"]:
        if one["status"] == "done":
            pack, findings = _content(folder, one)
            packs.append(pack)
            wrong += findings
    return certify(packs, projects, sorting, known=known), wrong


def _content(folder: Path, told: dict[str, Any]) -> tuple[PackContent, list[str]]:
    sums = tuple((one[0], one[1], float(one[2])) for one in told["sums"])
    file = next((name for name in told["files"] if name.endswith("/pack.json")), "")
    if not file:
        return PackContent(told["name"], told["unit_name"], sums), []
    try:
        data = json.loads((folder / file).read_text(encoding="utf-8"))
        tables = tuple(_read_table(one) for one in data["tables"].values())
        own = tuple((one[0], one[1], float(one[2])) for one in data["sums"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        return PackContent(told["name"], told["unit_name"], sums), [
            f"{file}: cannot be read ({type(fault).__name__}); its numbers are not checked."
        ]
    wrong = [] if own == sums else [f"{file}: its sums are not those of the manifest."]
    return PackContent(told["name"], told["unit_name"], own, tables), wrong


def _read_table(told: dict[str, Any]) -> Numbers:
    columns = tuple(NumbersColumn(**one) for one in told["columns"])
    rows = tuple(tuple(row[column.name] for column in columns) for row in told["rows"])
    return Numbers(columns, rows)
