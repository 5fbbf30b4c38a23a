// The what-if: tracks of moved projects are sure, paused ones leave mix and load. Nothing is written.

const WEIGHTS = ["projects", "budgets", "hours", "booked"];
const QUANTITIES = ["Projects", "Budget", "Planned work"];
const CODE = { operational: 0, strategic: 1, maintenance: 2 };

function amountsOf(rows, one) {
  return [1, rows.budgets[one] ?? 0, rows.hours[one] ?? 0, rows.booked[one]];
}

function sumShown(rows, codes, shown) {
  const sums = new DrawnSums(WEIGHTS.length);
  for (const one of shown) sums.add(codes, one, amountsOf(rows, one), 1);
  return sums;
}

function tryChanges(rows, codes, shown, before, whatif) {
  const after = before.copy();
  const isShown = new Set(shown);
  for (const one of new Set([...whatif.moves.keys(), ...whatif.paused])) {
    if (!isShown.has(one)) continue;
    after.add(codes, one, amountsOf(rows, one), -1);
    if (!whatif.paused.has(one)) after.addOnTrack(CODE[whatif.moves.get(one)], amountsOf(rows, one));
  }
  return after;
}

function tellShares(before, after) {
  return QUANTITIES.map((name, weight) => ({
    name,
    told: (after ?? before).share(weight, 1, [0, 1]),
    before: after ? before.share(weight, 1, [0, 1]) : null,
  }));
}

// Rows of the table: name, as it is, tried. `group` is the whole or a unit; blank for another choice.
function tellLoad(rows, before, after, group, paused, shown) {
  const own = rows.groups[group];
  if (!own) return [];
  const isShown = new Set(shown);
  const freed = [...paused].reduce((sum, one) => sum + (isShown.has(one) ? rows.booked[one] : 0), 0);
  const demand = [own.demand, own.demand - freed];
  const told = [["Booked, FTE in a mean month", ...demand.map((one) => one.toFixed(1))]];
  const share = own.capacity ? demand.map((one) => wordShare(one / own.capacity)) : null;
  const without = own.withheld ? "withheld: a group of few people" : "capacity not known";
  told.push(["Booked of the capacity", ...(share ?? [without, without])]);
  for (const track of ["strategic", "operational"]) {
    const words = [before, after ?? before].map((sums) => {
      const fte = sums.amount(3, CODE[track]);
      return `${fte.value.toFixed(1)} (${fte.low.toFixed(1)} to ${fte.high.toFixed(1)})`;
    });
    told.push([`On ${track} projects, FTE`, ...words]);
  }
  return told;
}

function tellTargets(rows, before, after) {
  return rows.targets.map((target) => {
    const words = [before, after ?? before].map((sums) => {
      const told = sums.share(1, CODE[target.track], target.whole.map((track) => CODE[track]));
      return `${wordRange(told)}: ${judge(told, target.low, target.high)}`;
    });
    const whole = target.whole.length > 2 ? "all" : "both paths";
    return [`Target: ${target.track} budget of ${whole}, ${wordBand(target)}`, ...words];
  });
}

function wordBand({ low, high }) {
  if (low === null) return `up to ${Math.round(100 * high)} %`;
  if (high === null) return `at least ${Math.round(100 * low)} %`;
  return `${Math.round(100 * low)} to ${Math.round(100 * high)} %`;
}

// The buttons; `count` projects are selected.
function drawDeeds(count, isTried, deeds) {
  const options = { disabled: count === 0 };
  return make(
    "div",
    { class: "dt-keys", role: "group", "aria-label": "What if the selected projects" },
    make("span", {}, make("b", {}, "What if "), `${count ? wordNumber(count) : "no"} selected:`),
    Object.keys(CODE).map((track) => button(onTrack(track, `to ${track}`), () => deeds.move(track), options)),
    button("pause", deeds.pause, options),
    button("put back", deeds.putBack, options),
    button("end the what-if", deeds.endTry, { disabled: !isTried })
  );
}

function drawTried(told, isTried) {
  const head = isTried ? ["Measure", "As it is", "Tried"] : ["Measure", "As it is"];
  return make(
    "table",
    { class: "dt-tried" },
    make("caption", {}, "Load and targets of what is shown"),
    make("thead", {}, make("tr", {}, head.map((one) => make("th", { scope: "col" }, one)))),
    make(
      "tbody",
      {},
      told.map(([name, was, is]) =>
        make(
          "tr",
          { class: isTried && was !== is ? "dt-changed" : "" },
          make("th", { scope: "row" }, name),
          make("td", {}, was),
          isTried ? make("td", {}, is) : null
        )
      )
    )
  );
}
