// The panel beside the picture: what the chosen node or edge is, with its source.
"use strict";

const MOST_LINKS = 40; // of one relation
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function place(path, line, column) {
  const text = [path, line, column].filter(Boolean).join(":");
  const button = element("button", { class: "place", type: "button", title: "Copy", click: () => copy(text, button) }, text);
  return button;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", { class: "unseen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  if (!button) return;
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 900);
}

const namesakes = new Map();
for (const node of nodes) namesakes.set(node.name, (namesakes.get(node.name) || 0) + 1);

function nodeLink(number) {
  const node = nodes[number];
  return element(
    "button",
    { class: `link ${kindOf(node)}`, type: "button", click: () => choose({ node: number }), title: node.qualified_name },
    namesakes.get(node.name) > 1 ? node.qualified_name : node.name,
  );
}

function showPanel() {
  const panel = byId("panel");
  const shownNode = state.node >= 0 ? state.node : state.edge < 0 && state.middle.length === 1 ? state.middle[0] : -1;
  if (state.edge >= 0) panel.replaceChildren(...edgeCard(state.edge));
  else if (shownNode >= 0) panel.replaceChildren(...nodeCard(shownNode));
  else panel.replaceChildren(...overview());
  panel.scrollTop = 0;
}

function overview() {
  const parts = notes();
  if (state.middle.length) {
    parts.push(element("h2", {}, "Asked about"), element("ul", {}, ...state.middle.map((each) => element("li", {}, nodeLink(each)))));
  }
  const cycles = graph.cycles || [];
  if (cycles.length) {
    parts.push(element("h2", {}, cycles.length === 1 ? "1 cycle" : `${cycles.length} cycles`));
    for (const cycle of cycles) {
      const ways = cycle.flatMap((each, index) => (index ? [" → ", nodeLink(each)] : [nodeLink(each)]));
      parts.push(element("p", { class: "cycle" }, ...ways, " → ", nodeLink(cycle[0])));
    }
  }
  if (!state.middle.length && nodes.length) {
    const busiest = nodes.map((_, number) => number).filter((number) => incoming[number].length);
    busiest.sort((a, b) => incoming[b].length - incoming[a].length);
    if (busiest.length) {
      parts.push(element("h2", {}, "Most imported"));
      const rows = busiest.slice(0, 12).map((each) => element("li", {}, nodeLink(each), ` ${incoming[each].length}`));
      parts.push(element("ul", { class: "links" }, ...rows));
    }
    parts.push(element("p", { class: "dim" }, "Click a node or an edge. Double-click a node to see only what is around it."));
  }
  return parts;
}

function notes() {
  return (graph.notes || []).map((note) => element("p", { class: "note" }, note));
}

function nodeCard(number) {
  const node = nodes[number];
  const words = [node.kind, ...(node.marks || [])].filter(Boolean).join(" · ");
  const parts = [
    element("h2", {}, node.name),
    element("p", { class: "dim" }, node.qualified_name === node.name ? "" : node.qualified_name),
    element("p", {}, element("span", { class: `kind ${kindOf(node)}` }, words || "outside of the project")),
  ];
  if (node.path) parts.push(element("p", {}, place(node.path, node.line)));
  else if (words) parts.push(element("p", { class: "dim" }, "outside of the project"));
  if (node.note) parts.push(element("p", { class: "note" }, node.note));
  if (node.signature) parts.push(element("pre", { class: "signature" }, visible(node.signature)));
  if (node.doc) parts.push(element("p", {}, node.doc));
  if (!state.middle.includes(number)) {
    parts.push(element("p", {}, element("button", { type: "button", click: () => centre([number]) }, "Put in the middle")));
  }
  if (node.path) {
    const own = outgoing[number].flatMap((each) => edges[each].sites.filter((site) => site.path === node.path).map((site) => ({ site, edge: each })));
    parts.push(...sourceOf(node.path, node.start_line, node.end_line, own, node.kind === "module" ? 0 : node.line));
    if (node.cut_lines) parts.push(element("p", { class: "dim" }, `and ${node.cut_lines} more lines`));
  }
  parts.push(...links(number, incoming[number], "start", "in"), ...links(number, outgoing[number], "end", "out"));
  if (state.node < 0) parts.unshift(...notes());
  return parts;
}

