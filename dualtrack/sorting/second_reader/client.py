"""Requests to a second reader: any server that speaks the chat-completions protocol.

Paced, bounded in time and size, tried again where the server asks for it; whatever goes wrong is a
fault of one project, never a stop of the sort. Redirects are not followed: texts go to the address
in the settings and nowhere else.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from dualtrack.config import SecondReaderSettings
from dualtrack.errors import ConfigError, SortingError
from dualtrack.sorting.second_reader.answer import read_prompt, write_answer_schema

if TYPE_CHECKING:
    import httpx

__all__ = ["Clock", "SecondReaderClient", "is_this_machine", "read_api_key"]

MOST_BYTES = 1_000_000  # of a reply; an answer has about 300
MOST_WAIT_S = 60.0  # a server that asks for a longer pause gets no further request
_FIRST_WAIT_S = 1.0  # doubled with each try
_PATH = "/chat/completions"
# A server that does not know these says so by one of the statuses; it is then asked without.
_OPTION_UNKNOWN = (400, 422)
_OPTIONS: dict[str, Any] = {
    "temperature": 0,
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "reading", "strict": True, "schema": write_answer_schema()},
    },
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Clock:
    """The time and how to let it pass; tests give one that does not wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Reply:
    """What one request brought: a body, or a fault and how long to wait before another try.

    Attributes:
        wait_s: Seconds; None where another try would bring the same.
        status: Of the reply; 0 where none came.
    """

    body: bytes = b""
    fault: str = ""
    wait_s: float | None = None
    status: int = 0


def read_api_key(section: SecondReaderSettings, environ: Mapping[str, str] = os.environ) -> str:
    """The key from the environment variable the settings name; blank where they name none.

    Raises:
        ConfigError: The variable is not set, or holds what no key can be; it is never shown.
    """
    name = section.api_key_variable
    key = environ.get(name, "").strip() if name else ""
    if name and not key:
        raise ConfigError(
            f"[second_reader] api_key_variable: the environment has no {name}. Set it, or leave "
            f"api_key_variable blank for a server that asks for no key."
        )
    if not key.isascii() or not key.isprintable():
        raise ConfigError(f"[second_reader] api_key_variable: {name} holds no usable key. Mend it.")
    return key


def is_this_machine(url: str) -> bool:
    """Whether an address leads to this very machine, so that no text leaves it."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class SecondReaderClient:
    """A connection to one endpoint, open while used as a context."""

    def __init__(self, section: SecondReaderSettings, *, api_key: str, clock: Clock) -> None:
        self._httpx = _import_httpx()
        self._section = section
        self._clock = clock
        self._options = dict(_OPTIONS)
        self._next_start = clock.now()
        self._url = section.url.rstrip("/").removesuffix(_PATH) + _PATH
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        # Proxies and certificates of the environment, but never a proxy to this machine itself.
        self._http = self._httpx.Client(
            headers=headers,
            timeout=section.timeout_s,
            trust_env=not is_this_machine(section.url),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._http.close()

    def ask(self, text: str) -> Reply:
        """Ask about one text, again where the server is busy or failing.

        Args:
            text: As `write_message` returns.

        Returns:
            The body of the reply, or the fault of the last try.
        """
        for attempt in range(self._section.retries + 1):
            reply = self._send(text)
            if reply.wait_s is None or attempt == self._section.retries:
                break
            wait_s = max(reply.wait_s, _FIRST_WAIT_S * 2**attempt)
            if reply.wait_s > MOST_WAIT_S:
                log.warning("second reader: %s, asks for %.0f s; given up", reply.fault, wait_s)
                break
            self._clock.sleep(min(wait_s, MOST_WAIT_S))
        return reply

    def _send(self, text: str) -> Reply:
        self._keep_pace()
        body = {
            "model": self._section.model,
            "stream": False,
            "messages": [
                {"role": "system", "content": read_prompt()},
                {"role": "user", "content": text},
            ],
            **self._options,
        }
        content = json.dumps(body, ensure_ascii=False).encode()
        ends_at = self._clock.now() + self._section.timeout_s
        try:
            with self._http.stream("POST", self._url, content=content) as response:
                reply = self._read(response, ends_at)
        except self._httpx.TimeoutException:
            return Reply(fault="timeout")
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as fault:
            log.warning("second reader: no connection (%s)", type(fault).__name__)
            return Reply(fault="no connection")
        if reply.status in _OPTION_UNKNOWN and self._options:
            self._options = {}
            return self._send(text)
        return reply

    def _keep_pace(self) -> None:
        """Wait until the next request may start."""
        wait_s = self._next_start - self._clock.now()
        if wait_s > 0:
            self._clock.sleep(wait_s)
        self._next_start = self._clock.now() + 60 / self._section.requests_per_minute

    def _read(self, response: httpx.Response, ends_at: float) -> Reply:
        status = response.status_code
        if status == 200:
            return self._read_body(response, ends_at)
        log.warning("second reader: the server answered %d", status)
        if status == 429:
            return Reply(fault="rate limited", wait_s=_read_pause(response), status=status)
        if status >= 500:
            return Reply(fault="server error", wait_s=_read_pause(response), status=status)
        return Reply(fault="request refused", status=status)

    def _read_body(self, response: httpx.Response, ends_at: float) -> Reply:
        """The body, given up when it takes too long in all or grows too large."""
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > MOST_BYTES:
                return Reply(fault="too long")
            if self._clock.now() > ends_at:
                return Reply(fault="timeout")
        return Reply(body=bytes(body), status=200)


def _read_pause(response: httpx.Response) -> float:
    """Seconds the server asks to wait, in either form of Retry-After; 0 if it does not say."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until, since = (parsedate_to_datetime(one) for one in (said, response.headers["Date"]))
        return max(0.0, (until - since).total_seconds())
    except (KeyError, TypeError, ValueError):
        return 0.0


def _import_httpx() -> Any:
    try:
        import httpx
    except ImportError as fault:
        raise SortingError(
            "A second reader needs httpx, which is not installed. Install dualtrack[llm], or "
            "leave [second_reader] url blank."
        ) from fault
    return httpx
