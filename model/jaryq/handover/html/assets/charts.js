// Pictures by ECharts; their tips are elements made from texts, their data stand in a table behind.
const drawn = new Map();

// Drawn when it comes into view, or all at once for the printer.
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
}, {rootMargin: "300px"});

// On a narrow screen it is lower (--low), where it is not told how high it must be, and on paper (--paper).
function picture(alt, height, option, low = height, paper = 145) {
  const box = el("div", {class: "picture", role: "img", "aria-label": alt,
    style: {"--high": `${height}px`, "--low": `${low}px`, "--paper-high": `${Math.min(height, paper)}px`}});
  box.makeOption = option;
  seen.observe(box);
  return box;
}

function draw(box) {
  if (drawn.has(box) || !box.isConnected || !box.clientWidth) return;
  seen.unobserve(box);
  const chart = echarts.init(box, null, {renderer: "canvas", devicePixelRatio: Math.max(2, devicePixelRatio)});
  chart.on("click", ({data}) => {
    if (data?.point) content.dispatchEvent(new CustomEvent("project", {detail: data.point.key}));
    if (data?.chosen) data.chosen();
  });
  drawn.set(box, chart);
  redraw(box, chart);
}

// The printer takes what is drawn at once, so nothing moves on paper; patterns tell columns and bars apart in grey.
function redraw(box, chart) {
  const paper = onPaper(), option = box.makeOption(box.clientWidth);
  const decal = {show: paper && option.series.some((s) => s.type === "bar")};
  const common = {animation: !STILL && !paper, textStyle: {fontFamily: "system-ui, sans-serif", color: INK},
                  color: PALETTE, aria: {enabled: true, label: {enabled: false}, decal}};
  chart.setOption({...common, ...option}, true);
}

function forget() {
  for (const [box, chart] of drawn) { seen.unobserve(box); chart.dispose(); }
  drawn.clear();
}

function refit() {
  for (const [box, chart] of drawn) if (box.clientWidth) { chart.resize(); redraw(box, chart); }
}

function tip(head, lines) {
  return el("div", {class: "tip"}, el("b", {text: head}),
    lines.map(([name, value, colour]) => el("div", {}, colour
      ? el("i", {style: {background: colour}}) : null, el("span", {text: name}), el("span", {text: value}))));
}

const TOOLTIP = {confine: true, transitionDuration: 0, className: "tooltip", borderColor: LINE};

function legend(names) {
  return el("ul", {class: "legend"}, names.map(([name, colour, look]) => el("li", {},
    el("i", {class: look || null, style: {background: colour, "border-color": colour}}), name)));
}

function labelOf(label) { return typeof label === "number" ? String(label) : say(label); }

// Areas between levels are stacked from the lowest up, the nearer to the middle the darker; a level is a line: the
// middle one, of an even number the first.
const FAN = ["#D5E3EA", "#A9C6D4", "#7FA6B8"];
const lineOf = (count) => (count % 2 ? (count - 1) / 2 : 0);

function bands(levels, names) {
  const count = levels.length, at = lineOf(count), plain = {type: "line", symbol: "none", silent: true};
  const areas = levels.map((s, i) => ({...plain, name: names[i][0], stack: "fan", lineStyle: {width: 0},
    data: i ? s.values.map((value, k) => value - levels[i - 1].values[k]) : s.values,
    areaStyle: {color: i ? FAN[Math.min(i - 1, count - 1 - i, 2)] : "transparent", opacity: i ? 1 : 0}}));
  return [...areas, {...plain, name: names[at][0], data: levels[at].values, lineStyle: {color: INK, width: 2.5},
                     itemStyle: {color: INK}, z: 3}];
}

function bandNames(names) {
  const count = names.length, colour = (i) => FAN[Math.min(i, count - 2 - i, 2)];
  const pairs = names.slice(1).map(([name], i) => [`${names[i][0]} – ${name}`, colour(i)]);
  return [...pairs, [names[lineOf(count)][0], INK]];
}

