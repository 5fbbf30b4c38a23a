"""What the system refuses, told with the file and what to do."""

from __future__ import annotations

import errno
import os

import pytest

from dualtrack.errors import is_storage_fault, tell_fault


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "reports/a.pdf"),
            "reports/a.pdf: No space left on device. Make room there.",
        ),
        (
            FileNotFoundError("reports/b.parquet"),  # as Arrow raises it
            "reports/b.parquet: No such file or directory. It was moved or deleted meanwhile; "
            "put it back.",
        ),
        (OSError(errno.ENOEXEC, "Exec format error"), "Exec format error."),
        (OSError("socket is gone"), "socket is gone."),
        (
            MemoryError(),
            "out of memory. Close programs, use fewer workers, or a machine with more memory.",
        ),
    ],
)
def test_a_fault_is_told_with_its_file_and_what_to_do(
    fault: OSError | MemoryError, told: str
) -> None:
    assert tell_fault(fault) == told


def test_only_faults_of_the_disk_stop_all_packs() -> None:
    assert is_storage_fault(OSError(errno.EROFS, "read-only"))
    assert not is_storage_fault(PermissionError(errno.EACCES, "held"))
