"""A JupyterLab of its own: free port, no token, everything in one folder."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from tests.conftest import ROOT

__all__ = ["Laboratory", "open_laboratory"]

PATIENCE_S = 120  # machines are shared and slow by turns


class Laboratory:
    """The server's address, and its folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}"

    def ask(self, path: str) -> Any:
        """What the server answers, as JSON."""
        with urllib.request.urlopen(f"{self.address}/api{path}", timeout=5) as answer:
            return json.load(answer)

    def wait(self, path: str, is_there: Any) -> None:
        """Wait until the server's answer is as wanted."""
        for _ in range(4 * PATIENCE_S):
            try:
                if is_there(self.ask(path)):
                    return
            except OSError:
                pass
            time.sleep(0.25)
        raise TimeoutError(f"{self.address}/api{path}")

    def write_notebook(self, *cells: str) -> str:
        """Write a notebook of these cells; its name."""
        kernel = {"name": "python3", "display_name": "Python 3"}
        made = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(one) for one in cells],
            metadata={"kernelspec": kernel},
        )
        nbformat.write(made, self.folder / "tried.ipynb")
        return "tried.ipynb"


@contextmanager
def open_laboratory(folder: Path) -> Iterator[Laboratory]:
    """Run a JupyterLab in a folder that gets the sample's settings; ended afterwards."""
    settings = (ROOT / "portfolio.toml").read_text("utf-8")
    relative = 'export_dir = "data/sample/{quarter}"'
    assert relative in settings
    exports = (ROOT / "data/sample").as_posix()
    (folder / "portfolio.toml").write_text(
        settings.replace(relative, f'export_dir = "{exports}/{{quarter}}"'), "utf-8"
    )
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    own = {
        name: str(folder / f".{name.lower()}")
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0", "--ServerApp.token=",
        "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    with (folder / ".log").open("w") as log:
        server = subprocess.Popen(
            command, env=os.environ | own, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True, cwd=folder,
        )  # fmt: skip
        try:
            laboratory = Laboratory(folder, port)
            laboratory.wait("", lambda answer: "version" in answer)
            yield laboratory
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)
