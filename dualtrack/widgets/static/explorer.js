// The explorer: one state, every view drawn from it. The kernel is asked for evidence and quarters.

function renderExplorer({ model, el }) {
  let rows;
  let codes;
  let before; // sums over what is shown; changes with the filters alone
  let shown = [];
  let order = [];
  let folded = []; // what the search looks in
  const state = {};
  const filters = make("div", { class: "dt-filters", role: "group", "aria-label": "Filters" });
  const status = make("p", { role: "status", "aria-live": "polite", class: "dt-status" });
  const mix = make("div");
  const blur = make("div");
  const paths = make("div", { class: "dt-wide" });
  const tried = make("div", { class: "dt-whatif" });
  const picked = make("p", { class: "dt-picked" });
  const list = make("div");
  const detail = make("aside", { class: "dt-card dt-detail", "aria-label": "Evidence" });
  const root = make(
    "section",
    { class: "dt-root dt-explorer", role: "region", "aria-label": "Explorer of the portfolio", tabindex: "-1" },
    filters, status,
    make("div", { class: "dt-pair" },
      make("figure", {}, make("figcaption", {}, "Mix of the two paths, 90 % interval"), mix),
      make("figure", {}, make("figcaption", {}, "Blur: called, is and is run disagree"), blur)),
    make("figure", {}, make("figcaption", {}, "Two paths"), paths),
    tried, picked,
    make("div", { class: "dt-pair dt-rows" }, list, detail)
  );
  keepKeys(root);
  keepInSight(root);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.openId) close();
  });

  function start() {
    rows = model.get("rows");
    codes = unpackDraws(model.get("draws"), rows.ids.length);
    order = rows.ids.map((_, one) => one).sort((a, b) => (rows.weights[b] ?? 0) - (rows.weights[a] ?? 0));
    folded = rows.titles.map((title, one) => `${title} ${rows.ids[one]}`.toLowerCase());
    Object.assign(state, {
      ...NO_FILTER, pick: null, pages: 1, openId: "",
      selected: new Set(), moves: new Map(), paused: new Set(),
    });
    drawFilters();
    filter();
  }

  function change(name, value) {
    state[name] = value;
    state.pick = null;
    filter();
  }

  function drawFilters() {
    const quarters = model.get("quarters");
    const quarter = drawChoice("Quarter", quarters.map((one) => [one, one]), model.get("quarter"), turnTo, null);
    filters.replaceChildren(
      ...(quarters.length > 1 ? [quarter] : []),
      ...drawChoices(rows, state, change),
      button("Clear", () => {
        Object.assign(state, { ...NO_FILTER, pick: null });
        drawFilters();
        filter();
        filters.querySelector("select").focus();
      })
    );
  }

  function turnTo(name) {
    say(`Reading ${name} …`);
    model.send({ do: "quarter", name });
  }

  function filter() {
    shown = order.filter(passes(rows, state, folded));
    state.pages = 1;
    before = sumShown(rows, codes, shown);
    showAll();
  }

  function trackOf(one) {
    return state.moves.get(one) ?? rows.names.tracks[rows.tracks[one]] ?? "undecided";
  }

  function showAll() {
    const isTried = state.moves.size + state.paused.size > 0;
    const after = isTried ? tryChanges(rows, codes, shown, before, state) : null;
    const shares = tellShares(before, after);
    mix.replaceChildren(drawMix(shares, pick));
    showBlur();
    const lanes = {
      strategic: shown.filter((one) => trackOf(one) === "strategic"),
      operational: shown.filter((one) => trackOf(one) === "operational"),
    };
    paths.replaceChildren(drawPaths(rows, lanes, state.paused, open));
    const isWhole = !(state.track || state.blur || state.level || state.text);
    const group = isWhole ? (state.unit === "" ? "All" : rows.names.units[Number(state.unit)]) : "";
    const told = [
      ...tellLoad(rows, before, after, group, state.paused, shown),
      ...tellTargets(rows, before, after),
    ];
    showTried(told, isTried, Boolean(group));
    showList();
    const noun = shown.length === 1 ? "project" : "projects";
    say(`${wordNumber(shown.length)} ${noun} shown of ${wordNumber(rows.ids.length)}. Strategic: ${wordRange(shares[0].told)} of the projects on both paths${isTried ? ", with what is tried" : ""}.`);
  }

  function showBlur() {
    const names = rows.names.blurs.slice(1);
    const counts = names.map((name) => ({ name, count: 0, money: 0 }));
    for (const one of shown) {
      const place = rows.blurs[one] - 1;
      if (place < 0) continue;
      counts[place].count += 1;
      counts[place].money += rows.budgets[one] ?? 0;
    }
    blur.replaceChildren(drawBlur(counts, rows.currency, pick));
  }

  function showTried(told, isTried, hasGroup) {
    tried.replaceChildren(
      drawDeeds(state.selected.size, isTried, { move, pause, putBack, endTry }),
      drawTried(told, isTried),
      hasGroup ? "" : make("p", { class: "dt-muted" }, "Load is told for the whole or a unit: clear the other filters.")
    );
  }

  // The buttons are drawn anew: the one that was pressed keeps the focus.
  function redraw() {
    const label = document.activeElement?.textContent;
    showAll();
    const same = [...tried.querySelectorAll("button:enabled")].find((one) => one.textContent === label);
    if (!root.contains(document.activeElement)) (same ?? root).focus();
  }

  function move(track) {
    for (const one of state.selected) {
      state.moves.set(one, track);
      state.paused.delete(one);
    }
    redraw();
  }

  function pause() {
    for (const one of state.selected) {
      state.paused.add(one);
      state.moves.delete(one);
    }
    redraw();
  }

  function putBack() {
    for (const one of state.selected) {
      state.moves.delete(one);
      state.paused.delete(one);
    }
    redraw();
  }

  function endTry() {
    state.moves.clear();
    state.paused.clear();
    state.selected.clear();
    redraw();
  }

  function pick(kind, name) {
    state.pick = { kind, name };
    state.pages = 1;
    showList();
    say(`${wordNumber(listed().length)} listed: ${name}.`);
    picked.querySelector("button").focus();
  }

  function listed() {
    if (!state.pick) return shown;
    const { kind, name } = state.pick;
    if (kind === "track") return shown.filter((one) => trackOf(one) === name && !state.paused.has(one));
    const place = rows.names.blurs.indexOf(name);
    return shown.filter((one) => rows.blurs[one] === place);
  }

  function showList() {
    const own = listed();
    const words = state.pick ? `${state.pick.name}, of what is shown` : "all that is shown";
    picked.replaceChildren(
      make("b", {}, `Listed: ${wordNumber(own.length)}`),
      `, ${words}, the largest first. `,
      state.pick ? button("List all shown", () => { state.pick = null; showList(); root.focus(); }) : ""
    );
    list.replaceChildren(...drawList(rows, own, state, {
      open,
      select: (one, isOn) => {
        if (isOn) state.selected.add(one);
        else state.selected.delete(one);
        showAllButList();
      },
      more: () => { state.pages += 1; showList(); },
    }));
  }

  // Selecting changes no number: only the buttons follow, so that the box keeps the focus.
  function showAllButList() {
    const isTried = state.moves.size + state.paused.size > 0;
    tried.firstChild.replaceWith(drawDeeds(state.selected.size, isTried, { move, pause, putBack, endTry }));
  }

  function open(one) {
    state.openId = rows.ids[one];
    model.send({ do: "show", id: rows.ids[one] });
    for (const row of list.querySelectorAll("tr.dt-here")) row.classList.remove("dt-here");
    if (model.get("card").id === state.openId) showCard(); // closed and opened again: no change
  }

  function close() {
    state.openId = "";
    detail.replaceChildren();
    showList();
    root.focus();
  }

  function showCard() {
    const card = model.get("card");
    if (!card.id || card.id !== state.openId) return detail.replaceChildren();
    detail.replaceChildren(button("Close", close), ...drawCard(card, "h3"));
    showList();
    detail.querySelector(".dt-title").focus();
  }

  function say(words, isFault = false) {
    status.textContent = words;
    status.classList.toggle("dt-fault", isFault);
  }

  function showStatus() {
    const told = model.get("status");
    if (!told.text) return;
    say(told.text, Boolean(told.is_fault));
    drawFilters(); // a quarter that could not be read is not shown as chosen
  }

  const watched = { "change:rows": start, "change:card": showCard, "change:status": showStatus };
  for (const [event, show] of Object.entries(watched)) model.on(event, show);
  start();
  el.append(root);
  return () => {
    for (const [event, show] of Object.entries(watched)) model.off(event, show);
  };
}

export default { render: renderExplorer };
