// The two-path picture: strategic above, operational below, one time axis; the heaviest by name.

const PATHS = { width: 960, gutter: 330, row: 19, named: 9, thin: 3, thinMost: 40 };
const DAY = 86400000;

const ruler = document.createElement("canvas").getContext("2d");

function fitText(text, width, font) {
  ruler.font = font;
  if (ruler.measureText(text).width <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (ruler.measureText(`${text.slice(0, middle).trimEnd()}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

function wordDay(day) {
  return new Date(day * DAY).toLocaleDateString("en-GB", {
    day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
  });
}

function findWindow(rows, drawn) {
  const first = Math.max(rows.as_of - 456, drawn.reduce((day, one) => Math.min(day, rows.starts[one] - 10), rows.as_of - 30));
  const last = Math.min(rows.as_of + 1000, drawn.reduce((day, one) => Math.max(day, rows.finishes[one] + 10), rows.as_of + 45));
  return { first, last };
}

function listMonths({ first, last }) {
  const span = (last - first) / 30.4;
  const step = span <= 9 ? 1 : span <= 30 ? 3 : span <= 72 ? 6 : 12;
  const date = new Date(first * DAY);
  const months = [];
  for (let month = new Date(Date.UTC(date.getUTCFullYear(), 0, 1)); month / DAY <= last; month.setUTCMonth(month.getUTCMonth() + step)) {
    if (month / DAY >= first) months.push(new Date(month));
  }
  return months;
}

// `lanes`: places of projects by track, the heaviest first; `open` shows a project.
function drawPaths(rows, lanes, paused, open) {
  const both = [...lanes.strategic, ...lanes.operational];
  const drawn = both.filter((one) => rows.starts[one] !== null && rows.finishes[one] !== null);
  const window = findWindow(rows, drawn);
  const scale = (PATHS.width - PATHS.gutter - 10) / (window.last - window.first);
  const x = (day) => PATHS.gutter + (Math.min(Math.max(day, window.first), window.last) - window.first) * scale;
  const marks = [];
  let top = 0;
  for (const track of ["strategic", "operational"]) {
    const inside = lanes[track].filter(
      (one) => rows.starts[one] !== null && rows.starts[one] <= window.last && rows.finishes[one] >= window.first
    );
    top = drawLane(marks, rows, track, { all: lanes[track].length, inside }, { x, top, paused, open });
  }
  const bottom = top;
  const grid = listMonths(window).map((month) => [
    draw("line", { x1: x(month / DAY), x2: x(month / DAY), y1: 0, y2: bottom, class: "dt-grid" }),
    draw("text", { x: x(month / DAY), y: bottom + 14, class: "dt-tick" },
      month.toLocaleDateString("en-GB", { month: "short", year: "2-digit", timeZone: "UTC" })),
  ]);
  const today = [
    draw("line", { x1: x(rows.as_of), x2: x(rows.as_of), y1: 0, y2: bottom, class: "dt-today" }),
    draw("text", { x: x(rows.as_of), y: bottom + 29, class: "dt-tick dt-strong" }, wordDay(rows.as_of)),
  ];
  return draw(
    "svg",
    {
      viewBox: `0 0 ${PATHS.width} ${bottom + 36}`, class: "dt-paths", role: "group",
      "aria-label": `Two paths: ${lanes.strategic.length} strategic, ${lanes.operational.length} operational projects on one time axis`,
    },
    grid, marks, today
  );
}

function drawLane(marks, rows, track, { all, inside }, { x, top, paused, open }) {
  const named = inside.slice(0, PATHS.named);
  const rest = inside.slice(PATHS.named);
  const thin = rest.slice(0, PATHS.thinMost);
  const noun = track === "strategic" ? "Strategic initiatives" : "Operational improvement";
  const notes = [`${wordNumber(inside.length)} in this window`];
  if (all > inside.length) notes.push(`${wordNumber(all - inside.length)} without dates or outside it`);
  if (rest.length > thin.length) notes.push(`${wordNumber(rest.length - thin.length)} smaller ones not drawn`);
  marks.push(
    draw("text", { x: 0, y: top + 17, class: `dt-lane dt-ink-${track}` }, noun),
    draw("text", { x: PATHS.gutter, y: top + 16, class: "dt-note" }, notes.join(" · "))
  );
  let y = top + 26;
  for (const one of named) {
    const ends = `${wordDay(rows.starts[one])} to ${wordDay(rows.finishes[one])}`;
    const isPaused = paused.has(one);
    const [left, right] = [x(rows.starts[one]), x(rows.finishes[one])];
    marks.push(
      draw(
        "g",
        {
          class: "dt-project", role: "button", tabindex: "0",
          "aria-label": `${rows.titles[one]}, ${ends}${isPaused ? ", paused in the what-if" : ""}`,
          on: { click: () => open(one), keydown: (event) => pressed(event, () => open(one)) },
        },
        draw("title", {}, `${rows.titles[one]}: ${ends}`),
        draw("rect", { x: 0, y, width: PATHS.width, height: PATHS.row, class: "dt-hit" }),
        draw("text", { x: 0, y: y + 13, class: "dt-name" },
          fitText(rows.titles[one], PATHS.gutter - 12, "12px system-ui, sans-serif")),
        draw("rect", {
          x: left, y: y + 4, width: Math.max(right - left, 3), height: 11,
          class: isPaused ? `dt-paused dt-line-${track}` : `dt-fill-${track}`,
          opacity: rows.done[one] ? 0.45 : null,
        })
      )
    );
    y += PATHS.row;
  }
  if (!inside.length) {
    marks.push(draw("text", { x: PATHS.gutter, y: y + 12, class: "dt-note" }, "none"));
    y += PATHS.row;
  }
  // One path for all of them: thousands of elements would make each action slow.
  const lines = thin.map((one, place) => {
    const level = y + 4 + place * PATHS.thin;
    return `M${x(rows.starts[one]).toFixed(1)} ${level}H${Math.max(x(rows.finishes[one]), x(rows.starts[one]) + 2).toFixed(1)}`;
  });
  if (lines.length) {
    marks.push(draw("path", { d: lines.join(""), class: `dt-thin dt-line-${track}`, "aria-hidden": "true" }));
    y += 6 + lines.length * PATHS.thin;
  }
  return y + 8;
}

function pressed(event, run) {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  run();
}
