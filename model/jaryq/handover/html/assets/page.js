// The page: sections, switches of language and scenario, search, print.
const content = document.getElementById("content");
const at = (id) => document.getElementById(id);

function section(key, title, note, ...parts) {
  return el("section", {id: key, "aria-labelledby": `${key}-title`}, el("h2", {id: `${key}-title`, text: title}),
    note ? el("p", {class: "note", text: note}) : null, parts);
}

function frontSection(page) {
  const charts = (page.charts || []).map(chart).filter(Boolean);
  const single = (made) => made ? [made] : [];
  const first = [...single(page.tiles && tileMap(page.tiles)), ...single(page.flows && sankey(page.flows)),
    ...single(page.streets && streetMap(page.streets))];
  const last = [...(page.blocks || []).map((one) => block(one, "h3")), ...single(page.gantt && gantt(page.gantt))];
  const made = section(page.key, say(page.title), say(page.note),
    page.figures ? figures(page.figures) : null, page.sentences ? sentences(page.sentences) : null,
    first, charts.length ? el("div", {class: "charts"}, charts) : null, last);
  // A page of tables that are shown whole is read from its first line to its last.
  const parts = [...first, ...charts, ...last];
  if (!(page.blocks || []).length || !page.blocks.every((one) => one.whole)) made.append(folding(made, parts, PARTS));
  return made;
}

// The figures of the first page in all scenarios.
function comparison() {
  const facts = DATA.scenarios.map((one) => new Map((one.scenario.pages?.[0]?.figures || [])
    .map((fact) => [fact.key || say(fact.label, one.texts), fact])));
  const first = [...facts[0].values()], texts = DATA.scenarios[0].texts;
  const table = el("table", {}, el("thead", {}, el("tr", {}, el("th", {scope: "col", text: word("figure")}),
    DATA.scenarios.map((one) => el("th", {scope: "col", class: "number", text: say(one.scenario.name, one.texts)})))),
    el("tbody", {}, first.map((fact) => {
      const key = fact.key || say(fact.label, texts);
      const values = facts.map((all) => all.get(key)?.value);
      const form = columnForm({unit: say(fact.unit, texts)}, values);
      return el("tr", {}, el("th", {scope: "row"}, say(fact.label, texts),
        el("span", {class: "unit", text: say(fact.unit, texts)})),
        values.map((value, i) => el("td", {class: "number", text: Array.isArray(value)
          ? say(value, DATA.scenarios[i].texts) : form(value)})));
    })));
  const failed = DATA.failures.map(([name, why]) => el("li",
    {text: `${inLanguage(name)}. ${word("no_plan")}: ${inLanguage(why)}`}));
  const told = DATA.compared.map((one) => el("li", {text: inLanguage(one)}));
  return section("scenarios", word("scenarios"), word("scenarios_note"),
    told.length ? el("ul", {class: "said"}, told) : null, scrolling(table, word("scenarios")),
    failed.length ? el("ul", {class: "said"}, failed) : null);
}

function sections() {
  const {pages = [], points = []} = current().scenario;
  const made = [];
  let mapped = !points.length;
  const map = () => { mapped = true; made.push(section("map", word("map"), "", pointMap(points))); };
  for (const page of pages) {
    made.push(frontSection(page));
    if (page.tiles && !mapped) map();
  }
  if (!mapped) map();
  if (DATA.scenarios.length > 1 || DATA.failures.length) made.splice(1, 0, comparison());
  return made;
}

