"""Notebooks of a batch on an existing Dask cluster; what they leave comes back to this machine.

Everything a notebook needs travels with it once: the snapshot and the settings file, as one bundle
the workers keep. Dask gives a notebook to another worker when the one that ran it dies.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import tempfile
import threading
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import uuid4

from dualtrack.errors import DualtrackError, PackError
from dualtrack.pack.paths import forget_paths
from dualtrack.pack.run import RunOptions, check_parameters, run_notebook

__all__ = ["ClusterRunner"]

log = logging.getLogger(__name__)

_RETRIES = 3  # workers a notebook may lose before it counts as the notebook's fault
_CONNECT_S = 10
_SETTINGS = "portfolio.toml"


class ClusterRunner:
    """Runs notebooks on the workers of a scheduler, in the place of `run_notebook`.

    Attributes:
        workers: Notebooks the cluster runs at the same time.
    """

    def __init__(self, address: str, *, results_url: str = "") -> None:
        """Connect.

        Args:
            address: Of the scheduler, `tcp://host:8786`.
            results_url: Folder all can write (a path, or any URL fsspec knows), for clusters whose
                scheduler should not carry results; blank sends them through it.

        Raises:
            PackError: The extra is missing, nobody answers, or the workers run other versions.
        """
        try:
            from distributed import Client
        except ImportError as fault:
            raise PackError(
                "A Dask cluster needs the extra: install dualtrack[dask], here and on the workers."
            ) from fault
        try:
            self._client: Any = Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as fault:
            raise PackError(
                f"No Dask scheduler answers at {address} ({fault}). Start it, or mend the address."
            ) from fault
        self._results_url = results_url.rstrip("/")
        self._bundles: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self._check_workers(address)

    @property
    def workers(self) -> int:
        """Notebooks the cluster runs at the same time."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def close(self) -> None:
        """Let the cluster go; its workers stay."""
        self._client.close()

    def __call__(
        self,
        notebook: Path,
        output: Path,
        parameters: dict[str, Any],
        *,
        folder: Path | None = None,
        options: RunOptions | None = None,
    ) -> Path:
        """Run a notebook on some worker; arguments and errors as `run_notebook`."""
        check_parameters(notebook, parameters)
        bundle = self._bundle(parameters)
        place = f"{self._results_url}/{uuid4().hex}-{notebook.name}" if self._results_url else ""
        future = self._client.submit(
            _run_there,
            notebook.name,
            notebook.read_text(encoding="utf-8"),
            parameters,
            bundle,
            options or RunOptions(),
            place,
            pure=False,
            retries=_RETRIES,
        )
        try:
            content, error = future.result()
        except DualtrackError:
            raise
        except Exception as fault:  # a worker lost too often, a result that does not travel
            raise PackError(
                f"{notebook.name}: the cluster did not run it ({type(fault).__name__}: {fault})."
            ) from fault
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(_fetch(place) if place else content)
        if folder is not None:
            forget_paths(output, folder.resolve(), notebook.parent.resolve())
        if error:
            raise PackError(error)
        return output

    def _check_workers(self, address: str) -> None:
        if not self._client.nthreads():
            raise PackError(f"The scheduler at {address} has no workers. Start some.")
        here = _versions()
        for worker, there in self._client.run(_versions).items():
            if there != here:
                raise PackError(
                    f"Worker {worker} runs {there}, this machine {here}: packs would differ. "
                    f"Install the same versions."
                )

    def _bundle(self, parameters: dict[str, Any]) -> Any:
        """Snapshot and settings of a run, sent to the cluster once."""
        key = (str(parameters.get("snapshot_dir", "")), str(parameters.get("settings_file", "")))
        with self._lock:
            if key not in self._bundles:
                packed = _pack(*(Path(one) if one else None for one in key))
                self._bundles[key] = self._client.scatter(packed, broadcast=True, hash=True)
            return self._bundles[key]


def _versions() -> str:
    return f"dualtrack {metadata.version('dualtrack')}, Python {sys.version.split()[0]}"


def _pack(snapshot: Path | None, settings_file: Path | None) -> bytes:
    """The files as a zip, in a fixed order: the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        if settings_file:
            bundle.writestr(zipfile.ZipInfo(_SETTINGS), settings_file.read_bytes())
        for path in sorted(snapshot.rglob("*")) if snapshot else ():
            if path.is_file():
                name = f"snapshot/{path.relative_to(snapshot).as_posix()}"  # type: ignore[arg-type]
                bundle.writestr(zipfile.ZipInfo(name), path.read_bytes())
    return buffer.getvalue()


def _run_there(
    name: str,
    text: str,
    parameters: dict[str, Any],
    bundle: bytes,
    options: RunOptions,
    place: str,
) -> tuple[bytes, str]:
    """On a worker: run a notebook in a folder of its own; its content and its error, if any."""
    with tempfile.TemporaryDirectory(prefix="dualtrack-") as made:
        folder = Path(made)
        with zipfile.ZipFile(io.BytesIO(bundle)) as packed:
            packed.extractall(folder)  # written by this program, a moment ago
        own = dict(parameters)
        if own.get("snapshot_dir"):
            own["snapshot_dir"] = str(folder / "snapshot")
        if own.get("settings_file"):
            own["settings_file"] = str(folder / _SETTINGS)
        notebook, output = folder / name, folder / "done" / name
        notebook.write_text(text, encoding="utf-8")
        error = ""
        try:
            run_notebook(notebook, output, own, folder=folder, options=options)
        except DualtrackError as fault:
            error = str(fault)
        content = _as_sent(output, parameters) if output.is_file() else b""
    if place:
        import fsspec

        with fsspec.open(place, "wb") as file:
            file.write(content)
        return b"", error
    return content, error


def _as_sent(output: Path, parameters: dict[str, Any]) -> bytes:
    """The notebook as if it had run where it was sent from: with the parameters it was given."""
    notebook = json.loads(output.read_text(encoding="utf-8"))
    record = notebook.get("metadata", {}).get("papermill", {})
    record["parameters"] = parameters
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def _fetch(place: str) -> bytes:
    import fsspec

    with fsspec.open(place, "rb") as file:
        content: bytes = file.read()
    file_system, path = fsspec.core.url_to_fs(place)
    file_system.rm(path)
    return content