function chart(given) {
  const one = {labels: [], series: [], ...given};
  const lying = one.kind === "bars", fan = one.kind === "fan", curve = one.kind === "curve";
  const along = one.along ? say(one.along) : "", labels = one.labels.map(labelOf);
  const series = one.series.filter((s) => (s.values || []).some((v) => v)), unit = say(one.unit);
  if (!series.length) return null;
  const lines = (letters) => Math.max(1, ...labels.map((label) => Math.ceil(label.length / letters)));
  const bar = (letters) => Math.max(series.length > 1 ? 34 : 26, 13 * lines(letters) + 4);
  const high = (letters) => Math.max(200, 76 + labels.length * bar(letters));
  const height = lying ? high(44) : 320;
  const places = placesOf(one.series.flatMap((s) => s.values));
  const names = series.map((s, i) => [say(s.name), fan ? INK : colourOf(say(s.name), i)]);
  // Many names stand aslant, so that none is left out.
  const named = !curve && one.labels.some((label) => typeof label !== "number");
  const slanting = named && labels.length > 6;
  const slanted = (width) => named && labels.length * 80 > width;
  const option = (width) => {
    const room = Math.min(300, Math.round(width * 0.36));
    const beneath = curve ? 44 : slanted(width) ? 76 : 28;
    const laid = lying ? {width: room - 10, overflow: "break", lineHeight: 13, fontSize: width < 600 ? 11 : 12}
      : slanted(width) ? {interval: 0, rotate: 60, fontSize: 11} : {hideOverlap: true};
    const categories = {type: "category", data: labels, axisTick: {show: false}, axisLine: {lineStyle: {color: LINE}},
                        axisLabel: {color: INK, ...laid}, inverse: lying};
    const amounts = {type: "value", scale: curve, name: unit, nameGap: lying ? 0 : 14, nameLocation: "end",
                     nameTextStyle: {color: MUTED, align: lying ? "right" : "left",
                                     ...(lying ? {verticalAlign: "bottom", padding: [0, 0, 24, 0]} : {})},
                     axisLabel: {color: MUTED, hideOverlap: true, formatter: (value) => number(value)},
                     splitLine: {lineStyle: {color: "#E4E9EC"}}};
    const amount = (value) => `${number(value, places)} ${unit}`;
    const tipOfFan = ([{name, dataIndex}]) => tip(name, series.map((s, i) =>
      [names[i][0], amount(s.values[dataIndex]), names[i][1]]));
    const tipOfOthers = (items) => tip(curve ? `${number(items[0].value[0])} ${along}` : items[0].name,
      items.map((item) => [item, curve ? item.value[1] : item.value])
        .filter(([, value]) => value !== null && value !== "-")
        .map(([item, value]) => [item.seriesName, amount(value), item.color]));
    return {
      grid: lying ? {left: room, right: 24, top: 52, bottom: 8} : {left: 60, right: 12, top: 40, bottom: beneath},
      xAxis: lying ? {...amounts, position: "top"} : curve ? {...amounts, name: along, nameLocation: "middle",
        nameGap: 28, nameTextStyle: {color: MUTED}, min: "dataMin", max: "dataMax"} : categories,
      yAxis: lying ? categories : amounts,
      tooltip: {...TOOLTIP, trigger: "axis",
                axisPointer: {type: one.kind === "line" || curve || fan ? "line" : "shadow"},
                formatter: fan ? tipOfFan : tipOfOthers},
      series: fan ? bands(series, names) : series.map((s, i) => ({
        name: names[i][0], type: one.kind === "line" || curve ? "line" : "bar",
        stack: one.kind === "stacked" ? "all" : undefined,
        data: curve ? s.values.map((value, k) => [one.labels[k], value]) : s.values,
        barMaxWidth: 46, itemStyle: {color: names[i][1]}, symbolSize: 7, connectNulls: false,
        lineStyle: {type: ["solid", "dashed", "dotted"][i % 3], width: 2.5},
      })),
    };
  };
  const rows = one.labels.map((label, i) => [labelOf(label), ...one.series.map((s) => s.values[i])]);
  const heads = [["", ""], ...one.series.map((s) => [s.name, one.unit])];
  return el("figure", {class: "chart", id: fresh("c")}, el("figcaption", {text: say(one.title)}),
    picture(say(one.alt), height, option, lying ? high(16) : slanting ? 290 : 230,
      lying ? high(30) : slanting ? 230 : undefined),
    names.length > 1 ? legend(fan ? bandNames(names) : names) : null, behind(one.title, heads, rows));
}

