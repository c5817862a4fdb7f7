// The tile map of the regions, and the map of facilities by their coordinates.
const PALE = [244, 241, 228], DEEP = [86, 160, 178];

function shade(part) {
  return `rgb(${PALE.map((from, i) => Math.round(from + (DEEP[i] - from) * part)).join(",")})`;
}

function tileMap(one) {
  const keys = Object.keys(one.figures || {}), tiles = one.tiles || [];
  if (!keys.length || !tiles.length) return null;
  const grid = el("ul", {class: "tiles", "aria-label": say(one.alt)});
  const across = Math.max(...tiles.map((tile) => tile.column)) + 1;
  grid.style.setProperty("--across", across);
  const unit = el("p", {class: "note"});
  const show = (key) => {
    const values = tiles.map((tile) => tile.values?.[key]).filter((value) => typeof value === "number");
    const least = Math.min(...values), most = Math.max(...values);
    unit.textContent = say(one.figures[key][1]);
    grid.replaceChildren(...tiles.map((tile) => {
      const value = tile.values?.[key], known = typeof value === "number";
      const box = el("li", {title: say(tile.name)}, el("span", {text: say(tile.short), "aria-hidden": "true"}),
        el("span", {class: "unseen", text: say(tile.name)}), el("b", {text: known ? number(value) : "–"}));
      box.style.gridArea = `${tile.row + 1} / ${tile.column + 1}`;
      box.style.background = known ? shade(most > least ? (value - least) / (most - least) : 0.5) : "#FFFFFF";
      return box;
    }));
  };
  show(one.shown);
  const rows = tiles.map((tile) => [tile.name, ...keys.map((key) => tile.values?.[key] ?? null)]);
  return el("figure", {class: "chart", id: fresh("c")}, el("figcaption", {text: say(one.title)}),
    select(word("colour_by"), keys.map((key) => [key, say(one.figures[key][0])]), one.shown, show, "colour"),
    unit, grid, behind(one.title, [[word("region"), ""], ...keys.map((key) => one.figures[key])], rows));
}

const STATES = ["plan", "done", "out"];
const LOOKS = {plan: {symbol: "circle"}, done: {symbol: "diamond"}, out: {symbol: "emptyCircle"}};

// Colours by the sector as it is said; those without one of their own by the order of one language, whichever is shown.
function coloursOf(items) {
  const first = (text) => Array.isArray(text) ? current().texts[text[0]][0] : String(text);
  const order = uniq(items.map((one) => first(one.sector)));
  return new Map(items.map((one) => [say(one.sector), colourOf(say(one.sector), order.indexOf(first(one.sector)))]));
}

function pointMap(points) {
  const sectors = uniq(points.map((point) => say(point.sector)));
  const colours = coloursOf(points);
  const colour = (point) => colours.get(say(point.sector));
  const most = Math.max(1, ...points.map((point) => point.cost || 0));
  const east = points.map((p) => p.longitude), north = points.map((p) => p.latitude);
  const span = (values, pad) => [Math.min(...values) - pad, Math.max(...values) + pad];
  const [west, eastern] = span(east, 1), [south, northern] = span(north, 0.7);
  const shape = (northern - south) / ((eastern - west) * Math.cos((south + northern) / 2 * Math.PI / 180));
  const asked = {state: "", sector: ""};
  const kept = () => points.filter((p) => (!asked.state || p.state === asked.state) &&
    (!asked.sector || say(p.sector) === asked.sector));
  const axis = (min, max, name, show) => ({type: "value", min, max, name, nameLocation: "middle", nameGap: 22,
    nameTextStyle: {color: MUTED}, axisLabel: {color: MUTED, showMinLabel: false, showMaxLabel: false,
      formatter: (v) => `${number(v, 0)}°`}, splitLine: {show, lineStyle: {color: "#E4E9EC"}}});
  const regions = new Map();
  for (const point of points) {
    const name = say(point.region);
    if (!regions.has(name)) regions.set(name, []);
    regions.get(name).push(point);
  }
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const option = (width) => ({
    grid: {left: 46, right: 10, top: 10, bottom: 40},
    xAxis: axis(west, eastern, word("longitude"), true), yAxis: axis(south, northern, word("latitude"), true),
    tooltip: {...TOOLTIP, trigger: "item", formatter: ({data: {point}}) => tip(say(point.name), [
      [say(point.region), ""], [say(point.sector), word(point.state)],
      ...(point.cost === undefined ? [] : [[word("cost"), number(point.cost)]])])},
    series: [{type: "scatter", silent: true, symbolSize: 0.1, z: 6,
      labelLayout: ({labelRect: {x, width: w}}) => ({hideOverlap: true, align: "center",
        x: Math.min(Math.max(x + w / 2, 50 + w / 2), width - w / 2 - 4)}),
      data: width < 600 ? [] : [...regions].map(([name, all]) => ({
        value: [mean(all.map((p) => p.longitude)), mean(all.map((p) => p.latitude))],
        label: {show: true, position: "top", distance: 9, formatter: () => name, color: INK, fontSize: 11,
          textBorderColor: "#FFFFFF", textBorderWidth: 3}}))},
    ...STATES.map((name) => ({type: "scatter", z: name === "plan" ? 4 : 3, ...LOOKS[name],
      data: kept().filter((point) => point.state === name).map((point) => ({point,
        value: [point.longitude, point.latitude],
        symbolSize: (width < 600 ? 0.7 : 1) * (7 + 21 * Math.sqrt((point.cost || 0) / most)),
        itemStyle: {color: colour(point), opacity: 0.8, borderColor: name === "out" ? colour(point) : "#FFFFFF"}}))}))],
  });
  const width = Math.min(1240, document.documentElement.clientWidth - 40);
  const height = Math.round(Math.min(640, Math.max(240, (width - 56) * shape)) + 50);
  const box = picture(word("map_alt"), height, option, undefined, 560);
  const again = () => { if (drawn.has(box)) redraw(box, drawn.get(box)); };
  const filters = el("div", {class: "filters"},
    select(word("state"), [["", word("all")], ...STATES.map((s) => [s, word(s)])], "",
      (v) => { asked.state = v; again(); }, "map-state"),
    select(word("sector"), [["", word("all")], ...sectors.map((s) => [s, s])], "",
      (v) => { asked.sector = v; again(); }, "map-sector"));
  const rows = points.map((p) => [p.name, p.region, p.sector, word(p.state), p.cost ?? null, p.latitude, p.longitude]);
  const heads = ["project", "region", "sector", "state", "cost", "latitude", "longitude"].map((key) => [word(key), ""]);
  return el("figure", {class: "chart", id: fresh("c")}, el("figcaption", {class: "note", text: word("map_note")}),
    filters, box, legend([...sectors.map((name) => [name, colours.get(name), "round"]),
      ...STATES.map((name) => [word(name), MUTED, `round ${name}`])]),
    behind(word("map"), heads, rows));
}
