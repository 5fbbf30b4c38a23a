"""How long each action of the explorer takes in the page: handler, views and layout, ms.

The evidence of a project is asked of the kernel; its time is there and back again.
"""

from __future__ import annotations

__all__ = ["TIMED"]

TIMED = """
async () => {
  const took = {};
  const time = (name, act) => {
    const start = performance.now();
    act();
    document.body.offsetHeight;
    took[name] = performance.now() - start;
  };
  const told = (element, kind) => element.dispatchEvent(new Event(kind, { bubbles: true }));
  const choose = (select, value) => { select.value = value; told(select, "change"); };
  const all = (what) => [...document.querySelectorAll(what)];
  const button = (name) => all("button").find((one) => one.textContent === name);
  for (const select of document.querySelectorAll("select")) {
    if (select.closest("label").textContent.startsWith("Quarter")) continue; // reads exports
    const name = select.parentElement.firstChild.textContent;
    time(`${name} chosen`, () => choose(select, "1"));
    time(`${name} cleared`, () => choose(select, ""));
  }
  const text = document.querySelector("input[type=search]");
  time("words typed", () => { text.value = "lab"; told(text, "input"); });
  time("words cleared", () => { text.value = ""; told(text, "input"); });
  for (const box of all("input[type=checkbox]")) if (!box.checked) box.click();
  time("moved", () => button("to operational").click());
  time("paused", () => button("pause").click());
  time("put back", () => button("put back").click());
  time("bar", () => told(all(".dt-chart .dt-project")[0], "click"));
  const start = performance.now();
  document.querySelector(".dt-open").click();
  const isWaiting = () => !document.querySelector(".dt-detail h3");
  while (isWaiting() && performance.now() - start < 5000) await new Promise(requestAnimationFrame);
  took["evidence, with the kernel"] = performance.now() - start;
  button("Close").click();
  return took;
}
"""