// Streams form no circle: a node that would close one is drawn a second time.
function acyclic(flows) {
  const after = new Map(), links = [];
  const reaches = (from, to) => from === to || [...(after.get(from) || [])].some((next) => reaches(next, to));
  for (const {start, end, value} of flows) {
    const from = say(start), name = say(end);
    if (!(value > 0)) continue;
    const to = reaches(name, from) ? `${name}\u200b` : name;
    after.set(from, (after.get(from) || new Set()).add(to));
    links.push({source: from, target: to, value});
  }
  return links;
}

function depths(links) {
  const depth = new Map();
  for (let moved = true; moved;) {
    moved = false;
    for (const {source, target} of links) {
      const least = (depth.get(source) || 0) + 1;
      if (!depth.has(source)) depth.set(source, 0);
      if ((depth.get(target) || 0) < least) { depth.set(target, least); moved = true; }
    }
  }
  return depth;
}

function sankey(flows) {
  const links = acyclic(flows);
  if (!links.length) return null;
  const depth = depths(links), last = Math.max(...depth.values());
  const most = Math.max(...[...Array(last + 1).keys()].map((d) => [...depth.values()].filter((v) => v === d).length));
  const value = (name) => Math.max(
    links.filter((l) => l.source === name).reduce((sum, l) => sum + l.value, 0),
    links.filter((l) => l.target === name).reduce((sum, l) => sum + l.value, 0));
  // On a narrow screen regions have the short names of their tiles.
  const tiles = (current().scenario.pages || []).flatMap((page) => page.tiles?.tiles || []);
  const short = new Map(tiles.map((tile) => [say(tile.name), say(tile.short)]));
  // What is translucent on the screen is opaque in a printed file: on paper streams are pale of themselves.
  const paler = (part) => Math.round(178 + 0.3 * parseInt(part, 16)).toString(16);
  const pale = (name, at) => `#${[1, 3, 5].map((i) => paler(colourOf(name, at).slice(i, i + 2))).join("")}`;
  const order = [...depth.keys()];
  const onSheet = (l) => ({...l, lineStyle: {color: pale(l.source, order.indexOf(l.source)), opacity: 1}});
  const option = (width) => ({
    tooltip: {...TOOLTIP, trigger: "item", formatter: (item) => item.dataType === "edge"
      ? tip(`${item.data.source} → ${item.data.target}`, [["", `${number(item.data.value)} ${word("amount")}`]])
      : tip(item.name, [["", `${number(value(item.name))} ${word("amount")}`]])},
    series: [{type: "sankey", left: 4, right: 4, top: 8, bottom: 8,
      nodeGap: width < 600 ? 13 : onPaper() ? 12 : 9, nodeWidth: width < 600 ? 8 : 14,
      nodeAlign: "justify", draggable: false, emphasis: {focus: "adjacency"},
      lineStyle: {color: "gradient", opacity: 0.35},
      data: [...depth].map(([name, at], i) => ({name, itemStyle: {color: colourOf(name, i)},
        label: {position: at === last ? "left" : "right"}})),
      label: {color: INK, textBorderColor: "#FFFFFF", textBorderWidth: 2, fontSize: width < 600 || onPaper() ? 10 : 12,
        width: Math.round(width / (last + 1) * 0.82),
        ...(width < 600 ? {overflow: "break", lineHeight: 11, formatter: ({name}) => short.get(name) || name}
          : {overflow: "truncate"})},
      links: onPaper() ? links.map(onSheet) : links}],
  });
  const rows = flows.map(({start, end, value: v}) => [start, end, v]);
  return el("figure", {class: "chart", id: fresh("c")}, el("figcaption", {text: word("flow")}),
    picture(word("flow_alt"), Math.max(360, most * 30), option, Math.max(300, most * 27), 440),
    behind(word("flow"), [[word("from"), ""], [word("to"), ""], [word("amount"), ""]], rows));
}