function controls() {
  const languages = select(word("language"), DATA.languages, state.lang,
    (lang) => { state.lang = lang; show("language"); }, "language");
  const names = DATA.scenarios.map((one, i) => [String(i), say(one.scenario.name, one.texts)]);
  const scenarios = names.length > 1 ? select(word("scenario"), names, String(state.at), (value) => {
    state.at = Number(value); show("scenario");
  }, "scenario") : null;
  const found = el("ul", {id: "found", hidden: true}), told = el("span", {class: "unseen", role: "status"});
  const input = el("input", {type: "search", id: "search", autocomplete: "off", placeholder: word("search_for"),
    on: {input: () => find(input.value, found, told), keydown: (event) => {
      if (event.key === "Escape") { input.value = ""; find("", found, told); }
      if (event.key === "ArrowDown") { event.preventDefault(); found.querySelector("button")?.focus(); }
    }}});
  const box = el("div", {class: "search"}, el("label", {class: "choice"}, el("span", {text: word("search")}), input),
    found, told);
  at("controls").replaceChildren(...[scenarios, languages, box, el("button", {type: "button", class: "plain",
    text: word("print"), on: {click: () => print()}})].filter(Boolean));
}

// What can be found: rows, sentences, headings; where each stands.
const MOST_FOUND = 12;
function find(asked, list, told) {
  const words = asked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const hits = [];
  if (words.join("").length > 1) {
    for (const one of content.querySelectorAll("h2, h3, .said li, tbody tr, .tiles li")) {
      const text = one.textContent.toLocaleLowerCase();
      if (words.every((part) => text.includes(part))) hits.push(one);
    }
  }
  list.hidden = !words.length;
  told.textContent = words.length ? `${word("found")}: ${hits.length}` : "";
  list.replaceChildren(...hits.slice(0, MOST_FOUND).map((one) => {
    const head = one.closest("section").querySelector("h2").textContent;
    const name = (one.querySelector("th")?.firstChild || one).textContent;
    return el("li", {}, el("button", {type: "button", on: {click: () => { list.hidden = true; reveal(one); }}},
      el("b", {text: name.length > 120 ? `${name.slice(0, 120)}…` : name}), el("span", {text: head})));
  }));
  if (words.length && !hits.length) list.append(el("li", {class: "note", text: word("nothing_found")}));
}

function reveal(one) {
  for (let box = one.parentElement; box; box = box.parentElement) {
    if (box.tagName === "DETAILS") box.open = true;
    if (box.showAll && one.hidden) box.showAll();
  }
  unfold(one);
  one.scrollIntoView({block: "center", behavior: STILL ? "auto" : "smooth"});
  focusOn(one, {preventScroll: true});
  one.classList.add("flash");
  setTimeout(() => one.classList.remove("flash"), 2500);
}

function show(focused) {
  const {scenario} = current(), place = scrollY, opened = new Set(folds.flatMap((one, i) => one.open ? [i] : []));
  forget();
  folds.length = 0;
  document.documentElement.lang = state.lang;
  document.title = say(scenario.title);
  at("title").textContent = say(scenario.title);
  at("subtitle").textContent = say(scenario.subtitle);
  at("skip").textContent = word("to_content");
  at("printed").textContent = [say(scenario.name), word("printed")].filter(Boolean).join(". ");
  at("by").textContent = word("by") + (DATA.unreviewed.includes(state.lang) ? ` ${word("not_reviewed")}` : "");
  controls();
  const made = sections();
  content.replaceChildren(...made);
  at("nav").setAttribute("aria-label", word("pages"));
  at("nav").replaceChildren(el("ul", {}, made.map((one) => el("li", {},
    el("a", {href: `#${one.id}`, text: one.querySelector("h2").textContent})))));
  folds.forEach((one, i) => { one.open = focused === "language" && opened.has(i); });
  refold();
  scrollTo(0, place);
  if (focused) at(focused).focus();
}

let waiting = 0;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => { refold(); refit(); }, 120); });
// On paper the page has the width of a sheet before pictures are drawn, so that they fit it.
addEventListener("beforeprint", () => {
  document.documentElement.classList.add("printing");
  refold();
  document.querySelectorAll(".picture").forEach(draw);
  refit();
});
addEventListener("afterprint", () => { document.documentElement.classList.remove("printing"); refold(); refit(); });
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) at("found").hidden = true;
});
show();
