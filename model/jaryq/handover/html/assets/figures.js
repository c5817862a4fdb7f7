// Figures, sentences and small tables.
function figureTile(fact) {
  const unit = say(fact.said || fact.unit);
  const value = typeof fact.value === "number" ? number(fact.value) : say(fact.value);
  return el("div", {class: "figure"},
    el("dt", {text: say(fact.label)}),
    el("dd", {}, el("b", {text: value}), unit ? el("span", {class: "unit", text: ` ${unit}`}) : null,
      fact.note ? el("span", {class: "note", text: say(fact.note)}) : null));
}

function figures(facts) { return el("dl", {class: "figures"}, facts.map(figureTile)); }

function sentences(said) {
  return el("ul", {class: "said"}, said.map((text) => el("li", {text: say(text), id: fresh("s")})));
}

// A column's cells share their decimals where the column has one unit.
function columnForm(field, values) {
  const unit = say(field.unit);
  const places = field.exact ? 2 : unit ? placesOf(values) : null;
  const years = values.every((one) => typeof one !== "number" || isYear(one));
  return (value, inRow = false) => {
    if (value === null || value === undefined) return "";
    if (value === true || value === false) return value ? "✓" : "–";
    if (typeof value !== "number") return say(value);
    if (isYear(value) && (inRow || years && (!unit || places === 0))) {
      return String(value);
    }
    return places === null ? number(value) : number(value, places, true);
  };
}

function isNumeric(values) {
  return values.some((value) => typeof value === "number") &&
    values.every((value) => value === null || typeof value === "number");
}

// Few columns, of which one holds long texts: a narrow screen shows their rows as cards.
const LONG = 60, FEW = 6;
function asCards(columns) {
  return columns.length > 1 && columns.length <= FEW && columns.some((values) => values.some((value) =>
    typeof value !== "number" && say(value).length > LONG));
}

// Wide tables scroll in a region of their own, also by keyboard.
function scrolling(table, label) {
  return el("div", {class: "wide", tabindex: "0", role: "group", "aria-label": label}, table);
}

function block(given, level, folded = true) {
  const one = {fields: [], rows: [], ...given};
  const columns = one.fields.map((_, i) => one.rows.map((row) => row[i]));
  const forms = one.fields.map((field, i) => columnForm(field, columns[i]));
  const numeric = columns.map(isNumeric);
  const most = columns.map((values) => Math.max(0, ...values.filter((v) => typeof v === "number").map(Math.abs)));
  const strong = new Set(one.strong || []);
  const heads = one.fields.map((field, i) => el(say(field.head) ? "th" : "td", {scope: say(field.head) ? "col" : null,
    class: numeric[i] ? "number" : null}, say(field.head),
    field.unit ? el("span", {class: "unit", text: say(field.unit)}) : null));
  const cards = asCards(columns);
  const cell = (value, i, inYears) => {
    const text = forms[i](value, inYears), named = i === 0 && text;
    const label = [say(one.fields[i].head), say(one.fields[i].unit)].filter(Boolean).join(", ");
    const td = el(named ? "th" : "td", {scope: named ? "row" : null, class: numeric[i] ? "number" : null,
      "data-label": i > 0 && text ? label : null}, text);
    if (one.fields[i].bar && typeof value === "number" && most[i] > 0) {
      td.classList.add("bar");
      td.style.setProperty("--part", `${100 * Math.abs(value) / most[i]}%`);
    }
    return td;
  };
  const rows = one.rows.map((row, r) => el("tr", {id: fresh("r"), class: strong.has(r) ? "strong" : null},
    row.map((value, i) => cell(value, i, row.some((one) => say(one) === word("year_unit"))))));
  const body = el("tbody", {id: fresh("b")}, rows);
  const seen = el("span", {class: "unit seen"});
  const totals = one.fields.some((field) => field.total) && one.rows.length > 1 ? el("tfoot", {}, el("tr", {},
    one.fields.map((field, i) => el(i === 0 ? "th" : "td", {scope: i === 0 ? "row" : null,
      class: numeric[i] ? "number" : null, "data-label": i > 0 && field.total ? say(field.head) : null}, field.total
      ? forms[i](columns[i].reduce((sum, v) => sum + (typeof v === "number" ? v : 0), 0))
      : i === 0 ? word("total") : "", i === 0 ? seen : null)))) : null;
  const name = say(one.head);
  return el("div", {class: "block"}, el(level, {text: name}),
    rows.length ? scrolling(el("table", {class: cards ? "cards" : null},
      el("thead", {}, el("tr", {}, heads)), body, totals), name) : null,
    folded && !one.whole ? folding(body, rows, ROWS, totals ? seen : null) : null,
    (one.notes || []).map((note) => el("p", {class: "note", text: say(note)})));
}

// The table behind a picture.
function behind(name, heads, rows) {
  const fields = heads.map(([head, unit]) => ({head, unit}));
  const made = block({head: name, fields, rows}, "h4", false);
  made.firstChild.remove();
  return el("details", {}, el("summary", {text: word("as_table")}), made);
}
