// Mix and blur as bars that list their projects when clicked.

const BARS = { width: 470, label: 92, row: 47, top: 28, height: 20 };

function drawHit(label, shape, run) {
  return draw(
    "g",
    {
      class: "dt-project", role: "button", tabindex: "0", "aria-label": label,
      on: { click: run, keydown: (event) => pressed(event, run) },
    },
    draw("title", {}, label),
    shape
  );
}

// `shares`: name, told (value, low, high), before (the same or null).
function drawMix(shares, pick) {
  const width = BARS.width - BARS.label - 8;
  const marks = [
    draw("text", { x: BARS.label, y: 13, class: "dt-lane dt-small dt-ink-strategic" }, "Strategic"),
    draw("text", { x: BARS.width - 8, y: 13, class: "dt-lane dt-small dt-ink-operational dt-end" }, "Operational"),
  ];
  shares.forEach((share, place) => {
    const y = BARS.top + place * BARS.row;
    marks.push(draw("text", { x: 0, y: y + 15, class: "dt-name" }, share.name));
    const { value, low, high } = share.told;
    if (Number.isNaN(value)) {
      marks.push(draw("text", { x: BARS.label, y: y + 15, class: "dt-note" }, "not known"));
      return;
    }
    const [middle, from, to] = [value, low, high].map((one) => BARS.label + one * width);
    const said = `${share.name}: strategic ${wordRange(share.told)}`;
    marks.push(
      drawHit(`${said}. List the strategic projects`,
        draw("rect", { x: BARS.label, y, width: Math.max(value * width, 0), height: BARS.height, class: "dt-fill-strategic" }),
        () => pick("track", "strategic")),
      drawHit(`${share.name}: operational ${wordShare(1 - value)}. List the operational projects`,
        draw("rect", { x: middle, y, width: Math.max((1 - value) * width, 0), height: BARS.height, class: "dt-fill-operational" }),
        () => pick("track", "operational")),
      drawInterval(from, to, y + BARS.height / 2)
    );
    if (low > 0.13) marks.push(draw("text", { x: BARS.label + 5, y: y + 14, class: "dt-on" }, wordShare(value)));
    if (high < 0.87) marks.push(draw("text", { x: BARS.width - 13, y: y + 14, class: "dt-on dt-end" }, wordShare(1 - value)));
    const notes = [`${Math.round(100 * low)} to ${Math.round(100 * high)} %`];
    if (share.before && !Number.isNaN(share.before.value)) {
      const was = BARS.label + share.before.value * width;
      notes.push(`was ${wordRange(share.before)}`);
      marks.push(draw("path", { d: `M${was} ${y - 1}l-4 -6h8z`, class: "dt-was" }));
    }
    marks.push(draw("text", { x: BARS.width - 8, y: y + 32, class: "dt-note dt-end" }, notes.join(", ")));
  });
  const height = BARS.top + shares.length * BARS.row - 8;
  return draw("svg", { viewBox: `0 0 ${BARS.width} ${height}`, class: "dt-chart", role: "group", "aria-label": "Mix of the two paths" }, marks);
}

function drawInterval(from, to, y) {
  const line = `M${from} ${y}H${to}M${from} ${y - 5}V${y + 5}M${to} ${y - 5}V${y + 5}`;
  return draw(
    "g",
    { "aria-hidden": "true", class: "dt-interval" },
    draw("path", { d: line, class: "dt-halo" }),
    draw("path", { d: line })
  );
}

// `counts`: name, count, money of each blur.
function drawBlur(counts, currency, pick) {
  const label = 200;
  const most = Math.max(1, ...counts.map((one) => one.count));
  const width = BARS.width - label - 130;
  const marks = counts.map((one, place) => {
    const y = 4 + place * 30;
    const money = one.money ? `, ${wordMoney(one.money, currency)}` : "";
    const said = `${one.name}: ${wordNumber(one.count)}${money}. List them`;
    const bar = (one.count / most) * width;
    return [
      draw("text", { x: 0, y: y + 15, class: "dt-name" }, one.name),
      one.count
        ? drawHit(said, draw("rect", { x: label, y, width: bar, height: 20, class: "dt-blurred" }), () => pick("blur", one.name))
        : null,
      draw("text", { x: label + bar + 6, y: y + 15, class: "dt-note" }, `${wordNumber(one.count)}${money}`),
    ];
  });
  return draw("svg", { viewBox: `0 0 ${BARS.width} ${counts.length * 30 + 4}`, class: "dt-chart", role: "group", "aria-label": "Blur by its name" }, marks.flat());
}
