// The map of streets: lines of one region where the register has them, marks where it does not; the country by regions.
const CITY = "#2F5D73", HIGH = 520, ROOM = {left: 60, right: 14, top: 10, bottom: 40};
const WIDE = 3.2, THIN = 1.3, BESIDE = 3.5;

const pairs = (line) => Array.from({length: line.length / 2}, (_, i) => [line[2 * i], line[2 * i + 1]]);

// Degrees that fill the picture so that a kilometre is as long to the east as to the north.
function frame(places, width, room) {
  const [west, east, south, north] = [0, 1].flatMap((at) => [Math.min, Math.max].map((least) =>
    places.reduce((found, place) => least(found, place[at]), least === Math.min ? Infinity : -Infinity)));
  const wide = Math.cos((south + north) / 2 * Math.PI / 180);
  const across = width - ROOM.left - ROOM.right, up = HIGH - ROOM.top - ROOM.bottom;
  const degrees = room * Math.max((east - west) * wide / across, (north - south) / up, 1e-5);
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  const [half, tall] = [degrees * across / wide / 2, degrees * up / 2];
  return {x: [x - half, x + half], y: [y - tall, y + tall]};
}

// A line beside its street, so that networks of one street do not cover each other.
function shifted(points, by) {
  const [a, b] = points[0], [c, d] = points[points.length - 1], long = Math.hypot(c - a, d - b) || 1;
  const turned = c < a || (c === a && d < b) ? -1 : 1;
  const [x, y] = [turned * by * (b - d) / long, turned * by * (c - a) / long];
  return points.map(([east, north]) => [east + x, north + y]);
}

