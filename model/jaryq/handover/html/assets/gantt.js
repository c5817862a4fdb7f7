// The gantt: a table with a strip of phases in each row; letters tell phases without colour.
const PHASE_LOOKS = ["buys", "works", "offline"];

function phaseOf(text) {
  const letter = say(text);
  const at = DATA.phases.findIndex(([said]) => said.includes(letter));
  return {letter, look: PHASE_LOOKS[at] || "other", meaning: at < 0 ? letter : inLanguage(DATA.phases[at][1])};
}

function uniq(values) { return [...new Set(values)].sort((a, b) => a.localeCompare(b, LOCALE[state.lang])); }

function strip(lane, periods) {
  const box = el("div", {class: "strip", style: {"--periods": periods.length}});
  const told = [];
  for (const span of lane.spans || []) {
    const {letter, look, meaning} = phaseOf(span.phase);
    const when = span.first === span.last ? say(periods[span.first])
      : `${say(periods[span.first])}–${say(periods[span.last])}`;
    told.push(`${meaning}: ${when}`);
    box.append(el("span", {class: look, "aria-hidden": "true", title: `${meaning}: ${when}`, text: letter,
      style: {"grid-column": `${span.first + 1} / ${span.last + 2}`}}));
  }
  box.append(el("span", {class: "unseen", text: told.join("; ")}));
  return box;
}

// The years above the strips: periods of one year share a heading.
function yearsHead(periods) {
  const years = [];
  for (const period of periods) {
    const year = say(period).match(/\d{4}/)?.[0] || say(period);
    if (years.length && years.at(-1)[0] === year) years.at(-1)[1] += 1;
    else years.push([year, 1]);
  }
  return el("div", {class: "strip years", style: {"--periods": periods.length}},
    years.map(([year, count]) => el("span", {text: year, style: {"grid-column": `span ${count}`}})));
}

function gantt(one) {
  const lanes = one.lanes || [], periods = one.periods || [];
  if (!lanes.length) return null;
  const places = placesOf(lanes.map((lane) => lane.cost));
  const row = (lane, look = null) => el("tr", {id: fresh("g"), "data-project": lane.key, class: look},
    el("th", {scope: "row", class: "name"}, say(lane.name),
      el("span", {class: "note", text: [lane.region, lane.sector].map((t) => say(t)).filter(Boolean).join(", ")})),
    el("td", {class: "number", "data-label": word("cost"), text: number(lane.cost, places)}),
    el("td", {class: "text", "data-label": word("payer"), text: say(lane.payer)}),
    el("td", {class: "text", "data-label": word("reason"), text: say(lane.reason)}),
    el("td", {class: "when"}, strip(lane, periods)));
  // Packages of networks come last; where they are many, their kinds stand for them on paper.
  const kinds = (one.kinds || []).map((lane) => row(lane, "kind"));
  const stood = (lane) => kinds.length && lane.spans?.some((span) => span.amount);
  const rows = lanes.map((lane) => row(lane, stood(lane) ? "of-kind" : null));
  const body = el("tbody", {id: fresh("b")}, rows, kinds), count = el("p", {class: "note", role: "status"});
  const opener = folding(body, rows, {...ROWS, paper: 300});
  const asked = {name: "", region: "", sector: ""};
  const texts = lanes.map((lane) => [say(lane.name), say(lane.payer), lane.key].join(" ").toLocaleLowerCase());
  const filter = () => {
    let left = 0;
    lanes.forEach((lane, i) => {
      const kept = texts[i].includes(asked.name) && (!asked.region || say(lane.region) === asked.region) &&
        (!asked.sector || say(lane.sector) === asked.sector);
      rows[i].hidden = !kept;
      if (kept) left += 1;
    });
    body.classList.toggle("by-kind", kinds.length > 0 && left === lanes.length);
    count.textContent = word("kept_of").replace("{kept}", number(left)).replace("{all}", number(lanes.length));
    if (body.isConnected) refold();
  };
  const any = (name) => [["", word("all")],
    ...uniq(lanes.map((lane) => say(lane[name])).filter(Boolean)).map((t) => [t, t])];
  const name = el("input", {type: "search", class: "filter-name", autocomplete: "off", on: {input: (event) => {
    asked.name = event.target.value.toLocaleLowerCase(); filter();
  }}});
  const box = el("div", {class: "filters"},
    el("label", {class: "choice"}, el("span", {text: word("filter")}), name),
    select(word("region"), any("region"), "", (value) => { asked.region = value; filter(); }),
    select(word("sector"), any("sector"), "", (value) => { asked.sector = value; filter(); }));
  filter();
  const heads = [word("project"), word("cost"), word("payer"), word("reason")].map((text, i) =>
    el("th", {scope: "col", class: i === 1 ? "number" : null, text}));
  const key = el("ul", {class: "legend"}, DATA.phases.map(([letter, meaning], i) => el("li", {},
    el("i", {class: `phase ${PHASE_LOOKS[i]}`, text: inLanguage(letter)}), inLanguage(meaning))));
  const made = el("div", {class: "gantt"}, box, key, count, scrolling(el("table", {},
    el("thead", {}, el("tr", {}, heads, el("th", {scope: "col", class: "when"}, yearsHead(periods)))), body),
    word("project")), opener);
  made.showAll = () => {
    asked.name = asked.region = asked.sector = name.value = "";
    box.querySelectorAll("select").forEach((choice) => { choice.value = ""; });
    filter();
  };
  return made;
}
