// Triage: one card at a time, decided by keys. The kernel holds the queue and writes the ledger.

const PATIENCE = 10000; // ms the kernel may take before keys are taken again
const DECIDING = { 1: "operational", 2: "strategic", 3: "maintenance" };

function renderTriage({ model, el }) {
  const note = make("textarea", {
    rows: 2,
    on: { keydown: onNoteKey },
  });
  const noteBox = make(
    "label",
    { class: "dt-note" },
    make("span", {}, "Note (n): the reason of the next decision; Esc leaves it"),
    note
  );
  const search = make("input", {
    type: "search",
    placeholder: "words of title, unit or id",
    on: { input: () => send("search", { text: search.value }), keydown: onSearchKey },
  });
  const searchBox = make(
    "label",
    { class: "dt-search" },
    make("span", {}, "Search all projects (/)"),
    search
  );
  const found = make("ul", { class: "dt-found", "aria-label": "Found" });
  const bar = make("div", {
    role: "progressbar",
    "aria-label": "Settled so far",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    class: "dt-progress",
  });
  const progress = make("p", { class: "dt-progress-words" });
  const status = make("p", { role: "status", "aria-live": "polite", class: "dt-status" });
  const keys = make("div", { class: "dt-keys", role: "group", "aria-label": "Decide" });
  const queue = make("ol", {});
  const nav = make("nav", { class: "dt-queue", "aria-label": "Queue", tabindex: "0" }, queue);
  const card = make("article", { class: "dt-card", "aria-label": "Project" });
  const root = make(
    "section",
    {
      class: "dt-root dt-triage",
      role: "region",
      "aria-label": "Triage of doubtful projects",
      tabindex: "0",
    },
    make("header", {}, progress, bar),
    keys,
    make("div", { class: "dt-boxes" }, noteBox, make("div", {}, searchBox, found)),
    status,
    make("div", { class: "dt-columns" }, nav, card)
  );
  let shownId = model.get("card").id;
  let askedAt = -PATIENCE; // a key pressed before the kernel has answered would decide twice on one project
  keepKeys(root);
  keepInSight(root);
  root.addEventListener("keydown", onKey);

  function send(deed, more = {}) {
    model.send({ do: deed, id: model.get("card").id ?? "", ...more });
  }

  function ask(deed, more = {}) {
    if (performance.now() - askedAt < PATIENCE) return;
    askedAt = performance.now();
    send(deed, more);
  }

  function decide(track) {
    if (model.get("card").id) ask("decide", { track, why: note.value });
  }

  function skip() {
    if (model.get("card").id) ask("skip");
  }

  function accept() {
    decide(model.get("card").likeliest);
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    // A key held down would decide on one project after another.
    if (event.repeat && event.key !== "Tab") return event.preventDefault();
    if (event.key === "Enter" && (event.shiftKey || event.target.closest("button"))) return;
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const deeds = {
      Enter: accept,
      s: skip,
      u: () => ask("undo"),
      n: () => note.focus(),
      "/": () => search.focus(),
    };
    const deed = DECIDING[pressed] ? () => decide(DECIDING[pressed]) : deeds[pressed];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  function onNoteKey(event) {
    if (event.key !== "Escape" && !(event.key === "Enter" && !event.shiftKey)) return;
    event.preventDefault();
    focusTitle();
  }

  function onSearchKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      search.value = "";
      send("search", { text: "" });
      focusTitle();
    } else if (event.key === "Enter" && model.get("found").length) {
      event.preventDefault();
      open(model.get("found")[0].id);
    }
  }

  function open(id) {
    search.value = "";
    send("search", { text: "" });
    model.send({ do: "open", id });
    root.focus();
  }

  function focusTitle() {
    (card.querySelector(".dt-title") ?? root).focus();
  }

  function showProgress() {
    const told = model.get("progress");
    progress.textContent = told.words ?? "";
    const percent = Math.round(100 * (told.share ?? 0));
    bar.setAttribute("aria-valuenow", percent);
    bar.setAttribute("aria-valuetext", told.words ?? "");
    bar.replaceChildren(make("span", { style: `width:${percent}%` }));
  }

  function showKeys() {
    const current = model.get("card");
    const key = (name, label, run, options = {}) =>
      button(label, run, {
        "aria-keyshortcuts": name,
        disabled: options.always ? false : !current.id,
        class: options.class ?? "",
      });
    keys.replaceChildren(
      ...Object.entries(DECIDING).map(([name, track]) =>
        key(name, `${name} ${track}`, () => decide(track), { class: `dt-on-${track}` })
      ),
      key("Enter", `Enter: ${current.likeliest ?? "the likeliest"}`, accept, { class: "dt-accept" }),
      key("s", "s skip", skip),
      key("u", "u undo", () => ask("undo"), { always: true })
    );
  }

  function showQueue() {
    const settled = model.get("settled");
    const skipped = new Set(model.get("skipped"));
    const current = model.get("card").id;
    const hadFocus = queue.contains(document.activeElement);
    queue.replaceChildren(
      ...model.get("queue").map((row) => {
        const state = settled[row.id] ? `decided: ${settled[row.id]}` : skipped.has(row.id) ? "skipped" : "";
        return make(
          "li",
          {},
          button(
            make(
              "span",
              {},
              make("b", {}, row.title),
              make("small", {}, `${row.unit} · ${row.stake}`),
              make(
                "small",
                {},
                settled[row.id] ? onTrack(settled[row.id], state) : onTrack(row.likeliest, `${row.likeliest} ${row.chance}`),
                !settled[row.id] && state ? ` · ${state}` : ""
              )
            ),
            () => open(row.id),
            { "aria-current": row.id === current ? "true" : null, class: settled[row.id] ? "dt-done" : "" }
          )
        );
      })
    );
    if (hadFocus) nav.focus(); // the entry that had it is gone; the card may come a moment later
    const here = queue.querySelector("[aria-current]");
    if (here) nav.scrollTop = here.offsetTop - nav.clientHeight / 3;
  }

  function showCard() {
    const current = model.get("card");
    const hadFocus = root.contains(document.activeElement) && !isTyping(document.activeElement);
    if (current.id !== shownId) note.value = ""; // a reason is of one project
    shownId = current.id;
    if (current.id) {
      card.replaceChildren(...drawCard(current, "h3"));
    } else {
      card.replaceChildren(
        make("h3", { class: "dt-title", tabindex: "-1" }, "The queue is done"),
        make("p", {}, "Open the quarter again to see the decisions in its exhibits.")
      );
    }
    showKeys();
    showQueue();
    if (hadFocus) focusTitle();
  }

  function showFound() {
    found.replaceChildren(
      ...model.get("found").map((row) =>
        make(
          "li",
          {},
          button(
            make("span", {}, make("b", {}, row.title), make("small", {}, `${row.unit} · ${row.state}`)),
            () => open(row.id)
          )
        )
      )
    );
  }

  function showStatus() {
    const told = model.get("status");
    askedAt = -PATIENCE;
    status.textContent = told.text ?? "";
    status.classList.toggle("dt-fault", Boolean(told.is_fault));
  }

  const watched = {
    "change:card": showCard,
    "change:settled": showQueue,
    "change:skipped": showQueue,
    "change:progress": showProgress,
    "change:found": showFound,
    "change:status": showStatus,
  };
  for (const [event, show] of Object.entries(watched)) model.on(event, show);
  showProgress();
  showCard();
  showFound();
  showStatus();
  el.append(root);
  return () => {
    for (const [event, show] of Object.entries(watched)) model.off(event, show);
  };
}

export default { render: renderTriage };
