"""A review presented from this machine: slides, speaker notes, a timer, questions of the room.

A question such as "and without IT?" runs the review notebook again without those units; nothing
but this machine is asked, and nobody but this machine can ask.
"""

from __future__ import annotations

import html
import logging
import tempfile
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dualtrack.config import Settings
from dualtrack.errors import DualtrackError, PackError
from dualtrack.pack.document import Pack, PackCover, name_apart
from dualtrack.pack.formats.slides import render_slides
from dualtrack.pack.manifest import hash_folder
from dualtrack.pack.pages import read_page
from dualtrack.pack.plan import find_notebooks
from dualtrack.pack.run import RunOptions, run_notebook
from dualtrack.portfolio import read_portfolio_snapshot

__all__ = ["Presentation", "serve_presentation"]

log = logging.getLogger(__name__)

_REVIEW = "6_review.ipynb"
_HOST = "127.0.0.1"
_MOST_KEPT = 32  # answers to questions of the room


@dataclass
class Presentation:
    """The review of an issued quarter, as slides.

    Attributes:
        settings: `portfolio.toml`.
        settings_file: The file the settings came from; the notebook reads it again.
        folder: `reports/<quarter>`: its snapshot is shown, never the exports of today.
        quarter: Such as `2026-Q3`.
        unit_name: Unit presented; blank for the whole.
    """

    settings: Settings
    settings_file: Path | None
    folder: Path
    quarter: str
    unit_name: str = ""
    _answers: dict[tuple[str, ...], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Refuse a folder that holds no snapshot, and a unit that is not in it."""
        snapshot = self.folder / "snapshot"
        if not snapshot.is_dir():
            raise PackError(
                f"{self.folder}: no issued quarter. Run `dualtrack pack --quarter {self.quarter}`."
            )
        portfolio = read_portfolio_snapshot(snapshot)
        self.unit_names = portfolio.unit_names
        self._as_of = f"{portfolio.as_of_date:%Y-%m-%d}"
        portfolio.for_unit(self.unit_name)

    def render(self, leave_out: tuple[str, ...] = ()) -> str:
        """The slides as one HTML page.

        Args:
            leave_out: Units to leave out; only where the whole is presented.

        Raises:
            DualtrackError: The notebook failed, or a unit is not known.
        """
        with self._lock:  # one question at a time: the second would only slow the first
            if leave_out not in self._answers:
                if len(self._answers) >= _MOST_KEPT:
                    self._answers.clear()
                self._answers[leave_out] = self._run(leave_out)
            return self._answers[leave_out]

    def _run(self, leave_out: tuple[str, ...]) -> str:
        parameters: dict[str, Any] = {
            "quarter": self.quarter,
            "settings_file": str(self.settings_file.resolve()) if self.settings_file else "",
            "snapshot_dir": str((self.folder / "snapshot").resolve()),
            "unit_name": self.unit_name,
            "leave_out": list(leave_out),
        }
        with tempfile.TemporaryDirectory(prefix="dualtrack-") as made:
            output = Path(made) / _REVIEW
            run_notebook(
                find_notebooks(self.settings) / _REVIEW,
                output,
                parameters,
                folder=self.settings.root,
                options=RunOptions.from_settings(self.settings.pack),
            )
            pages = name_apart([read_page(output)])
        scope = self.unit_name or self.settings.portfolio.name
        words = f"without {', '.join(leave_out)}" if leave_out else "all units"
        cover = PackCover(
            portfolio=self.settings.portfolio.name,
            scope=f"{scope} {words}" if leave_out else scope,
            quarter=self.quarter,
            as_of=self._as_of,
            confidentiality=self.settings.pack.confidentiality,
            made_at="",
            snapshot=hash_folder(self.folder / "snapshot")[:12],
            filter=f"unit {self.unit_name}" if self.unit_name else words,
        )
        return render_slides(Pack(cover, pages))

    def render_stage(self) -> str:
        """The page around the slides: timer, and the units that can be left out."""
        text = (resources.files("dualtrack.pack.templates") / "stage.html").read_text("utf-8")
        units = [] if self.unit_name else self.unit_names
        boxes = "".join(
            f'<label><input type="checkbox" name="leave_out" value="{html.escape(one)}"> '
            f"{html.escape(one)}</label>"
            for one in units
        )
        title = f"{self.unit_name or self.settings.portfolio.name}: {self.quarter}"
        return text.replace("@TITLE@", html.escape(title)).replace("@UNITS@", boxes)


def serve_presentation(presentation: Presentation, *, port: int = 0) -> ThreadingHTTPServer:
    """A server for this machine alone; `serve_forever` runs it.

    Args:
        presentation: What to show.
        port: 0 for any free one.

    Raises:
        PackError: The port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802  (the base class's name)
            host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
            if host not in {_HOST, "localhost"}:  # a page elsewhere that calls itself this machine
                self._send(HTTPStatus.FORBIDDEN, "This address is not served.", "text/plain")
                return
            address = urlsplit(self.path)
            if address.path == "/":
                self._send(HTTPStatus.OK, presentation.render_stage(), "text/html")
            elif address.path == "/slides":
                asked = sorted(set(parse_qs(address.query).get("leave_out", [])))
                self._send_slides(tuple(asked))
            else:
                self._send(HTTPStatus.NOT_FOUND, "Nothing is here.", "text/plain")

        def _send_slides(self, leave_out: tuple[str, ...]) -> None:
            try:
                self._send(HTTPStatus.OK, presentation.render(leave_out), "text/html")
            except DualtrackError as fault:
                self._send(HTTPStatus.BAD_REQUEST, str(fault), "text/plain")

        def _send(self, status: HTTPStatus, text: str, kind: str) -> None:
            content = text.encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            log.info(format, *args)

    try:
        return ThreadingHTTPServer((_HOST, port), Handler)
    except OSError as fault:
        raise PackError(f"Port {port} is taken ({fault}). Give another with --port.") from fault
