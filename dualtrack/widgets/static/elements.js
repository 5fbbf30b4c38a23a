// Elements of both widgets. Every text goes in as a text node: none is ever read as markup.

const QUIET = "data-lm-suppress-shortcuts"; // JupyterLab leaves keys alone in elements that have it
const SVG = "http://www.w3.org/2000/svg";
const TRACKS = ["operational", "strategic", "maintenance", "undecided"];

function fill(element, options, children) {
  for (const [name, value] of Object.entries(options)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined));
  return element;
}

function make(tag, options = {}, ...children) {
  const element = fill(document.createElement(tag), options, children);
  const takesKeys = ["button", "input", "select", "textarea"].includes(tag);
  if (takesKeys || "tabindex" in options) element.setAttribute(QUIET, "");
  return element;
}

function draw(tag, options = {}, ...children) {
  const element = fill(document.createElementNS(SVG, tag), options, children);
  if ("tabindex" in options) element.setAttribute(QUIET, "");
  return element;
}

function button(label, onClick, options = {}) {
  return make("button", { type: "button", ...options, on: { click: onClick } }, label);
}

function swatch(track) {
  return make("span", { class: `dt-swatch dt-fill-${track || "none"}`, "aria-hidden": "true" });
}

function onTrack(track, words) {
  return make("span", { class: "dt-track" }, swatch(track), words ?? (track || "not recorded"));
}

// Keys typed here are the widget's own; with Ctrl or Cmd held they are the notebook's again, so
// that saving works. JupyterLab 4.0 looks at a key before the widget sees it, and leaves elements
// with QUIET alone; later ones and VS Code look after it, and do not see what is stopped.
function keepKeys(root) {
  const own = "button, input, select, textarea, [tabindex]";
  const around = (element) => {
    const found = [];
    for (let one = element; root.contains(one); one = one.parentElement) {
      if (one.matches(own)) found.push(one);
    }
    return found;
  };
  const letGo = (event) => {
    if (event.key !== "Control" && event.key !== "Meta") return;
    for (const one of around(event.target)) one.removeAttribute(QUIET);
  };
  const takeBack = (event) => {
    if (event.ctrlKey || event.metaKey) return;
    for (const one of around(event.target)) one.setAttribute(QUIET, "");
  };
  root.addEventListener("keydown", letGo, true);
  for (const event of ["keyup", "blur", "focus"]) root.addEventListener(event, takeBack, true);
  for (const event of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(event, (one) => one.ctrlKey || one.metaKey || one.stopPropagation());
  }
}

function isTyping(element) {
  return element instanceof Element && element.matches("input, textarea, select");
}

function wordShare(share) {
  if (share === null || Number.isNaN(share)) return "not known";
  const percent = Math.round(100 * share);
  if (percent === 0 && share > 0) return "under 1 %";
  if (percent === 100 && share < 1) return "over 99 %";
  return `${percent} %`;
}

function wordNumber(value) {
  return Math.round(value).toLocaleString("en-GB");
}

function wordMoney(amount, currency) {
  for (const [limit, unit] of [[1e9, " bn"], [1e6, " m"], [1e3, " k"]]) {
    if (Math.abs(amount) >= limit) {
      const scaled = amount / limit;
      return `${currency} ${Math.abs(scaled) < 100 ? scaled.toFixed(1) : wordNumber(scaled)}${unit}`;
    }
  }
  return `${currency} ${Math.round(amount)}`;
}
