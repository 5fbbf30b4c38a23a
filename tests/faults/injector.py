"""Faults at a chosen write: a power cut, a full disk, Ctrl-C, counted from the first write on.

Installed in the process under test, it wraps what Python writes with: opening a file, each write
that reaches the system, fsync, making, linking, renaming and removing. The product knows nothing
of it. Calls on files outside `root` pass as they are.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import errno
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

POWER_CUT = 137  # as the shell tells of a killed process
_VARIABLE = "DUALTRACK_TEST_FAULT"
_REPEAT_S = 0.2  # between the two times Ctrl-C is pressed

# What each kind stands for. `lost` is the worst a power cut does on a journaling file system: files
# that were not synced have their names, and nothing in them.
KINDS = (
    "cut",  # power is cut before the call
    "torn",  # half of it is written, or the call is done, then power is cut
    "lost",
    "full",  # no space left, from here on
    "readonly",  # the file system turns read-only, from here on
    "io",  # this one call fails
    "denied",  # this one call is refused, as where another program holds the file
    "memory",
    "interrupt",  # Ctrl-C
    "twice",  # Ctrl-C again 0.2 s later
)
POWER_CUTS = ("cut", "torn", "lost")
_FILLING = {"open", "write", "mkdir", "link"}


@dataclass(frozen=True)
class Fault:
    """What goes wrong at which write.

    Attributes:
        kind: One of `KINDS`.
        at: Number of the call, the first is 1; 0 for none, to count them.
        where: The process: `batch`, or `notebook` for the ingest notebook's.
    """

    kind: str = "cut"
    at: int = 0
    where: str = "batch"


class Injector:
    """Counts the writes below a folder, and makes the chosen one go wrong."""

    def __init__(self, root: Path, fault: Fault, *, batch: int = 0) -> None:
        self.root, self.fault, self.batch = root.resolve(), fault, batch
        self.calls: list[tuple[str, str]] = []
        self._lock = threading.RLock()
        # Files that were there are on the disk; others are once they are synced.
        self._safe = {one.stat().st_ino for one in self.root.rglob("*") if one.is_file()}

    def call(
        self,
        name: str,
        path: Path,
        act: Callable[[], Any],
        half: Callable[[], Any] | None = None,
    ) -> Any:
        """Do a call, unless it is the one that goes wrong."""
        if not path.is_relative_to(self.root):
            return act()
        with self._lock:
            self.calls.append((name, path.relative_to(self.root).as_posix()))
            number = len(self.calls)
            if self.fault.at and number >= self.fault.at:
                self._go_wrong(name, path, number == self.fault.at, half or act)
            return act()

    def synced(self, file: int) -> None:
        """A file is on the disk now."""
        self._safe.add(os.fstat(file).st_ino)

    def removed(self, path: Path) -> None:
        """A name is about to go; its number may be given to another file."""
        with contextlib.suppress(OSError):
            held = path.lstat()
            if held.st_nlink == 1:
                self._safe.discard(held.st_ino)

    def _go_wrong(self, name: str, path: Path, is_first: bool, half: Callable[[], Any]) -> None:
        kind = self.fault.kind
        if kind in POWER_CUTS and is_first:
            if kind == "torn":
                half()
            if kind == "lost":
                self._lose()
            self._cut()
        number = _errors(kind, name, is_first)
        if number:
            raise OSError(number, os.strerror(number), str(path))
        if kind == "memory" and is_first:
            raise MemoryError
        aim = self.batch or os.getpid()  # a notebook is not reached by Ctrl-C
        if kind in {"interrupt", "twice"} and is_first:
            os.kill(aim, signal.SIGINT)
        if kind == "twice" and is_first:
            again = threading.Timer(_REPEAT_S, os.kill, (aim, signal.SIGINT))
            again.daemon = True
            again.start()

    def _lose(self) -> None:
        for path in self.root.rglob("*"):
            if path.is_file() and path.stat().st_ino not in self._safe:
                os.truncate(path, 0)

    def _cut(self) -> None:
        if self.batch:
            os.kill(self.batch, signal.SIGKILL)
        os._exit(POWER_CUT)


def _errors(kind: str, name: str, is_first: bool) -> int:
    """The system's number of what a call fails with; 0 if it does not."""
    if kind == "full":
        return errno.ENOSPC if name in _FILLING else 0
    lasting, once = {"readonly": errno.EROFS}, {"io": errno.EIO, "denied": errno.EACCES}
    return lasting.get(kind, 0) or (once.get(kind, 0) if is_first else 0)


def install(injector: Injector) -> None:
    """Wrap what this process writes with, for good."""
    _wrap_open(injector)
    for name in ("mkdir", "rmdir", "unlink", "remove"):
        _wrap_one_path(injector, name)
    for name in ("rename", "replace", "link"):
        _wrap_two_paths(injector, name)
    _wrap_by_number(injector)
    _wrap_exchange(injector)
    _wrap_parquet(injector)


