"""`portfolio.toml`: one frozen, checked settings object.

Unknown keys are refused, every fault of the file is named at once. Without a file the defaults
hold, so a folder of exports can be read with no settings at all.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pydantic import Field, ValidationError

from dualtrack.config_faults import find_line, tell_faults
from dualtrack.config_sections import (
    ExportSettings,
    GovernanceSettings,
    LeadersSettings,
    MetricSettings,
    MoneySettings,
    MovesSettings,
    PackSettings,
    PortfolioSettings,
    PrivacySettings,
    SecondReaderSettings,
    Section,
    SortSettings,
    TargetSettings,
)
from dualtrack.errors import ConfigError
from dualtrack.quarter import Quarter

__all__ = [
    "ExportSettings",
    "GovernanceSettings",
    "LeadersSettings",
    "MoneySettings",
    "MovesSettings",
    "PackSettings",
    "PortfolioSettings",
    "PrivacySettings",
    "SecondReaderSettings",
    "Settings",
    "SortSettings",
    "TargetSettings",
    "find_settings_file",
    "read_settings",
]

SETTINGS_FILE = "portfolio.toml"
NAMES_VARIABLE = "DUALTRACK_NAMES"
_QUARTERS_LOOKED_FOR = 80  # twenty years, the next one among them
EARLIER_QUARTERS = 3  # looked back at: with the quarter itself, a year


class Settings(Section):
    """All settings of a workspace.

    Attributes:
        root: Folder relative paths start from: the one that holds `portfolio.toml`.
    """

    portfolio: PortfolioSettings = PortfolioSettings()
    money: MoneySettings = MoneySettings()
    export: tuple[ExportSettings, ...] = ()
    sort: SortSettings = SortSettings()
    pack: PackSettings = PackSettings()
    metrics: MetricSettings = MetricSettings()
    privacy: PrivacySettings = PrivacySettings()
    leaders: LeadersSettings = LeadersSettings()
    moves: MovesSettings = MovesSettings()
    governance: GovernanceSettings = GovernanceSettings()
    targets: dict[str, TargetSettings] = Field(default_factory=dict)
    second_reader: SecondReaderSettings = SecondReaderSettings()
    root: Path = Path()

    def quarter(self, name: str) -> Quarter:
        """The quarter of that name in this portfolio's fiscal year."""
        return Quarter.parse(name, fiscal_year_start=self.portfolio.fiscal_year_start)

    def path(self, relative: str) -> Path:
        """A path of the settings, from the folder of `portfolio.toml`."""
        return self.root / relative

    def own_file(self, relative: str) -> Path | None:
        """A file named in the settings; None, for the packaged one, where the name is blank."""
        return self.path(relative) if relative else None

    def export_dir(self, quarter_name: str) -> Path:
        """The folder of that quarter's exports."""
        return self.path(self.portfolio.export_dir.replace("{quarter}", quarter_name))

    def earlier_export_dirs(self, quarter_name: str) -> dict[str, Path]:
        """Folders of the three quarters before that are there, the latest first."""
        found: dict[str, Path] = {}
        quarter = self.quarter(quarter_name)
        for _ in range(EARLIER_QUARTERS):
            quarter = quarter.previous()
            folder = self.export_dir(str(quarter))
            if folder.is_dir() and folder != self.export_dir(quarter_name):
                found[str(quarter)] = folder
        return found

    def latest_quarter(self) -> str:
        """Name of the latest quarter with a folder of exports, this year's included.

        Where no folder is there, or all quarters share one, the quarter of today.
        """
        today = Quarter.of(dt.date.today(), fiscal_year_start=self.portfolio.fiscal_year_start)
        if "{quarter}" in self.portfolio.export_dir:
            quarter = replace(today, year=today.year + 1)
            for _ in range(_QUARTERS_LOOKED_FOR):
                if self.export_dir(str(quarter)).is_dir():
                    return str(quarter)
                quarter = quarter.previous()
        return str(today)

    def as_of_date(self, quarter: Quarter) -> pd.Timestamp:
        """The day the exports show: as set, else the quarter's last day."""
        if self.portfolio.as_of_date:
            return pd.Timestamp(self.portfolio.as_of_date)
        return quarter.last_day


def find_settings_file(start: Path | None = None) -> Path | None:
    """The nearest `portfolio.toml` in `start` (default: here) or a folder above it."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder / SETTINGS_FILE
    return None


def read_settings(path: Path | str | None = None) -> Settings:
    """Read and check a settings file.

    Args:
        path: The file; blank or None takes the nearest `portfolio.toml`, and the defaults where
            there is none.

    Raises:
        ConfigError: The file is missing, is no TOML, or holds unknown keys or wrong values; the
            message lists all of them, with line and key.
    """
    file = Path(path) if path else find_settings_file()
    if file is None:
        return _as_asked(Settings(root=Path.cwd()))
    if not file.is_file():
        raise ConfigError(f"{file}: no such settings file. Give the path of a portfolio.toml.")
    try:
        text = file.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise ConfigError(f"{file}: not a TOML file ({fault}). Mend that line.") from fault
    except OSError as fault:
        raise ConfigError(
            f"{file}: cannot be read ({fault.strerror}). Check your rights."
        ) from fault
    faults = []
    if "root" in content:
        content.pop("root")
        line = find_line(text, ("root",))
        faults.append(f"line {line}: key 'root' is set by dualtrack itself, remove it")
    exports = content.pop("export", [])
    if isinstance(exports, list):
        exports = tuple(exports)  # a frozen object needs it; strict checking would refuse a list
    else:
        line, exports = find_line(text, ("export",)), ()
        faults.append(f"line {line}: [[export]] is a list of tables")
    try:
        settings = Settings(**content, export=exports, root=file.resolve().parent)
    except ValidationError as fault:
        faults.append(tell_faults(fault, text, Settings))
    if faults:
        raise ConfigError(f"{file}: {'; '.join(faults)}.")
    return _as_asked(settings)


def _as_asked(settings: Settings) -> Settings:
    """With names kept or hidden as `dualtrack pack --names` asks the processes it starts."""
    asked = os.environ.get(NAMES_VARIABLE, "")
    if asked not in {"", "hide", "keep"}:
        raise ConfigError(f"{NAMES_VARIABLE} is {asked!r}; it takes hide or keep.")
    privacy = settings.privacy.model_copy(update={"names": asked or settings.privacy.names})
    return settings.model_copy(update={"privacy": privacy})
