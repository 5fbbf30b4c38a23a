"""No file of an issued quarter names anyone, however often the exports do."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.slow

PEOPLE = ["Adaeze Quistgard", "Bohumil Värtinen", "Cyrille Oyelaran", "Dunja Halvorsrud"]
ADA, BO, CY, DU = PEOPLE
PLANTED = ["quistgard", "värtinen", "oyelaran", "halvorsrud", "adaeze", "bohumil", "cyrille"]
PLANTED += ["dunja", "5550142", "a.quistgard", "x.example"]
HEAD = "Title,Description,Unit,Team,Owner,Sponsor,Start,Due,Budget,Forum"
ROWS = [
    [f"Cut waiting time as {ADA} asked", "Ask a.quistgard@x.example or +44 20 555 0142"],
    ["North", f"{CY}'s team", BO, ADA, "2026-02-01", "2026-11-01", "12000", "Board"],
    [f"Enter the Peruvian market with {BO}", f"{CY} leads; see Oyelaran's plan"],
    ["South", "Market", CY, BO, "2026-03-01", "2028-11-01", "900000", f"{BO}'s jour fixe"],
    [f"Take over from {DU}", "Dunja hands over the desk"],
    ["South", "Market", CY, ADA, "oops", "2026-12-01", f"x {BO}", "Board"],
    ["Replace the boiler", "Like for like"],
    ["North", "Desk", DU, ADA, "2026-04-01", "2026-12-01", "40000", "Board"],
]
LIST = "\n".join([HEAD, *(",".join(ROWS[n] + ROWS[n + 1]) for n in range(0, 8, 2)), ""])


def run_pack(workspace: Path, *arguments: str) -> None:
    command = [sys.executable, "-c", "from dualtrack.cli import main; main()", "pack"]
    command += ["--quarter", "2026-Q3", "--format", "all", *arguments]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


def read_texts(path: Path, content: bytes) -> Iterator[str]:
    """All that a file says: also in its pictures, in the parts of a container, in its tables."""
    if path.suffix == ".parquet":
        yield pd.read_parquet(io.BytesIO(content)).to_csv()
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            for name in container.namelist():
                yield from read_texts(Path(name), container.read(name))
    else:
        text = content.decode("utf-8", errors="ignore")
        yield text
        for found in re.findall(r"base64,([A-Za-z0-9+/=\\n]{100,})", text):
            yield base64.b64decode(found.replace("\\n", "")).decode("utf-8", errors="ignore")


def find_planted(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        texts = [str(path.relative_to(folder)), *read_texts(path, path.read_bytes())]
        for text in texts:
            plain = re.sub(r"\s(?=\d)", "", text.casefold())
            found += [(texts[0], word) for word in PLANTED if word in plain]
    return sorted(set(found))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    exports = folder / "exports/2026-Q3"
    exports.mkdir(parents=True)
    (exports / "list.csv").write_text(LIST, encoding="utf-8")
    return folder


def test_no_file_names_anyone(workspace: Path) -> None:
    run_pack(workspace)
    folder = workspace / "reports/2026-Q3"
    assert find_planted(folder) == []
    page = (folder / "south.html").read_text("utf-8")
    assert "Enter the Peruvian market with [name]" in page


def test_names_stay_where_that_is_asked_for(workspace: Path) -> None:
    run_pack(workspace, "--names", "keep")
    page = (workspace / "reports/2026-Q3/south.html").read_text("utf-8")
    assert f"Enter the Peruvian market with {BO}" in page