function streetMap(one) {
  const regions = uniq(one.streets.map((street) => say(street.region))), cities = one.cities || [];
  const sectors = uniq(one.streets.map((street) => say(street.sector)));
  const colours = coloursOf(one.streets), colour = (street) => colours.get(say(street.sector));
  const asked = {region: say(one.streets[0].region), sector: ""};
  const inRegion = () => one.streets.filter((s) => say(s.region) === asked.region);
  const kept = () => inRegion().filter((s) => !asked.sector || say(s.sector) === asked.sector);
  const linesOf = (s, name) => (name === "plan" ? s.renewed_lines : s.lines) || [];
  const most = Math.max(1e-9, ...one.streets.map((street) => street.worth || 0));
  const axis = (name, [min, max], places) => ({type: "value", min, max,
    name, nameLocation: "middle", nameGap: 22, nameTextStyle: {color: MUTED},
    axisLabel: {color: MUTED, showMinLabel: false, showMaxLabel: false, hideOverlap: true,
      formatter: (v) => `${number(v, places)}°`},
    splitNumber: 4, splitLine: {lineStyle: {color: "#E4E9EC"}}});
  const common = (places, width, digits, room) => {
    const {x, y} = frame(places, width, room);
    return {grid: ROOM, xAxis: axis(word("longitude"), x, digits),
      yAxis: {...axis(word("latitude"), y, digits), nameGap: 44},
      dataZoom: ["xAxisIndex", "yAxisIndex"].map((which) => ({type: "inside", [which]: 0, filterMode: "none",
        zoomOnMouseWheel: "ctrl", moveOnMouseMove: width >= 600}))};
  };
  const ofStreet = ({data: {street}}) => tip(street.name, [
    [say(street.sector), street.period ? `${word("renewed_in")} ${street.period}` : word("not_renewed")],
    [word("km"), `${number(street.renewed)} / ${number(street.km)}`], [word("worth"), number(street.worth)]]);
  const ofCity = ({data: {city}}) => tip(say(city.region), [
    [word("streets"), `${number(city.touched, 0)} / ${number(city.streets, 0)}`],
    [word("km"), `${number(city.renewed)} / ${number(city.km)}`], [word("worth"), number(city.worth)]]);
  // Lines as they lie, side by side by sector.
  const drawnLines = (name, part) => {
    const mine = kept().filter((s) => linesOf(s, name).length);
    const [lineWidth, opacity] = name === "plan" ? [part * WIDE, 0.95] : [part * THIN, 0.6];
    return {type: "custom", clip: true, z: name === "plan" ? 4 : 3,
      data: mine.map((street) => ({street, value: [street.longitude, street.latitude]})),
      renderItem: ({dataIndex}, api) => {
        const street = mine[dataIndex];
        const by = part * BESIDE * (sectors.indexOf(say(street.sector)) - (sectors.length - 1) / 2);
        return {type: "group", children: linesOf(street, name).map((line) => ({type: "polyline",
          shape: {points: shifted(pairs(line).map((place) => api.coord(place)), by)},
          emphasis: {style: {lineWidth: 2 * WIDE, opacity: 1}},
          style: {stroke: colour(street), fill: null, lineWidth, opacity}}))};
      }};
  };
  const marked = (s, name) => !s.lines && !s.renewed_lines && (s.renewed > 0) === (name === "plan");
  const drawnMarks = (name) => ({type: "scatter", z: name === "plan" ? 4 : 3, ...LOOKS[name],
    data: kept().filter((s) => marked(s, name)).map((street) => ({street,
      value: [street.longitude, street.latitude], symbolSize: 5 + 17 * Math.sqrt((street.worth || 0) / most),
      itemStyle: {color: colour(street), opacity: 0.8, borderColor: name === "out" ? colour(street) : "#FFFFFF"}}))});
  const country = (width) => {
    const longest = Math.max(1e-9, ...cities.map((city) => city.renewed));
    const label = {show: width >= 600, position: "top", color: INK, fontSize: 11,
      textBorderColor: "#FFFFFF", textBorderWidth: 3};
    return {...common(cities.map((city) => [city.longitude, city.latitude]), width, 0, 1.25),
      tooltip: {...TOOLTIP, trigger: "item", formatter: ofCity},
      series: [{type: "scatter", labelLayout: {hideOverlap: true}, data: cities.map((city) => ({city,
        value: [city.longitude, city.latitude], chosen: () => choose(say(city.region)),
        symbolSize: (width < 600 ? 0.7 : 1) * (8 + 26 * Math.sqrt(city.renewed / longest)),
        itemStyle: {color: CITY, opacity: 0.75, borderColor: "#FFFFFF"},
        label: {...label, formatter: say(city.region)}}))}]};
  };
  const pointsOf = (s) => [[s.longitude, s.latitude],
    ...[...(s.lines || []), ...(s.renewed_lines || [])].flatMap(pairs)];
  const option = (width) => asked.region === "" ? country(width) : {
    ...common(inRegion().flatMap(pointsOf), width, 2, 1.08),
    tooltip: {...TOOLTIP, trigger: "item", formatter: ofStreet},
    series: ["out", "plan"].flatMap((name) => [drawnLines(name, width < 600 ? 0.6 : 1), drawnMarks(name)])};
  const box = picture(say(one.title), HIGH, option);
  const heads = (keys) => keys.map((key) => [word(key), ""]);
  const table = () => asked.region === ""
    ? behind(one.title, heads(["region", "streets", "km", "renewed_km", "worth"]),
      cities.map((c) => [c.region, c.streets, c.km, c.renewed, c.worth]))
    : behind(one.title, heads(["street", "sector", "renewed_in", "km", "renewed_km", "worth", "latitude", "longitude"]),
      kept().map((s) => [s.name, s.sector, s.period ?? null, s.km, s.renewed, s.worth, s.latitude, s.longitude]));
  const held = el("div", {}, table());
  const again = () => { if (drawn.has(box)) redraw(box, drawn.get(box)); held.replaceChildren(table()); };
  const whole = cities.length > 1 ? [["", word("whole_country")]] : [];
  const where = select(word("region"), [...whole, ...regions.map((r) => [r, r])],
    asked.region, choose, "streets-region");
  function choose(region) { asked.region = region; where.querySelector("select").value = region; again(); }
  const filters = el("div", {class: "filters"}, where,
    select(word("sector"), [["", word("all")], ...sectors.map((s) => [s, s])], "",
      (v) => { asked.sector = v; again(); }, "streets-sector"));
  const look = one.streets.some((s) => s.lines || s.renewed_lines) ? "line" : "round";
  return el("figure", {class: "chart", id: fresh("c")}, el("figcaption", {text: say(one.title)}),
    el("p", {class: "note", text: `${say(one.note)} ${word("nearer")}`}), filters, box,
    legend([...sectors.map((name) => [name, colours.get(name), "round"]),
      [word("renewed"), MUTED, `${look} plan`], [word("not_renewed"), MUTED, `${look} out`]]), held);
}
