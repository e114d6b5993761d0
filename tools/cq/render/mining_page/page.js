"use strict";
// What comes from files reaches the page as text only: textContent, never markup.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const list = byId("list"), detail = byId("detail");
const ROW = 62;
let shown = [], chosen = null;

function make(tag, text, name) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
}
const number = (value) => (value || 0).toLocaleString("en");
const many = (value, what) => `${number(value)} ${what}${value === 1 ? "" : "s"}`;
// A pattern in one line: what stands behind the first one tells it apart from others that begin so.
const inOneLine = (pattern) => pattern.split("\n").map((line) => line.trim()).join(" \u23ce ");

// The text of a place as if it stood at the beginning of its line.
function dedented(text) {
  const [first, ...rest] = text.split("\n");
  const least = Math.min(...rest.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return [first, ...rest.map((line) => line.slice(Math.min(least, line.length)))].join("\n");
}

function withHoles(parent, text) {
  let at = 0;
  for (const found of text.matchAll(/\${1,3}[A-Z]\w*/g)) {
    parent.append(text.slice(at, found.index), make("span", found[0], "hole"));
    at = found.index + found[0].length;
  }
  parent.append(text.slice(at));
  return parent;
}

// The words that two texts do not share: the longest common subsequence, of texts of a few dozen words.
function difference(old, fresh) {
  const cut = (text) => text.match(/\${1,3}\w+|\w+|\s+|[^\w\s]/g) || [];
  const a = cut(old).slice(0, 400), b = cut(fresh).slice(0, 400);
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const out = make("pre");
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { out.append(a[i]); i++; j++; }
    else if (j >= b.length || (i < a.length && length[i + 1][j] >= length[i][j + 1])) out.append(make("del", a[i++]));
    else out.append(make("ins", b[j++]));
  }
  return out;
}

// How many places there were at each commit that was looked at.
function sparkline(values, width, height) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const most = Math.max(1, ...values), step = width / Math.max(1, values.length - 1);
  const points = values.map((value, place) => `${(place * step).toFixed(1)},${(height - 1 - (height - 2) * value / most).toFixed(1)}`);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `places over time: ${values.join(", ")}`);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  line.setAttribute("points", points.join(" "));
  svg.append(line);
  return svg;
}

function fill(select, values) {
  select.append(new Option("any", ""));
  for (const value of [...new Set(values)].sort()) select.append(new Option(value, value));
}

function filtered() {
  const text = byId("text").value.toLowerCase(), least = Number(byId("files").value) || 1;
  const language = byId("language").value, kind = byId("kind").value;
  const order = byId("order").value, category = byId("category").value;
  const kept = data.idioms.filter((each) =>
    (!language || each.language === language) && (!kind || each.kind === kind) && (!category || (each.categories || []).includes(category)) && each.files >= least &&
    (!text || each.pattern.toLowerCase().includes(text) || each.key.startsWith(text)));
  return kept.sort((a, b) => (b[order] || 0) - (a[order] || 0));
}

function update() {
  shown = filtered();
  byId("shown").value = `${number(shown.length)} of ${number(data.idioms.length)}`;
  list.scrollTop = 0;
  if (!shown.includes(chosen)) chosen = shown[0] || null;
  keep();
  draw();
  tell();
}

// Only the rows in sight are on the page.
function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
  const last = Math.min(shown.length, first + Math.ceil(list.clientHeight / ROW) + 12);
  const most = Math.max(1, ...data.idioms.map((each) => each.files));
  const rows = [];
  const whole = make("li");
  whole.style.cssText = `height:${shown.length * ROW}px;visibility:hidden;pointer-events:none`;
  whole.setAttribute("aria-hidden", "true");
  rows.push(whole);
  for (let place = first; place < last; place++) {
    const each = shown[place], row = make("li");
    row.style.top = `${place * ROW}px`;
    row.dataset.key = each.key;
    row.setAttribute("aria-selected", String(each === chosen));
    row.append(withHoles(make("code"), inOneLine(each.pattern)));
    const line = make("small"), bar = make("span", "", "bar");
    bar.style.width = `${Math.max(2, (60 * Math.log(1 + each.files)) / Math.log(1 + most))}px`;
    line.append(bar);
    if (each.history) line.append(sparkline(each.history, 60, 14));
    line.append(`${many(each.occurrences, "place")}, ${many(each.files, "file")}, ${many(each.projects, "project")} · ${each.language} ${each.kind}`);
    row.append(line);
    row.addEventListener("click", () => choose(each));
    rows.push(row);
  }
  list.replaceChildren(...rows);
}

function choose(each) { chosen = each; keep(); draw(); tell(); }

