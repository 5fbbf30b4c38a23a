"""What tests share: one valid project to vary, the sample quarter read once, paths."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

from dualtrack.config import Settings, read_settings
from dualtrack.portfolio import Portfolio
from dualtrack.records import read_portfolio
from dualtrack.schema import TABLES, conform
from dualtrack.sorting import read_criteria, read_decisions, sort_projects

# Machines are shared and slow by turns: a deadline a case would fail without a fault. Derandomised,
# so that CI tries the same cases each time.
hypothesis.settings.register_profile("dualtrack", deadline=None, derandomize=True)
hypothesis.settings.load_profile("dualtrack")

# Started in the background of a shell, Ctrl-C is ignored, and by all that tests start too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
QUARTER = "2026-Q3"

DATES = [column.name for column in TABLES["projects"].columns if column.type == "date"]


def make_projects(*rows: dict[str, object]) -> pd.DataFrame:
    """Valid projects, each showing only what the test is about."""
    whole = [
        {
            "project_id": f"list:{number}",
            "source_file": "list.csv",
            "source_row": number,
            "title": f"Project {number}",
            "status_type": "active",
            "unit_name": "Unit A",
            **row,
        }
        for number, row in enumerate(rows, start=1)
    ]
    frame = pd.DataFrame(whole)
    for name in DATES:
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    return conform(frame, TABLES["projects"])


def make_sorting(*rows: dict[str, object]) -> pd.DataFrame:
    """Sorting rows: a track is enough, its probability is then 1."""
    whole = []
    for number, row in enumerate(rows, start=1):
        track = str(row.get("track", "operational"))
        sure = {
            f"p_{name}": float(name == track)
            for name in ("operational", "strategic", "maintenance")
        }
        if track == "undecided":
            sure = dict.fromkeys(sure, 1 / 3)
        whole.append(
            {
                "project_id": f"list:{number}",
                "evidence_track": track,
                "track": track,
                "blur_type": "none",
                **sure,
                **row,
            }
        )
    return conform(pd.DataFrame(whole), TABLES["sorting"])


@pytest.fixture
def project() -> Callable[..., pd.DataFrame]:
    """Build one valid project; keywords are its columns."""
    return lambda **columns: make_projects(columns)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings of the committed sample."""
    return read_settings(ROOT / "portfolio.toml")


@pytest.fixture(scope="session")
def sample_portfolio(settings: Settings) -> Portfolio:
    """The committed sample's last quarter."""
    quarter = settings.quarter(QUARTER)
    return read_portfolio(
        settings.export_dir(QUARTER), settings, as_of_date=settings.as_of_date(quarter)
    )


@pytest.fixture(scope="session")
def sample_sort(sample_portfolio: Portfolio) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sorting and evidence of the sample's last quarter."""
    return sort_projects(sample_portfolio, read_criteria(), read_decisions(Path("none.csv")))


@pytest.fixture(scope="session")
def findings() -> pd.DataFrame:
    """What was planted into the sample."""
    return pd.read_csv(ROOT / "data/sample/truth/findings.csv")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real files for measuring; tests that need them are skipped where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("no folder ../shared: real files are not part of the repository")
    return SHARED
