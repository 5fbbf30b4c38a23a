"""A new workspace: settings, notebooks, empty decision files and a README."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

from dualtrack.errors import ConfigError
from dualtrack.quarter import Quarter

__all__ = ["packaged_notebooks", "write_workspace"]

_DECISION_HEADINGS = "project_id,track,by,at,why\n"
_REVIEW_HEADINGS = "decision_id,decision,decided_at,due_date,done_at,dropped_at,metric\n"
_IGNORED = "exports/\nreports/\n.dualtrack/\ndecisions.csv\n.decisions.csv.*\nmatches.csv\n"


def packaged_notebooks() -> Path:
    """The folder of the notebooks that came along, in a clone or in an installed package.

    Raises:
        ConfigError: There is none.
    """
    package = Path(str(resources.files("dualtrack")))
    for folder in (package.parent / "notebooks", package / "notebooks"):
        if (folder / "1_ingest.ipynb").is_file():
            return folder
    raise ConfigError("This installation lacks its notebooks. Install dualtrack again.")


def write_workspace(folder: Path, *, name: str, quarter: Quarter) -> list[Path]:
    """Write a workspace; nothing that is there is changed.

    Args:
        folder: Made if missing.
        name: Of the portfolio.
        quarter: The quarter to begin with; its folder for exports is made.

    Returns:
        The files written, in order.

    Raises:
        ConfigError: The folder holds settings already, or is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: a file of that name is there. Give another folder.")
    if (folder / "portfolio.toml").exists():
        raise ConfigError(f"{folder / 'portfolio.toml'} is there already. Give another folder.")
    (folder / "exports" / str(quarter)).mkdir(parents=True, exist_ok=True)
    texts = {
        "portfolio.toml": _fill("portfolio.toml", _toml_text(name), quarter),
        "README.md": _fill("README.md", name, quarter),
        "decisions.csv": _DECISION_HEADINGS,
        "review_decisions.csv": _REVIEW_HEADINGS,
        ".gitignore": _IGNORED,
    }
    written = []
    for file_name, text in texts.items():
        path = folder / file_name
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            written.append(path)
    notebooks = packaged_notebooks()
    for source in sorted([*notebooks.glob("[0-9]_*.ipynb"), *notebooks.glob("*.css")]):
        target = folder / "notebooks" / source.name
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
            written.append(target)
    return written


def _fill(file_name: str, name: str, quarter: Quarter) -> str:
    text = (resources.files("dualtrack.start") / file_name).read_text(encoding="utf-8")
    return text.replace("@NAME@", name).replace("@QUARTER@", str(quarter))


def _toml_text(name: str) -> str:
    """A name as it may stand between the quotes of a TOML string."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", name).replace("\\", "\\\\").replace('"', '\\"')
