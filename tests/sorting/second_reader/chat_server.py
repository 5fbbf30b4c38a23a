"""A server on this machine that speaks the chat-completions protocol, and a clock that never waits.

It answers what it is told to, one step a request, and keeps every request as it came.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dualtrack.sorting.second_reader.client import Clock

Step = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.raw)

    @property
    def text(self) -> str:
        """What it says about the project."""
        return self.body["messages"][1]["content"]


@dataclass
class ChatServer:
    """`steps` are used up in order; the last one answers everything after."""

    url: str = ""
    steps: list[Step] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def answer(self, *steps: Step) -> ChatServer:
        self.steps = list(steps)
        return self


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up is part of the tests."""


@contextmanager
def run_server() -> Iterator[ChatServer]:
    chat = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            chat.requests.append(Request(self.path, dict(self.headers), raw))
            step = chat.steps.pop(0) if len(chat.steps) > 1 else chat.steps[0]
            try:
                step(self)
            except OSError:  # the reader gave up while we were writing
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    chat.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield chat
    server.shutdown()
    server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def status(code: int, **headers: str) -> Step:
    """Answer with a status and nothing to read."""
    return lambda handler: send(handler, code, b"{}", **headers)


def raw(body: bytes) -> Step:
    """Answer 200 with exactly these bytes."""
    return lambda handler: send(handler, 200, body)


def says(content: object, *, finish: str = "stop", refusal: str | None = None) -> Step:
    """The model says this, as text."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return raw(json.dumps({"choices": [{"message": message, "finish_reason": finish}]}).encode())


def reads(track: str, *quotes: str, confidence: float = 0.9) -> Step:
    """The model answers as it was asked to."""
    return says(json.dumps({"track": track, "confidence": confidence, "quotes": list(quotes)}))


def drip(seconds: float) -> Step:
    """A body that comes byte by byte and never ends in time."""

    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)
        handler.close_connection = True

    return step


def silent(seconds: float) -> Step:
    """No answer at all in time."""

    def step(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return step


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body without an end."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    while True:
        handler.wfile.write(b'{"choices": "' + b"x" * 65536)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """The connection closed without a word."""
    handler.close_connection = True


class Waits:
    """A clock that notes each pause and lets it pass at once."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self.clock = Clock(now=self.now, sleep=self.pauses.append)

    def now(self) -> float:
        return time.monotonic() + sum(self.pauses)
