// The page: its filters, its keys, and its address, which says what is shown so that a link leads to the same.
"use strict";

function choose({ node = -1, edge = -1 }) {
  Object.assign(state, { node, edge });
  if (node >= 0 && !view.places.has(node)) {
    centre([node]);
    return;
  }
  mark();
  showPanel();
  remember();
  if (node >= 0) reveal(node);
}

function centre(middle) {
  Object.assign(state, { middle, node: middle.length === 1 ? middle[0] : -1, edge: -1, depth: 0 });
  state.depth = firstDepth();
  if (middle === targets) state.node = -1;
  change();
}

// Around a module of a large graph almost everything is three steps away.
function firstDepth() {
  return targets.length || !state.middle.length ? 0 : 1;
}

// After a filter has changed: everything anew.
function change() {
  redraw();
  if (!view.places.has(state.node)) state.node = -1;
  if (!view.edges.includes(state.edge)) state.edge = -1;
  mark();
  showPanel();
  showFilters();
  fit(false);
  remember();
}

function showFilters() {
  const most = deepest();
  byId("text").value = state.text;
  byId("confidence").value = state.confidence;
  byId("tests").checked = state.tests;
  byId("outside").checked = state.outside;
  byId("depth-field").hidden = most < 2;
  byId("depth").max = most;
  byId("depth").value = Math.min(state.depth || most, most);
  byId("back").hidden = state.middle === targets;
  byId("back").textContent = targets.length ? "Back to the question" : "Back to the whole";
  for (const box of byId("relations").querySelectorAll("input")) box.checked = !state.hidden.has(box.value);
  const all = nodes.length === view.places.size ? "" : ` of ${nodes.length.toLocaleString("en")}`;
  const noun = nodes.length && nodes.every((node) => node.kind === "module") ? "module" : "symbol";
  const counted = (count, what, more = "") => `${count.toLocaleString("en")}${more} ${what}${count === 1 && !more ? "" : "s"}`;
  byId("counts").textContent = `${counted(view.places.size, noun, all)}, ${counted(view.edges.length, "edge")}`;
}

function makeFilters() {
  byId("confidence-field").hidden = !hasConfidence;
  for (const which of ["tests", "outside"]) {
    byId(`${which}-field`).hidden = !counts[which];
    byId(`${which}-field`).append(" ", element("span", { class: "dim" }, String(counts[which])));
  }

  byId("title").textContent = graph.title;
  byId("asked").textContent = `${graph.asked} · ${graph.project}`;
  const said = { certain: "certain only", likely: "certain and likely", possible: "possible, too" };
  byId("confidence").append(...CONFIDENCES.map((each) => element("option", { value: each }, said[each])));
  if (relations.length > 1) {
    for (const relation of relations) {
      const count = edges.filter((edge) => edge.relation === relation).length;
      const box = element("input", { type: "checkbox", value: relation });
      box.addEventListener("change", () => {
        if (box.checked) state.hidden.delete(relation);
        else state.hidden.add(relation);
        change();
      });
      byId("relations").append(element("label", {}, box, ` ${relation} `, element("span", { class: "dim" }, String(count))));
    }
  } else byId("relations").hidden = true;
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  let waiting = 0;
  byId("text").addEventListener("input", (event) => {
    state.text = event.target.value;
    clearTimeout(waiting);
    waiting = setTimeout(change, nodes.length > 300 ? 200 : 0);
  });
  byId("confidence").addEventListener("change", (event) => set({ confidence: event.target.value }));
  byId("depth").addEventListener("input", (event) => {
    const depth = Number(event.target.value);
    if (depth >= 1) set({ depth: depth >= deepest() ? 0 : depth });
  });
  byId("tests").addEventListener("change", (event) => set({ tests: event.target.checked }));
  byId("outside").addEventListener("change", (event) => set({ outside: event.target.checked }));
  byId("back").addEventListener("click", () => centre(targets));
  byId("fit").addEventListener("click", () => fit(true));
  byId("keys").addEventListener("click", toggleHelp);
}

function set(some) {
  Object.assign(state, some);
  change();
}

function toggleHelp() {
  const help = byId("help");
  help.hidden = !help.hidden;
  byId("keys").setAttribute("aria-expanded", String(!help.hidden));
}