const SAID = {
  "calls in": "called by",
  "overrides in": "overridden by",
  "extends in": "extended by",
  "implements in": "implemented by",
  "contains in": "contained in",
  "imports in": "imported by",
  "imports later in": "imported later by",
  "imports for types in": "imported for types by",
  "uses in": "used by",
  "raises in": "raised by",
  "catches from in": "caught by",
  "is beside in": "beside",
  "is beside out": "beside",
};

function links(number, numbers, end, way) {
  const parts = [];
  for (const relation of relations) {
    const some = numbers.filter((each) => edges[each].relation === relation);
    if (!some.length) continue;
    const said = SAID[`${relation} ${way}`] || relation;
    const rows = some.slice(0, MOST_LINKS).map((each) => {
      const edge = edges[each];
      const sure = element("button", { type: "button", class: `line ${edge.confidence}`, title: "The edge, with its places", click: () => choose({ edge: each }) }, edge.confidence);
      return element("li", {}, nodeLink(edge[end]), sure);
    });
    if (some.length > MOST_LINKS) rows.push(element("li", { class: "dim" }, `and ${some.length - MOST_LINKS} more`));
    parts.push(element("details", { open: "" }, element("summary", {}, `${said} (${some.length})`), element("ul", { class: "links" }, ...rows)));
  }
  return parts;
}

function edgeCard(number) {
  const edge = edges[number];
  const why = [edge.confidence, edge.reason].filter(Boolean).join(": ");
  const parts = [
    element("h2", { class: "ends" }, nodeLink(edge.start), element("span", { class: "dim" }, ` ${edge.relation} `), nodeLink(edge.end)),
    element("p", {}, element("span", { class: `line ${edge.confidence}` }, why)),
  ];
  for (const site of edge.sites) {
    const said = [site.passed_to ? `${site.role} to ${site.passed_to}` : site.role, site.via, site.container && `in ${site.container}`];
    const sure = edge.sites.length > 1 ? [[site.confidence || "certain", site.reason].filter(Boolean).join(": ")] : [];
    parts.push(
      element("p", { class: "site" }, place(site.path, site.line, site.column), " ", [...said, ...sure].filter(Boolean).join(" · ")),
      ...sourceOf(site.path, site.line - 2, site.line + 2, [{ site, edge: -1 }], 0),
    );
  }
  if (edge.more_sites) parts.push(element("p", { class: "dim" }, `and ${edge.more_sites} more places`));
  if (!edge.sites.length) parts.push(element("p", { class: "dim" }, "Told by the definitions alone: there is no place for it."));
  return parts;
}

// Lines with their numbers; sites are marked, and lead to the edge that they make.
function sourceOf(path, first, last, marks, nameLine) {
  const lines = linesOf(path, first, last);
  if (!lines.length) return [element("p", { class: "dim" }, "Its source is not in this page.")];
  const rows = lines.map(({ line, text }) => {
    const code = element("code", {}, ...marked(text, marks.filter(({ site }) => site.line === line)));
    return element("div", { class: line === nameLine ? "row name" : "row" }, element("span", { class: "number" }, String(line)), code);
  });
  return [element("div", { class: "source", tabindex: "0" }, ...rows)];
}

function marked(text, marks) {
  const letters = Array.from(text); // a column counts code points
  const parts = [];
  let at = 0;
  for (const { site, edge } of [...marks].sort((a, b) => a.site.column - b.site.column)) {
    const [start, end] = [site.column - 1, site.end_column - 1];
    if (start < at || end <= start || end > letters.length) continue;
    parts.push(visible(letters.slice(at, start).join("")));
    const click = edge < 0 ? {} : { click: () => choose({ edge }), title: `${edges[edge].relation} ${nodes[edges[edge].end].qualified_name}` };
    parts.push(element("mark", { class: edge < 0 ? "" : "leads", ...click }, visible(letters.slice(start, end).join(""))));
    at = end;
  }
  parts.push(visible(letters.slice(at).join("")) || "\u200b");
  return parts;
}

// What would turn the direction of the text, or not be seen.
function visible(text) {
  return text.replace(UNSEEN, "\ufffd");
}
