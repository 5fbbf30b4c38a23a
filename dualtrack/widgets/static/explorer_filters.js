// The filters: choices by unit, track, blur and sponsor level, words of title or id.

const NO_FILTER = { unit: "", track: "", blur: "", level: "", text: "" };
const FILTERS = [["unit", "units", "Unit"], ["track", "tracks", "Track"], ["blur", "blurs", "Blur"], ["level", "levels", "Sponsor level"]];
const MISSING = "-1";

// A choice with its label: blank takes all.
function drawChoice(label, options, value, change, all = "all") {
  const choice = make(
    "select",
    { on: { change: (event) => change(event.target.value) } },
    all === null ? null : make("option", { value: "" }, all),
    options.map(([key, words]) =>
      make("option", { value: key, ...(key === value ? { selected: true } : {}) }, words)
    )
  );
  return make("label", { class: "dt-choice" }, make("span", {}, label), choice);
}

function drawChoices(rows, state, change) {
  const choices = FILTERS.map(([name, column, label]) => {
    const options = rows.names[column].map((words, place) => [String(place), words]);
    if (rows[column].includes(Number(MISSING))) options.push([MISSING, "not recorded"]);
    return drawChoice(label, options, state[name], (value) => change(name, value));
  });
  const text = make("input", {
    type: "search", value: state.text, on: { input: (event) => change("text", event.target.value) },
  });
  return [...choices, make("label", { class: "dt-choice" }, make("span", {}, "Title or id"), text)];
}

// Whether a project passes all filters; `folded` is what the words are looked for in.
function passes(rows, state, folded) {
  const chosen = FILTERS.filter(([name]) => state[name] !== "").map(([name, column]) => [rows[column], Number(state[name])]);
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (one) =>
    chosen.every(([column, place]) => column[one] === place) && words.every((word) => folded[one].includes(word));
}
