// What is shown, in which language; elements made from texts, never from markup.
const DATA = JSON.parse(document.getElementById("data").textContent);
const LOCALE = {en: "en-US", ru: "ru-RU", kk: "ru-RU", ja: "ja-JP"};
const COLUMN = {en: 0, ru: 1, kk: 2, ja: 3};
const INSTEAD = {en: "en", ru: "ru", kk: "ru", ja: "en"};
const PALETTE = ["#2F5D73", "#B86E14", "#4F7D5C", "#B5524A", "#7C6A9C", "#8A7614", "#3A87A0", "#737373", "#5E3B1C",
                 "#445E93", "#C4708A", "#3F7F6E"];
const INK = "#1F2A33", MUTED = "#55626B", LINE = "#C9D1D6";
const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;
const state = {lang: DATA.lang, at: 0};

function current() { return DATA.scenarios[state.at]; }

function inLanguage(said) { return said[COLUMN[state.lang]] || said[COLUMN[INSTEAD[state.lang]]]; }

// A text of a scenario: a list of one number refers to its texts.
function say(text, texts = current().texts) {
  if (Array.isArray(text)) return inLanguage(texts[text[0]]);
  return text === null || text === undefined ? "" : String(text);
}

function word(key) { return inLanguage(DATA.words[key]); }

// What has a name of its own (a sector, a kind of money, a partner) has one colour everywhere, in every language.
function colourOf(name, otherwise) {
  const said = name.toLocaleLowerCase();
  const place = DATA.known.findIndex((texts) => texts.some((text) => text && text.toLocaleLowerCase() === said));
  return PALETTE[(place < 0 ? otherwise : place) % PALETTE.length];
}

function isYear(value) { return Number.isInteger(value) && value >= 1900 && value <= 2199; }

// No digit more than a figure deserves: decimals by the largest of a column.
function placesOf(values) {
  const sizes = values.filter((value) => typeof value === "number").map(Math.abs);
  if (sizes.every(Number.isInteger)) return 0;
  const most = Math.max(...sizes);
  return most >= 100 ? 0 : most >= 10 ? 1 : most >= 1 ? 2 : 3;
}

function number(value, places = placesOf([value]), aligned = false) {
  if (value === null || value === undefined) return "";
  const small = value !== 0 && Math.abs(value) < 0.5 / 10 ** places;
  const options = small ? {maximumSignificantDigits: 1}
    : {minimumFractionDigits: aligned ? places : Math.min(places, 2), maximumFractionDigits: places};
  return new Intl.NumberFormat(LOCALE[state.lang], options).format(value === 0 ? 0 : value);
}

// An element with properties (class, text, data and aria attributes, listeners) and children.
function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (key === "style") for (const [what, how] of Object.entries(value)) made.style.setProperty(what, how);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

function select(label, options, value, changed, id) {
  const box = el("select", {id}, options.map(([key, text]) => el("option", {value: key, text})));
  box.value = value;
  box.addEventListener("change", () => changed(box.value));
  return el("label", {class: "choice"}, el("span", {text: label}), box);
}

let counted = 0;
function fresh(stem) { counted += 1; return `${stem}-${counted}`; }
