"""Words several writers of the sample share."""

from __future__ import annotations

__all__ = ["STORIES", "rhythm_word"]

# Titles of the items below a project, by its nature.
STORIES = {
    "operational": (
        "Collect a baseline for two weeks",
        "Try the countermeasure with one team",
        "Write down the new way of working",
        "Check after four weeks",
    ),
    "strategic": (
        "Business case for the board",
        "Choose partner",
        "Pilot with the first customer",
        "Set up team and roles",
    ),
    "maintenance": ("Book the outage", "Order parts", "Carry out", "Acceptance and papers"),
}
_RHYTHM = {1: "Daily", 7: "Weekly", 14: "Every two weeks", 30: "Monthly", 90: "Quarterly"}


def rhythm_word(days: int) -> str:
    """How a tool's pick-list names an interval."""
    return _RHYTHM.get(int(days), f"every {int(days)} days")
