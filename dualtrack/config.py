"""`portfolio.toml`: one frozen, checked settings object.

Unknown keys are refused, every fault of the file is named at once. Without a file the defaults
hold, so a folder of exports can be read with no settings at all.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ValidationError

from dualtrack.config_sections import (
    ExportSettings,
    MoneySettings,
    PackSettings,
    PortfolioSettings,
    PrivacySettings,
    SecondReaderSettings,
    Section,
    SortSettings,
)
from dualtrack.errors import ConfigError
from dualtrack.quarter import Quarter

__all__ = [
    "ExportSettings",
    "MoneySettings",
    "PackSettings",
    "PortfolioSettings",
    "PrivacySettings",
    "SecondReaderSettings",
    "Settings",
    "SortSettings",
    "find_settings_file",
    "read_settings",
]

SETTINGS_FILE = "portfolio.toml"
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
    privacy: PrivacySettings = PrivacySettings()
    second_reader: SecondReaderSettings = SecondReaderSettings()
    root: Path = Path()

    def quarter(self, name: str) -> Quarter:
        """The quarter of that name in this portfolio's fiscal year."""
        return Quarter.parse(name, fiscal_year_start=self.portfolio.fiscal_year_start)

    def path(self, relative: str) -> Path:
        """A path of the settings, from the folder of `portfolio.toml`."""
        return self.root / relative

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
            message lists all of them.
    """
    file = Path(path) if path else find_settings_file()
    if file is None:
        return Settings(root=Path.cwd())
    if not file.is_file():
        raise ConfigError(f"{file}: no such settings file. Give the path of a portfolio.toml.")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{file}: not a TOML file ({fault}). Mend that line.") from fault
    if "root" in content:
        raise ConfigError(f"{file}: key 'root' is set by dualtrack itself. Remove it.")
    try:
        # Lists become the tuples a frozen object needs; strict checking would refuse them.
        exports = tuple(content.pop("export", ()))
        return Settings(**content, export=exports, root=file.resolve().parent)
    except (ValidationError, TypeError) as fault:
        raise ConfigError(f"{file}: {_faults_in_words(fault)}") from fault


def _faults_in_words(fault: ValidationError | TypeError) -> str:
    if isinstance(fault, TypeError):
        return f"{fault}. [[export]] is a list of tables."
    return "; ".join(_fault_in_words(dict(one)) for one in fault.errors()) + "."


def _fault_in_words(one: dict[str, Any]) -> str:
    location = [str(part) for part in one["loc"]]
    key = ".".join(location)
    if one["type"] == "extra_forbidden":
        known = _known_keys(location[:-1])
        close = difflib.get_close_matches(location[-1], known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {known}"
        return f"unknown key {key!r}, {hint}"
    return f"key {key!r} holds {one['input']!r}: {one['msg'].lower()}"


def _known_keys(location: list[str]) -> list[str]:
    if not location:
        return sorted(set(Settings.model_fields) - {"root"})
    field = Settings.model_fields.get(location[0])
    section = field.default if field is not None else None
    if location[0] == "export":
        return sorted(ExportSettings.model_fields)
    return sorted(type(section).model_fields) if isinstance(section, BaseModel) else []
