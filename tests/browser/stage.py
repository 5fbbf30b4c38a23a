"""A page that mounts a widget's own module on a stub of the notebook's model.

The Python side is the real widget: what the page sends is handed to it, what it changes goes back.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anywidget import AnyWidget

from dualtrack.widgets.page import Page as Widget

ADDRESS = "http://dualtrack.test/"
FRAME = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>dualtrack</title></head>'
    '<body><main><h1>Notebook</h1><h2>Cell</h2><div id="cell"></div></main></body></html>'
)
MOUNT = """
async ({ esm, css, state }) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const read = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [
    name,
    value && value.base64 !== undefined
      ? new DataView(Uint8Array.from(atob(value.base64), (one) => one.charCodeAt(0)).buffer)
      : value,
  ]));
  const watchers = {};
  const values = read(state);
  const model = {
    get: (name) => values[name],
    on: (event, run) => (watchers[event] ??= []).push(run),
    off: () => {},
    send: (content) => window.toPython(content).then((changed) => {
      const told = read(changed);
      Object.assign(values, told);
      for (const name of Object.keys(told)) {
        for (const run of watchers[`change:${name}`] ?? []) run();
      }
      window.answered = (window.answered ?? 0) + 1;
    }),
  };
  const address = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const started = performance.now();
  (await import(address)).default.render({ model, el: document.getElementById("cell") });
  return performance.now() - started;
}
"""


@dataclass
class Stage:
    """A widget mounted on a page."""

    page: Any
    widget: Widget
    faults: list[str] = field(default_factory=list)
    mounted_ms: float = 0.0

    def wait_answer(self, act: Callable[[], object]) -> None:
        """Do something that asks the kernel, and wait for its answer to be shown."""
        before = self.page.evaluate("window.answered ?? 0")
        act()
        self.page.wait_for_function(f"(window.answered ?? 0) > {before}")

    def press(self, *keys: str) -> None:
        """Press keys that each ask the kernel."""
        for key in keys:
            self.wait_answer(lambda key=key: self.page.keyboard.press(key))


def mount(page: Any, widget: Widget) -> Stage:
    """Open the page and mount the widget; faults of the page are collected in `faults`."""
    shared = AnyWidget.class_traits()
    names = [
        name for name in widget.traits(sync=True) if not name.startswith("_") and name not in shared
    ]
    stage = Stage(page, widget)
    page.on("pageerror", lambda fault: stage.faults.append(str(fault)))
    page.on("console", lambda told: told.type == "error" and stage.faults.append(told.text))
    page.route(
        f"{ADDRESS}**",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body=FRAME if route.request.url == ADDRESS else "",
        ),
    )
    changed: set[str] = set()
    widget.observe(lambda change: changed.add(change["name"]), names)

    def to_python(content: dict[str, Any]) -> dict[str, Any]:
        changed.clear()
        widget._handle_custom_msg(content, [])
        # A kernel sends them in any order: here the least handy one, the card last.
        return {name: as_sent(getattr(widget, name)) for name in sorted(changed, reverse=True)}

    page.expose_function("toPython", to_python)
    page.goto(ADDRESS)
    state = {name: as_sent(getattr(widget, name)) for name in names}
    stage.mounted_ms = page.evaluate(
        MOUNT, {"esm": str(widget._esm), "css": str(widget._css), "state": state}
    )
    return stage


def as_sent(value: Any) -> Any:
    """A trait as a kernel sends it: as JSON without NaN, or bytes."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return json.loads(json.dumps(value, allow_nan=False))