def tell_notebooks(fault: Fault, root: Path, log: Path) -> None:
    """Leave in the environment what `install_in_notebook` needs."""
    told = {**asdict(fault), "root": str(root), "log": str(log), "batch": os.getpid()}
    os.environ[_VARIABLE] = json.dumps(told)


def install_in_notebook() -> None:
    """In a cell of a notebook: wrap what its process writes with, if the fault is there."""
    told = json.loads(os.environ.get(_VARIABLE, "{}"))
    if not told or told["where"] != "notebook":
        return
    fault = Fault(told["kind"], told["at"], told["where"])
    injector = Injector(Path(told["root"]), fault, batch=told["batch"])
    install(injector)
    import IPython

    def write_calls(*unused: object) -> None:
        Path(told["log"]).write_text(json.dumps(injector.calls))

    IPython.get_ipython().events.register("post_run_cell", write_calls)
    atexit.register(write_calls)


def _wrap_open(injector: Injector) -> None:
    plain = io.open

    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            size, path = len(content), Path(str(self.name)).absolute()
            return injector.call(
                "write",
                path,
                lambda: io.FileIO.write(self, content),
                lambda: io.FileIO.write(self, bytes(content)[: size // 2]),
            )

    def counted(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        if isinstance(file, int) or opener or not set(mode) & set("wax+"):
            return plain(file, mode, buffering, encoding, errors, newline, closefd, opener)
        path = Path(os.fsdecode(file)).absolute()
        raw = injector.call(
            "open", path, lambda: Raw(os.fspath(file), mode.replace("b", "").replace("t", ""))
        )
        if buffering == 0:
            return raw
        held = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return held if "b" in mode else io.TextIOWrapper(held, encoding, errors, newline)

    io.open = builtins.open = counted  # type: ignore[assignment]


def _place(path: Any, folder: int | None) -> Path:
    own = Path(os.fsdecode(path))
    return own.absolute() if folder is None else _named(folder) / own


def _wrap_one_path(injector: Injector, name: str) -> None:
    plain = getattr(os, name)
    told = "unlink" if name == "remove" else name

    def counted(path: Any, *arguments: Any, **options: Any) -> Any:
        place = _place(path, options.get("dir_fd"))

        def act() -> Any:
            if told == "unlink":
                injector.removed(place)
            return plain(path, *arguments, **options)

        return injector.call(told, place, act)

    setattr(os, name, counted)


def _wrap_two_paths(injector: Injector, name: str) -> None:
    plain = getattr(os, name)
    told = "link" if name == "link" else "rename"

    def counted(source: Any, target: Any, **options: Any) -> Any:
        place = _place(target, options.get("dst_dir_fd"))

        def act() -> Any:
            injector.removed(place)
            return plain(source, target, **options)

        return injector.call(told, place, act)

    setattr(os, name, counted)


def _named(file: int) -> Path:
    return Path(f"/proc/self/fd/{file}").readlink()


def _wrap_by_number(injector: Injector) -> None:
    plain_sync, plain_write, plain_open = os.fsync, os.write, os.open

    def sync(file: Any) -> None:
        number = file if isinstance(file, int) else file.fileno()

        def act() -> None:
            plain_sync(number)
            injector.synced(number)

        injector.call("fsync", _named(number), act)

    def write(file: int, content: Any) -> int:
        place = _named(file)
        half = bytes(content)[: len(content) // 2]
        return injector.call(
            "write", place, lambda: plain_write(file, content), lambda: plain_write(file, half)
        )

    def opened(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        def act() -> int:
            return plain_open(path, flags, mode, dir_fd=dir_fd)

        is_written = flags & (os.O_WRONLY | os.O_RDWR)
        return injector.call("open", _place(path, dir_fd), act) if is_written else act()

    os.fsync, os.write, os.open = sync, write, opened  # type: ignore[assignment]


def _wrap_exchange(injector: Injector) -> None:
    """The swap of two folders goes past `os`, straight to the system."""
    module = sys.modules.get("dualtrack.pack.folder")
    if not hasattr(module, "exchange"):
        return
    plain = module.exchange

    def counted(one: Path, other: Path) -> Any:
        return injector.call("rename", other.absolute(), lambda: plain(one, other))

    module.exchange = counted


def _wrap_parquet(injector: Injector) -> None:
    """Arrow opens and writes files itself, past Python: one call stands for all of a file."""
    pandas: Any = sys.modules.get("pandas")
    if pandas is not None:
        _wrap_writer(injector, pandas.DataFrame, "to_parquet")
    parquet: Any = sys.modules.get("pyarrow.parquet")
    if parquet is not None:
        _wrap_writer(injector, parquet, "write_table")


def _wrap_writer(injector: Injector, holder: Any, name: str) -> None:
    plain = getattr(holder, name)

    def counted(table: Any, where: Any, *arguments: Any, **options: Any) -> None:
        def act() -> None:
            plain(table, where, *arguments, **options)

        def half() -> None:
            act()
            os.truncate(where, Path(where).stat().st_size // 2)

        if isinstance(where, str | Path):
            injector.call("write", Path(where).absolute(), act, half)
        else:
            act()

    setattr(holder, name, counted)
