"use strict";
// Tables sort by a click or Enter on a heading; the page can be turned dark or light. No network.
(() => {
  const look = document.getElementById("look");
  const root = document.documentElement;
  if (look) {
    look.hidden = false;
    look.addEventListener("click", () => {
      const isDark = root.dataset.look ? root.dataset.look === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.look = isDark ? "light" : "dark";
    });
  }
  const key = (row, place) => {
    const cell = row.cells[place];
    const text = cell.dataset.by ?? cell.textContent.trim();
    const number = text === "" || isNaN(text) ? null : Number(text);
    return { text: text === "–" ? "" : text, number };
  };
  const compare = (one, other) => {
    if (one.text === "" || other.text === "") return (one.text === "") - (other.text === "");
    if (one.number !== null && other.number !== null) return one.number - other.number;
    return one.text.localeCompare(other.text);
  };
  for (const table of document.querySelectorAll("main table")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3) continue;
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => ({ row, key: key(row, place) }));
        // Cells without a value stay last, whichever way.
        rows.sort((a, b) => {
          const isBlank = a.key.text === "" || b.key.text === "";
          return compare(a.key, b.key) * (down && !isBlank ? -1 : 1);
        });
        body.append(...rows.map((one) => one.row));
      });
    });
  }
})();
