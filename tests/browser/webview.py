"""What VS Code's notebooks give a widget: a sandboxed frame, AMD modules, theme variables, no more.

There is no JupyterLab, no `window.Jupyter` and no style sheet of either while the widget runs. The
model, the view and the front end are those of the wheels (`ipywidgets`, `anywidget`), loaded as
VS Code loads them from the `nbextensions` folder; the Python side is the real widget. The frame is
as tall as the notebook and cut by the editor's list, which no focus and no key scrolls: it moves by
turns of the wheel that the frame tells of, 50 pixels for 120 of `wheelDeltaY` (read off the
workbench of VS Code 1.139.1 in the npm package code-server 4.139.1, and tried there).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from dualtrack.widgets.page import Page as Widget
from tests.browser.stage import ADDRESS, as_sent

__all__ = ["LIST_HEIGHT", "open_webview"]

LIST_HEIGHT = 880

EXTENSIONS = Path(sys.prefix) / "share/jupyter/nbextensions"
# VS Code's Dark Modern, as a webview is given it; source: code.visualstudio.com/api, Webview API.
DARK = {
    "--vscode-editor-background": "#1f1f1f",
    "--vscode-editor-foreground": "#cccccc",
    "--vscode-foreground": "#cccccc",
    "--vscode-font-family": "sans-serif",
    "--vscode-font-size": "13px",
    "--vscode-focusBorder": "#0078d4",
}
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Output</title><style>
:root {{ {variables} }}
body {{ background: var(--vscode-editor-background); color: var(--vscode-foreground);
  font: var(--vscode-font-size) var(--vscode-font-family); margin: 8px; }}
button, input, select, textarea {{ color: #cccccc; background: #313131; }}
table, td, th {{ color: #cccccc; background: #1f1f1f; }}
</style></head><body class="vscode-dark"><main><h1>Cell</h1><h2>Output</h2>
<div id="cell"></div></main></body></html>"""
HOST = """<!doctype html><html lang="en"><title>Host</title><body style="margin:0">
<div style="position:relative;height:{height}px;overflow:clip">
<iframe title="Output" sandbox="allow-scripts" srcdoc="{inner}"
  style="position:absolute;top:0;border:0;width:100%;height:5000px"></iframe></div>
<script>addEventListener("message", ({{ data }}) => {{
  const style = document.querySelector("iframe").style;
  style.top = Math.min(0, parseFloat(style.top) + (50 * data.turn) / 120) + "px";
}});</script></body></html>"""
# A loader of AMD modules as small as can be; `Jupyter` is there while the bundle is read, as it
# asks for the version of a classic notebook, and gone before any widget is made.
LOAD = """({ bundle, front }) => {
  window.modules = {};
  const run = (source, name) => {
    const define = (...told) => {
      const make = told.pop();
      const names = Array.isArray(told.at(-1)) ? told.pop() : [];
      const own = { id: name, uri: document.baseURI, config: () => ({}) };
      const given = names.map((one) => window.modules[one] ?? own);
      window.modules[told.pop() ?? name] = typeof make === "function" ? make(...given) : make;
    };
    define.amd = {};
    const require = (names, use) => undefined;
    require.config = () => undefined;
    window.requirejs = window.require = require;
    new Function("define", "requirejs", "require", source)(define, require, require);
  };
  window.Jupyter = { version: "6.5.0" };
  run(bundle, "@jupyter-widgets/base");
  delete window.Jupyter;
  run(front, "anywidget");
  return Object.keys(window.modules["anywidget"]);
}"""
SHOW = """async ({ state }) => {
  const read = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [
    name,
    value && value.base64 !== undefined
      ? new DataView(Uint8Array.from(atob(value.base64), (one) => one.charCodeAt(0)).buffer)
      : value,
  ]));
  window.keys = [];
  window.addEventListener("keydown", (event) => window.keys.push(event.key)); // VS Code's own ear
  window.addEventListener("wheel", (event) => parent.postMessage({ turn: event.wheelDeltaY }, "*"));
  const { LayoutModel } = window.modules["@jupyter-widgets/base"];
  const { AnyModel, AnyView } = window.modules["anywidget"];
  const manager = { get_model: async () => null, resolve_url: (url) => url };
  const comm = {
    comm_id: "1", target_name: "jupyter.widget", on_msg: () => {}, on_close: () => {},
    close: () => {},
    send: (data) => {
      if (data.method === "custom") window.toPython(data.content).then((changed) => {
        model.set_state(read(changed));
        window.answered = (window.answered ?? 0) + 1;
      });
      return "1";
    },
  };
  const layout = new LayoutModel({}, { model_id: "2", widget_manager: manager });
  const options = { model_id: "1", comm, widget_manager: manager };
  const model = new AnyModel({ ...read(state), layout }, options);
  const view = new AnyView({ model, options: {} });
  document.getElementById("cell").append(view.el);
  await view.render();
  return window.jupyterlab === undefined && window.Jupyter === undefined;
}"""


def open_webview(page: Any, widget: Widget) -> Any:
    """Show a widget in a sandboxed dark frame; the frame."""
    names = [
        name
        for name in widget.traits(sync=True)
        if name in {"_esm", "_css", "_anywidget_id"} or not name.startswith("_")
    ]
    own = [name for name in names if name not in {"layout", "tooltip", "tabbable", "comm"}]
    variables = "; ".join(f"{name}: {value}" for name, value in DARK.items())
    inner = FRAME.format(variables=variables).replace('"', "&quot;")
    outer = HOST.format(height=LIST_HEIGHT, inner=inner)
    page.route(f"{ADDRESS}**", lambda route: route.fulfill(content_type="text/html", body=outer))
    changed: set[str] = set()
    widget.observe(lambda change: changed.add(change["name"]), own)

    def to_python(content: dict[str, Any]) -> dict[str, Any]:
        changed.clear()
        widget._handle_custom_msg(content, [])
        return {name: as_sent(getattr(widget, name)) for name in own if name in changed}

    page.expose_function("toPython", to_python)
    page.goto(ADDRESS)
    frame = page.frames[1]
    frame.wait_for_selector("#cell", state="attached")
    bundle = (EXTENSIONS / "jupyter-js-widgets/extension.js").read_text("utf-8")
    front = (EXTENSIONS / "anywidget/index.js").read_text("utf-8")
    assert set(frame.evaluate(LOAD, {"bundle": bundle, "front": front})) == {"AnyModel", "AnyView"}
    state = {name: as_sent(getattr(widget, name)) for name in own}
    assert frame.evaluate(SHOW, {"state": state})
    return frame