// The keys. Along the edges: to the nearest of the neighbors on that side.
function step(way) {
  const at = state.node >= 0 ? state.node : state.middle[0] ?? [...view.places.keys()][0];
  if (at === undefined) return;
  if (state.node < 0) {
    choose({ node: at });
    return;
  }
  const here = cy.getElementById(`n${at}`).position();
  const offset = (number) => {
    const there = cy.getElementById(`n${number}`).position();
    return { number, x: there.x - here.x, y: there.y - here.y };
  };
  const near = cy.getElementById(`n${at}`).connectedEdges().not(".off").connectedNodes();
  const neighbors = near.map((node) => offset(node.data("number"))).filter(({ number }) => number !== at);
  let found;
  if (way === "ArrowLeft") found = neighbors.filter(({ x }) => x < -20);
  else if (way === "ArrowRight") found = neighbors.filter(({ x }) => x > 20);
  else {
    const sign = way === "ArrowUp" ? -1 : 1;
    const column = [...view.places.keys()].map(offset).filter(({ number, x, y }) => number !== at && Math.abs(x) < 125 && y * sign > 1);
    found = column.length ? column : neighbors.filter(({ y }) => y * sign > 1);
    found.sort((a, b) => Math.abs(a.y) + Math.abs(a.x) / 4 - Math.abs(b.y) - Math.abs(b.x) / 4);
  }
  if (way === "ArrowLeft" || way === "ArrowRight") found.sort((a, b) => Math.hypot(a.x, 3 * a.y) - Math.hypot(b.x, 3 * b.y));
  if (found.length) choose({ node: found[0].number });
}

function letGo() {
  if (!byId("help").hidden) toggleHelp();
  else if (state.text) set({ text: "" });
  else if (state.middle !== targets) centre(targets);
  else choose({});
  byId("picture").focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape") letGo();
  else if (typing) {
    if (event.key !== "Enter" || event.target.id !== "text") return;
    const first = [...view.places.keys()].find((number) => words().length && matches(number));
    if (first !== undefined) choose({ node: first });
    byId("picture").focus();
  } else if (event.key === "/") byId("text").select();
  else if (event.key.startsWith("Arrow") && !event.target.closest("#panel")) step(event.key);
  else if (event.key === "Enter" && state.node >= 0 && !event.target.closest("button")) centre([state.node]);
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "f") fit(true);
  else if (event.key === "t" && counts.tests) set({ tests: !state.tests });
  else if (event.key === "c" && state.node >= 0 && nodes[state.node].path) {
    copy(`${nodes[state.node].path}:${nodes[state.node].line}`, byId("panel").querySelector(".place"));
  } else if (event.key === "?") toggleHelp();
  else return;
  event.preventDefault();
}

function zoom(factor) {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

// The address: what differs from how the page begins.
function remember() {
  const first = firstState();
  const said = new URLSearchParams();
  if (state.text) said.set("text", state.text);
  if (state.confidence !== first.confidence) said.set("confidence", state.confidence);
  if (state.depth !== firstDepth()) said.set("depth", state.depth);
  if (!state.tests) said.set("tests", "0");
  if (state.outside !== first.outside) said.set("outside", state.outside ? "1" : "0");
  const hidden = [...state.hidden].sort().join(",");
  if (hidden !== [...first.hidden].sort().join(",")) said.set("hidden", hidden);
  if (state.middle !== targets) said.set("middle", nodes[state.middle[0]].id);
  if (state.node >= 0) said.set("node", nodes[state.node].id);
  if (state.edge >= 0) said.set("edge", [nodes[edges[state.edge].start].id, edges[state.edge].relation, nodes[edges[state.edge].end].id].join(" "));
  const hash = said.toString();
  const now = location.hash.slice(1);
  if (hash !== now) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function recall() {
  const said = new URLSearchParams(location.hash.slice(1));
  const numberOf = (id) => nodes.findIndex((node) => node.id === id);
  state = firstState();
  state.text = said.get("text") || "";
  if (CONFIDENCES.includes(said.get("confidence"))) state.confidence = said.get("confidence");
  state.tests = said.get("tests") !== "0";
  if (said.has("outside")) state.outside = said.get("outside") !== "0";
  if (said.has("hidden")) state.hidden = new Set(said.get("hidden").split(",").filter(Boolean));
  const middle = said.has("middle") ? numberOf(said.get("middle")) : -1;
  if (middle >= 0) state.middle = [middle];
  state.depth = said.has("depth") ? Math.max(0, Math.floor(Number(said.get("depth"))) || 0) : firstDepth();
  state.node = said.has("node") ? numberOf(said.get("node")) : -1;
  const [start, ...rest] = (said.get("edge") || "").split(" ");
  const end = rest.pop();
  if (end) {
    state.edge = edges.findIndex((edge) => nodes[edge.start].id === start && edge.relation === rest.join(" ") && nodes[edge.end].id === end);
  }
  change();
  if (state.node >= 0) reveal(state.node);
}

makeFilters();
cy.on("tap", "node", (event) => choose({ node: event.target.data("number") }));
cy.on("tap", "edge", (event) => choose({ edge: event.target.data("number") }));
cy.on("tap", (event) => event.target === cy && choose({}));
cy.on("dbltap", "node", (event) => centre([event.target.data("number")]));
cy.on("drag", "node", (event) => bend(event.target.connectedEdges().not(".off").map((edge) => edge.data("number"))));
cy.on("mouseover", "node, edge", () => (byId("picture").style.cursor = "pointer"));
cy.on("mouseout", "node, edge", () => (byId("picture").style.cursor = ""));
document.addEventListener("keydown", onKey);
window.addEventListener("hashchange", recall);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
recall();