function tell() {
  detail.replaceChildren();
  detail.scrollTop = 0;
  if (!chosen) { detail.append(make("p", "Nothing is like that.")); return; }
  const each = chosen;
  detail.append(withHoles(make("pre"), each.pattern));
  const facts = make("dl");
  const fact = (name, value) => facts.append(make("dt", name), make("dd", value));
  fact("key", each.key);
  fact("places", `${number(each.occurrences)} in ${many(each.files, "file")} of ${many(each.projects, "project")}`);
  fact("kind", `${each.language} ${each.kind}, level ${each.level}`);
  if (each.categories) fact("about", each.categories.join(", "));
  fact("size", `${each.size} words; ${Math.round(each.surprise || 0)} bits more frequent than its parts let expect`);
  if (each.verified) fact("rule", `finds itself: ${each.verified.finds_itself ? "yes" : "no"}, recall ${(100 * each.verified.recall).toFixed(1)}%, precision ${(100 * each.verified.precision).toFixed(1)}%`);
  if (each.part_of) fact("part of", each.part_of);
  const commits = data.commits || [];
  if (each.history && commits.length) {
    const came = each.history.findIndex((count) => count > 0);
    const place = make("dd");
    place.append(sparkline(each.history, 240, 36), make("div", came < 0 ? "at none of the commits looked at" :
      `${came ? `from ${commits[came].date} (${commits[came].id})` : `since the first commit looked at, ${commits[0].date}`}; at most ${number(Math.max(...each.history))} places, ${number(each.history[each.history.length - 1])} at ${commits[commits.length - 1].id}`));
    facts.append(make("dt", "history"), place);
  }
  detail.append(facts);
  for (const place of each.examples || []) {
    detail.append(make("h2", `${place.path}:${place.line}`), make("pre", dedented(place.text)));
  }
  if (each.rule) {
    const head = make("h2", "Rule "), button = make("button", "Copy");
    button.id = "copy";
    button.type = "button";
    button.addEventListener("click", copy);
    head.append(button);
    detail.append(head, make("pre", each.rule));
  }
  for (const other of each.variations || []) {
    detail.append(make("h2", `Variation ${other.key}: ${many(other.occurrences, "place")} in ${many(other.files, "file")}`));
    detail.append(difference(each.pattern, other.pattern));
  }
}

function copy() {
  const done = () => { const button = byId("copy"); if (button) button.textContent = "Copied"; };
  const old = () => {
    const area = make("textarea", chosen.rule);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    done();
  };
  if (!chosen || !chosen.rule) return;
  if (navigator.clipboard) navigator.clipboard.writeText(chosen.rule).then(done, old);
  else old();
}

// The filters are kept in the address, so that a view can be sent to somebody.
const FIELDS = ["text", "language", "kind", "category", "files", "order"];
function keep() {
  fill(byId("category"), data.idioms.flatMap((each) => each.categories || []));
const words = new URLSearchParams();
  for (const id of FIELDS) if (byId(id).value && !(id === "files" && byId(id).value === "1") && !(id === "order" && byId(id).value === "score")) words.set(id, byId(id).value);
  if (chosen) words.set("key", chosen.key);
  history.replaceState(null, "", "#" + words);
}

function step(by) {
  const place = Math.min(shown.length - 1, Math.max(0, shown.indexOf(chosen) + by));
  if (!shown.length) return;
  const top = place * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  choose(shown[place]);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); step(1); }
  else if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); step(-1); }
  else if (event.key === "/") { event.preventDefault(); byId("text").focus(); }
  else if (event.key === "c") copy();
});
fill(byId("language"), data.idioms.map((each) => each.language));
fill(byId("kind"), data.idioms.map((each) => each.kind));
const words = new URLSearchParams(location.hash.slice(1));
for (const id of FIELDS) if (words.has(id)) byId(id).value = words.get(id);
chosen = data.idioms.find((each) => each.key === words.get("key")) || null;
const summary = data.summary;
const reasons = Object.entries(summary.left_out || {}).map(([reason, count]) => `${reason} ${number(count)}`).join(", ");
byId("account").textContent = `${number(summary.idioms)} idioms of ${number(summary.closed)} closed patterns · ${number(summary.anchors)} places in ${many(summary.files, "file")} of ${many(summary.projects, "project")}${reasons ? ` · left out: ${reasons}` : ""} · cq ${data.version}`;
byId("filters").addEventListener("submit", (event) => event.preventDefault());
for (const id of FIELDS) byId(id).addEventListener("input", update);
list.addEventListener("scroll", draw);
window.addEventListener("resize", draw);
update();
