"""The packaged files of rules that a workspace may replace by its own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from dualtrack.errors import ConfigError

__all__ = ["RULE_FILES", "copy_rules"]

# File of `dualtrack/reference` to the key of portfolio.toml that names one's own.
RULE_FILES = {
    "criteria.toml": "[sort] criteria_file",
    "rhythm_norms.toml": "[governance] rhythm_norms_file",
    "polarity.toml": "[governance] polarity_file",
    "watch_rules.toml": "[governance] watch_rules_file",
}


def copy_rules(name: str, target: Path) -> None:
    """Copy a packaged file of rules, to change it.

    Args:
        name: One of `RULE_FILES`.
        target: File to write; its folder is there, the file is not.

    Raises:
        ConfigError: The name is none of them, or the file is there already.
    """
    if name not in RULE_FILES:
        raise ConfigError(f"No rules {name!r}; there are {', '.join(RULE_FILES)}.")
    if target.exists() or not target.resolve().parent.is_dir():
        raise ConfigError(f"{target}: give a new file in a folder that is there.")
    text = (resources.files("dualtrack.reference") / name).read_text(encoding="utf-8")
    target.write_text(text, encoding="utf-8")
