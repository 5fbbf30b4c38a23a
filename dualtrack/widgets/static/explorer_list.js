// The list of projects: a page of rows, each to select for the what-if and to open.

const PAGE = 50;

function drawList(rows, listed, state, { open, select, more }) {
  const page = listed.slice(0, state.pages * PAGE);
  const heads = ["Try", "Project", "Unit", "Track", "Called", "Is run", "Blur", "Sponsor level", `Budget, ${rows.currency}`];
  const name = (kind, place) => (place < 0 ? "–" : rows.names[kind][place]);
  const body = page.map((one) => {
    const isOpen = rows.ids[one] === state.openId;
    const track = name("tracks", rows.tracks[one]);
    const moved = state.moves.get(one);
    const blur = name("blurs", rows.blurs[one]);
    return make(
      "tr",
      { class: isOpen ? "dt-here" : "" },
      make("td", {}, make("input", {
        type: "checkbox", "aria-label": `Select ${rows.titles[one]}`,
        on: { change: (event) => select(one, event.target.checked) },
        ...(state.selected.has(one) ? { checked: true } : {}),
      })),
      make("td", {}, button(rows.titles[one], () => open(one), { class: "dt-open", "aria-expanded": String(isOpen) })),
      make("td", {}, name("units", rows.units[one])),
      make("td", {}, onTrack(track),
        state.paused.has(one) ? " → paused" : moved ? make("span", {}, " → ", onTrack(moved)) : ""),
      make("td", {}, name("tracks", rows.called[one])),
      make("td", {}, name("tracks", rows.run[one])),
      make("td", {}, blur === "none" ? "–" : blur),
      make("td", {}, name("levels", rows.levels[one])),
      make("td", { class: "dt-number" }, rows.budgets[one] === null ? "–" : wordNumber(rows.budgets[one]))
    );
  });
  const left = listed.length - page.length;
  return [
    make(
      "div",
      { class: "dt-scroll", tabindex: "0", role: "region", "aria-label": "Projects listed" },
      make(
        "table",
        { class: "dt-list" },
        make("thead", {}, make("tr", {}, heads.map((one) => make("th", { scope: "col" }, one)))),
        make("tbody", {}, body)
      )
    ),
    left > 0 ? button(`Show ${Math.min(PAGE, left)} more of ${wordNumber(left)}`, more) : "",
  ];
}
