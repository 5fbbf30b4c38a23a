// Sums over the drawn tracks, as `analyses/draws.py` makes them: draws are sent once, added up here.

const DRAWS = 1000;
const CODES = 4; // operational, strategic, maintenance, not known

function unpackDraws(view, count) {
  const codes = new Uint8Array(count * DRAWS);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let place = 0; place < bytes.length; place += 1) {
    const four = bytes[place];
    codes[4 * place] = four & 3;
    codes[4 * place + 1] = (four >> 2) & 3;
    codes[4 * place + 2] = (four >> 4) & 3;
    codes[4 * place + 3] = four >> 6;
  }
  return codes;
}

// For each weight: what lies on each code in each draw; add adds (1) or takes away (-1) a project.
class DrawnSums {
  constructor(count) {
    this.sums = Array.from({ length: count }, () => new Float64Array(CODES * DRAWS));
  }

  copy() {
    const other = new DrawnSums(0);
    other.sums = this.sums.map((one) => one.slice());
    return other;
  }

  add(codes, project, amounts, sign) {
    const start = project * DRAWS;
    for (let weight = 0; weight < amounts.length; weight += 1) {
      const amount = sign * amounts[weight];
      if (!amount) continue;
      const sum = this.sums[weight];
      for (let place = 0; place < DRAWS; place += 1) {
        sum[codes[start + place] * DRAWS + place] += amount;
      }
    }
  }

  addOnTrack(code, amounts) {
    for (let weight = 0; weight < amounts.length; weight += 1) {
      const sum = this.sums[weight];
      for (let place = 0; place < DRAWS; place += 1) sum[code * DRAWS + place] += amounts[weight];
    }
  }

  share(weight, track, whole) {
    const sum = this.sums[weight];
    const shares = [];
    for (let place = 0; place < DRAWS; place += 1) {
      let total = 0;
      for (const code of whole) total += sum[code * DRAWS + place];
      if (total > 1e-9) shares.push(sum[track * DRAWS + place] / total);
    }
    return middleAndEnds(shares);
  }

  amount(weight, track) {
    return middleAndEnds(Array.from(this.sums[weight].subarray(track * DRAWS, (track + 1) * DRAWS)));
  }
}

function middleAndEnds(drawn) {
  if (!drawn.length) return { value: NaN, low: NaN, high: NaN };
  const sorted = Float64Array.from(drawn).sort();
  const at = (percent) => {
    const place = (percent / 100) * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return { value: at(50), low: at(5), high: at(95) };
}

function judge(told, low, high) {
  if (Number.isNaN(told.value)) return "not answerable";
  if (low !== null && told.high < low) return "below";
  if (high !== null && told.low > high) return "above";
  const isWithin = (low === null || told.low >= low) && (high === null || told.high <= high);
  return isWithin ? "within" : "open";
}

function wordRange(told) {
  if (Number.isNaN(told.value)) return "not known";
  return `${wordShare(told.value)} (${Math.round(100 * told.low)} to ${Math.round(100 * told.high)} %)`;
}
