"""What the system refuses while a quarter is made, told in words and with what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dualtrack.errors import PackError, tell_fault

__all__ = ["faults_in_words"]


@contextmanager
def faults_in_words(target: Path) -> Iterator[None]:
    """Tell a full disk, a refused file or missing memory as an error of ours.

    Args:
        target: The quarter's folder, which nothing in the block changes before it is whole.

    Raises:
        PackError: In place of `OSError` and `MemoryError`.
    """
    try:
        yield
    except (OSError, MemoryError) as fault:
        raise PackError(
            f"{tell_fault(fault)} {target} is as it was. Give the same command again: it goes on "
            f"from the packs that are finished."
        ) from fault
