// What is long shows its beginning, and a button opens the rest: of tables the first rows, on narrow screens of a page
// its first picture or table. Search sees all of it; on paper stand all parts, and of a table that was not opened the
// first rows, which are those of nearly all tables.
const ROWS = {narrow: {room: 230, least: 3}, wide: {room: 560, least: 6}, paper: 40, worth: 2, all: "all_rows",
              less: "fewer_rows"};
const PARTS = {narrow: {room: 0, least: 1}, wide: {room: Infinity, least: 1}, paper: Infinity, worth: 1,
               all: "all_parts", less: "fewer_parts"};
const folds = [];

function narrow() { return document.documentElement.clientWidth <= 700; }

// The button that opens the rest of the parts of a holder (which has an id); ``told``: where it is said how many are
// seen.
function folding(holder, parts, how, told = null) {
  const button = el("button", {type: "button", class: "opener", hidden: true, "aria-controls": holder.id});
  const one = {holder, parts, how, button, told, open: false};
  button.addEventListener("click", () => turn(one));
  folds.push(one);
  return button;
}

function turn(one) {
  const rest = one.parts.filter((part) => part.classList.contains("rest"));
  one.open = !one.open;
  refold();
  if (one.open) focusOn(rest[0], {preventScroll: true});
  else one.button.scrollIntoView({block: "nearest"});
}

// Whatever hides an element is opened.
function unfold(element) {
  const hides = (part) => part.classList.contains("rest") && part.contains(element);
  const hiding = folds.filter((one) => one.parts.some(hides));
  for (const one of hiding) one.open = true;
  if (hiding.length) refold();
}

function focusOn(element, options) {
  element.setAttribute("tabindex", "-1");
  element.focus(options);
}

const onPaper = () => document.documentElement.classList.contains("printing");
const beyond = (box) => box.scrollWidth > box.clientWidth + 4;

// A table that is wider than its place is set closer; on a narrow screen its rows become cards. What goes on to the
// right nevertheless is seen to go on.
function fitWide() {
  const boxes = [...document.querySelectorAll(".wide")];
  for (const box of boxes) box.firstChild.classList.remove("close", "closer", "stood");
  for (const how of narrow() && !onPaper() ? ["stood"] : ["close", "closer"]) {
    for (const box of boxes.filter(beyond)) box.firstChild.classList.add(how);
  }
  const wide = boxes.map((box) => [box, beyond(box)]);
  for (const [box, more] of wide) box.classList.toggle("more", more);
}

// The parts of a holder that are seen at first.
function fitting(one, parts, size) {
  if (onPaper()) return Math.min(parts.length, one.how.paper);
  const {room, least} = one.how[size];
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const last = boxes.findIndex((box) => box.bottom - boxes[0].top > room);
  return last < 0 ? parts.length : Math.max(last, least);
}

// The button of parts names those that it opens.
function named(parts) {
  return parts.map((part) => part.querySelector("h3, figcaption")?.textContent).filter(Boolean).join("; ");
}

// Read first, then written: the browser lays out once.
function refold() {
  const size = narrow() ? "narrow" : "wide";
  for (const one of folds) for (const part of one.parts) part.classList.remove("rest");
  fitWide();
  const plans = folds.map((one) => {
    const parts = one.parts.filter((part) => !part.hidden), count = fitting(one, parts, size);
    return {one, parts, count, long: parts.length - count >= one.how.worth};
  });
  for (const {one, parts, count, long} of plans) {
    if (long && !one.open) for (const part of parts.slice(count)) part.classList.add("rest");
    one.holder.classList.toggle("opened", one.open);
    one.button.hidden = !long;
    one.button.setAttribute("aria-expanded", String(one.open));
    if (one.told) one.told.textContent = long && !one.open ? " " + word("some_rows")
      .replace("{count}", number(parts.length)).replace("{shown}", number(count)) : "";
    one.button.textContent = word(one.open ? one.how.less : one.how.all)
      .replace("{count}", number(one.open ? count : parts.length)).replace("{more}", named(parts.slice(count)));
  }
}
