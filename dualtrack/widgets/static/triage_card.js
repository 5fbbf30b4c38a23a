// The card of one project, as `card.build_card` gives it. Used by triage and explorer.

function drawPieces(pieces) {
  return pieces.map((piece) =>
    piece.track ? make("mark", { class: `dt-mark dt-mark-${piece.track}` }, piece.text) : piece.text
  );
}

function drawChances(card) {
  const said = card.chances.map((one) => `${one.track} ${wordShare(one.share)}`).join(", ");
  return make(
    "div",
    { class: "dt-chances" },
    make(
      "div",
      { class: "dt-stack", role: "img", "aria-label": `By its evidence: ${said}` },
      card.chances.map((one) =>
        make("span", { class: `dt-fill-${one.track}`, style: `flex-grow:${one.share}` })
      )
    ),
    make(
      "p",
      { class: "dt-key" },
      card.chances.map((one) => onTrack(one.track, `${one.track} ${wordShare(one.share)}`))
    )
  );
}

function drawReadings(card) {
  return make(
    "table",
    { class: "dt-readings" },
    make("caption", {}, "Three readings"),
    make(
      "tbody",
      {},
      card.readings.map((one) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, one.name),
          make("td", {}, onTrack(one.track)),
          make("td", {}, one.ground)
        )
      )
    )
  );
}

function drawEvidence(card) {
  if (!card.evidence.length) return make("p", {}, "Its texts show no criterion.");
  return make(
    "table",
    { class: "dt-evidence" },
    make("caption", {}, "What its texts show: log-odds each piece adds to its track"),
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        ["Track", "It", "Weight", "In the words"].map((one) => make("th", { scope: "col" }, one))
      )
    ),
    make(
      "tbody",
      {},
      card.evidence.map((one) =>
        make(
          "tr",
          {},
          make("td", {}, onTrack(one.track)),
          make("td", {}, one.says),
          make(
            "td",
            { class: "dt-weight" },
            make("span", {
              class: `dt-bar dt-fill-${one.track}`,
              style: `width:${(6 * one.share).toFixed(2)}em`,
              "aria-hidden": "true",
            }),
            one.size.toFixed(2)
          ),
          make(
            "td",
            {},
            one.quote ? `“${one.quote}”` : "",
            one.quote && !["title", "description"].includes(one.column)
              ? ` (${one.column.replaceAll("_", " ")})`
              : ""
          )
        )
      )
    )
  );
}

function drawCard(card, heading) {
  const title = card.title.length ? drawPieces(card.title) : ["(no title)"];
  return [
    make(heading, { class: "dt-title", tabindex: "-1" }, title),
    make(
      "p",
      { class: "dt-facts" },
      make("code", {}, card.id),
      card.facts.map(([name, value]) => make("span", {}, `${name}: ${value}`))
    ),
    card.description.length
      ? make("p", { class: "dt-description" }, drawPieces(card.description))
      : make("p", { class: "dt-description dt-muted" }, "No description."),
    drawChances(card),
    drawReadings(card),
    make("p", { class: "dt-flip" }, make("b", {}, "What would flip it: "), card.flip),
    drawEvidence(card),
    make("p", { class: "dt-source dt-muted" }, `Source: ${card.source}`),
  ];
}
