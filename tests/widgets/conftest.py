"""Fixtures of the widgets' tests; `tests/browser` takes them too."""

from __future__ import annotations

from tests.widgets.quarters import large, opened

__all__ = ["large", "opened"]
