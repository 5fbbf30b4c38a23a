"""Two folders swapped at one stroke, and a tree written through to the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from dualtrack.pack.swap import exchange, sync_tree


@pytest.mark.skipif(sys.platform != "linux", reason="the swap of Linux")
def test_two_folders_swap_their_names(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    if not exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this file system cannot swap")
    assert (tmp_path / "one/file").read_text() == "other"
    assert (tmp_path / "other/file").read_text() == "one"
    with pytest.raises(FileNotFoundError) as raised:
        exchange(tmp_path / "one", tmp_path / "none")
    assert raised.value.filename == str(tmp_path / "none")


def test_a_system_without_the_swap_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    assert not exchange(tmp_path / "one", tmp_path / "other")


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be opened")
def test_every_file_and_folder_of_a_tree_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep/er").mkdir(parents=True)
    for name in ("a", "deep/b", "deep/er/c"):
        (tmp_path / name).write_text(name)
    (tmp_path / "a").chmod(0o444)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    synced: set[int] = set()
    plain = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: (synced.add(os.fstat(file).st_ino), plain(file))[1]
    )
    sync_tree(tmp_path)
    wanted = [
        tmp_path,
        *(tmp_path / one for one in ("a", "deep", "deep/b", "deep/er", "deep/er/c")),
    ]
    assert synced == {one.stat().st_ino for one in wanted}
