// The picture: the graph drawn with the library, in the colours of the page, and what is seen of it.
"use strict";

const CURVED_UP_TO = 700; // edges: more of them are straight, which is drawn faster
const MANY = 150; // edges: more of them are drawn fainter
const READABLE = 0.6; // closer than this a label can be read
const CLOSEST = 1.15; // to which a small graph is brought
const byId = (id) => document.getElementById(id);

const KINDS = {
  function: "function", lambda: "function", closure: "function", test: "function",
  method: "method", property: "method", constructor: "method",
  class: "type", struct: "type", enum: "type", trait: "type", union: "type", type: "type", interface: "type", impl: "type",
  module: "module", namespace: "module", package: "module",
  variable: "value", constant: "value", field: "value", static: "value", attribute: "value", parameter: "value", variant: "value",
  macro: "macro",
};
const kindOf = (node) => KINDS[node.kind] || "other";
const FAMILY = new Set(["overrides", "extends", "implements", "contains", "is beside"]);
const IMPORTS = new Set(["imports", ...LATE]);
const FAULTS = new Set(["raises", "catches from"]);

const onCycle = new Set();
for (const cycle of graph.cycles || []) {
  cycle.forEach((start, index) => {
    const end = cycle[(index + 1) % cycle.length];
    for (const number of outgoing[start]) if (edges[number].end === end) onCycle.add(number);
  });
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function colourOfEdge(number) {
  const { relation } = edges[number];
  if (onCycle.has(number) || FAULTS.has(relation)) return colour("fault");
  if (FAMILY.has(relation)) return colour("family");
  if (IMPORTS.has(relation)) return colour("import");
  return colour("edge");
}

function lineOf(edge) {
  if (LATE.has(edge.relation)) return "dashed";
  return { certain: "solid", likely: "dashed", possible: "dotted" }[edge.confidence];
}

function look() {
  const kinds = ["function", "method", "type", "module", "value", "macro", "other"].map((kind) => ({
    selector: `node.${kind}`,
    style: { "background-color": colour(`${kind}-fill`), "border-color": colour(kind) },
  }));
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(w)",
        height: HEIGHT,
        label: "data(label)",
        "font-size": 12,
        "font-family": 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
        "text-valign": "center",
        "text-halign": "center",
        color: colour("text"),
        "border-width": 1,
        "min-zoomed-font-size": 4,
        "overlay-opacity": 0,
      },
    },
    ...kinds,
    { selector: "node.outside", style: { "border-style": "dotted", "border-width": 1.5 } },
    { selector: "node.target", style: { "border-width": 3, "font-weight": 700, height: HEIGHT + 4 } },
    { selector: "node.match", style: { "border-width": 2.5, "border-color": colour("accent") } },
    {
      selector: "node.heading",
      style: {
        width: 1,
        height: 1,
        label: "data(label)",
        "background-opacity": 0,
        "border-width": 0,
        "font-size": 10,
        "text-halign": "right",
        color: colour("dim"),
        events: "no",
        "z-index": 0,
      },
    },
    { selector: "node.title", style: { "font-size": 13, "font-weight": 700, color: colour("text"), "min-zoomed-font-size": 0 } },
    {
      selector: "edge",
      style: {
        width: 1.2,
        opacity: 0.75,
        "line-color": "data(colour)",
        "line-style": "data(line)",
        "target-arrow-color": "data(colour)",
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "straight",
        "overlay-padding": 5,
        "overlay-opacity": 0,
      },
    },
    { selector: "edge[line = 'dotted']", style: { "line-dash-pattern": [1.5, 3] } },
    { selector: "edge.many", style: { opacity: 0.45, width: 1 } },
    { selector: "edge.aside", style: { opacity: 0.4, width: 0.9 } },
    { selector: "edge.hollow", style: { "target-arrow-shape": "triangle", "target-arrow-fill": "hollow", "arrow-scale": 1.1 } },
    { selector: "edge.beside", style: { opacity: 0.2, "target-arrow-shape": "none" } },
    { selector: "edge.cycle", style: { width: 2, opacity: 0.9 } },
    {
      selector: "edge.curved",
      style: {
        "curve-style": "unbundled-bezier",
        "control-point-distances": "data(bow)",
        "control-point-weights": "data(at)",
        "source-endpoint": "data(leaves)",
        "target-endpoint": "data(enters)",
        "edge-distances": "endpoints",
      },
    },
    { selector: "edge.loop", style: { "curve-style": "bezier", "loop-direction": "0deg", "loop-sweep": "60deg" } },
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: "node.faded", style: { opacity: 0.4 } },
    { selector: "edge.near", style: { width: 2.2, opacity: 1, "z-index": 9 } },
    { selector: "node.selected", style: { "border-width": 3, "border-color": colour("accent") } },
    { selector: "edge.selected", style: { width: 3.2, opacity: 1, "line-color": colour("accent"), "target-arrow-color": colour("accent"), "z-index": 10 } },
    { selector: ".off", style: { display: "none" } },
  ];
}

const cy = cytoscape({
  container: byId("picture"),
  elements: [
    ...nodes.map((node, number) => ({
      data: { id: `n${number}`, number, label: labels[number], w: widths[number] },
      classes: [kindOf(node), node.path ? "" : "outside", "off"].join(" "),
    })),
    ...edges.map((edge, number) => ({
      data: {
        id: `e${number}`,
        number,
        source: `n${edge.start}`,
        target: `n${edge.end}`,
        colour: colourOfEdge(number),
        line: lineOf(edge),
      },
      classes: [FAMILY.has(edge.relation) ? "hollow" : "", edge.relation === "is beside" ? "beside" : "", onCycle.has(number) ? "cycle" : "", edge.start === edge.end ? "loop" : "", nodes[edge.start].test !== nodes[edge.end].test ? "aside" : "", "off"].join(" "),
    })),
  ],
  style: look(),
  layout: { name: "preset", fit: false },
  minZoom: 0.03,
  maxZoom: 4,
  boxSelectionEnabled: false,
  autounselectify: true,
  hideEdgesOnViewport: edges.length > 3000,
  textureOnViewport: edges.length > 1500,
});

let view = { places: new Map(), edges: [] };

// Draw what the state says, anew.
function redraw() {
  view = shown();
  const stage = byId("picture").getBoundingClientRect();
  const made = layout(view, stage);
  const filtered = words().length > 0;
  cy.batch(() => {
    cy.remove("node.heading");
    cy.elements().addClass("off").removeClass("target match curved");
    for (const [number, at] of made.positions) {
      const node = cy.getElementById(`n${number}`);
      const isMiddle = state.middle.includes(number);
      node.data({ w: isMiddle ? at.w + 16 : at.w, below: at.below || false }).position({ x: at.x, y: at.y }).removeClass("off");
      if (isMiddle) node.addClass("target");
      if (filtered && matches(number)) node.addClass("match");
    }
    made.headings.forEach((heading, index) => {
      const kind = heading.title ? "title" : "";
      cy.add({
        data: { id: `h${index}`, label: heading.text, w: 1 },
        position: { x: heading.x, y: heading.y },
        classes: `heading ${kind}`,
        grabbable: false,
        pannable: true,
      });
    });
    const many = view.edges.length > MANY;
    for (const number of view.edges) cy.getElementById(`e${number}`).removeClass("off").toggleClass("many", many);
  });
  bend(view.edges);
  legend();
  const empty = byId("empty");
  empty.hidden = made.positions.size > 0;
  empty.textContent = nodes.length ? "Nothing passes these filters. Esc clears the text." : "There is nothing to draw.";
}

// Curves that leave a node at one side and enter the next at the other. Anew when a node was moved.
function bend(numbers) {
  if (view.edges.length > CURVED_UP_TO) return;
  cy.batch(() => {
    for (const number of numbers) {
      const edge = edges[number];
      if (edge.start !== edge.end) bendOne(cy.getElementById(`e${number}`));
    }
  });
}

function bendOne(drawn) {
  const [start, end] = [drawn.source(), drawn.target()];
  const from = start.position();
  const to = end.position();
  const room = (start.data("w") + end.data("w")) / 2;
  const [right, down] = [to.x > from.x ? 1 : -1, to.y > from.y ? 1 : -1];
  const upright = isUpright(drawn, start, end);
  let [leaves, enters] = right > 0 ? ["90deg", "270deg"] : ["270deg", "90deg"];
  let x = to.x - from.x - right * room;
  let y = to.y - from.y;
  let points;
  if (upright) {
    [leaves, enters] = down > 0 ? ["180deg", "0deg"] : ["0deg", "180deg"];
    x = to.x - from.x;
    y -= down * HEIGHT;
    points = [[0, y / 2], [x, y / 2]];
  } else if (right * x > 20) points = [[x / 2, 0], [x / 2, y]];
  else {
    // One above the other: out at the left, and in there.
    [leaves, enters] = ["270deg", "270deg"];
    x = to.x - end.data("w") / 2 - from.x + start.data("w") / 2;
    const out = Math.min(0, x) - Math.min(70, 16 + Math.abs(y) / 6);
    points = [[out, 0], [out, y]];
  }
  const length = Math.hypot(x, y) || 1;
  drawn.data({
    at: points.map(([px, py]) => (px * x + py * y) / (length * length)),
    bow: points.map(([px, py]) => (x * py - y * px) / length),
    leaves,
    enters,
  });
  drawn.addClass("curved");
}

// Between what stands above and what stands below: a test and the rest, a base and its subclass.
function isUpright(drawn, start, end) {
  if (Math.abs(start.position("y") - end.position("y")) < 2 * HEIGHT) return false;
  return drawn.hasClass("hollow") || Boolean(start.data("below")) !== Boolean(end.data("below"));
}

function mark() {
  cy.batch(() => {
    cy.elements().removeClass("selected near faded");
    let kept = null;
    if (state.node >= 0) {
      const node = cy.getElementById(`n${state.node}`).addClass("selected");
      const near = node.connectedEdges().not(".off").addClass("near");
      kept = near.connectedNodes().union(node).union(near);
    } else if (state.edge >= 0) {
      const edge = cy.getElementById(`e${state.edge}`).addClass("selected");
      kept = edge.connectedNodes().union(edge);
    }
    if (kept) cy.elements().not(".heading").not(kept).addClass("faded");
  });
}

// All of it when its labels can be read then; else around the middle, as far away as they can.
function fit(whole) {
  cy.resize();
  const all = view.edges.length > CURVED_UP_TO ? cy.nodes().not(".off") : cy.elements().not(".off");
  if (!all.length) return;
  cy.fit(all, 28);
  if (cy.zoom() > CLOSEST) {
    cy.zoom(CLOSEST);
    cy.center(all);
  }
  if (whole || cy.zoom() >= READABLE || !state.middle.length) return;
  cy.zoom(READABLE);
  cy.center(cy.nodes(".target"));
  // No more empty room than there must be.
  const box = all.renderedBoundingBox();
  const spare = (low, high, size) => {
    if (high - low < size - 56) return (size - high - low) / 2;
    return low > 28 ? 28 - low : high < size - 28 ? size - 28 - high : 0;
  };
  cy.panBy({ x: spare(box.x1, box.x2, cy.width()), y: spare(box.y1, box.y2, cy.height()) });
}

// A node that is chosen with a key must be seen.
function reveal(number) {
  const box = cy.getElementById(`n${number}`).renderedBoundingBox();
  const stage = byId("picture").getBoundingClientRect();
  const seen = box.x1 > 0 && box.y1 > 0 && box.x2 < stage.width && box.y2 < stage.height;
  if (cy.zoom() < READABLE) cy.zoom({ level: READABLE, position: cy.getElementById(`n${number}`).position() });
  else if (seen) return;
  cy.center(cy.getElementById(`n${number}`));
}

function recolour() {
  cy.batch(() => edges.forEach((_, number) => cy.getElementById(`e${number}`).data("colour", colourOfEdge(number))));
  cy.style(look());
}

function legend() {
  const there = [...view.places.keys()].map((number) => nodes[number]);
  const seen = [...new Set(there.map((node) => (node.path ? node.kind : "")).filter(Boolean))].sort();
  const rows = seen.map((kind) => element("span", { class: `kind ${kindOf({ kind })}` }, kind));
  if (there.some((node) => !node.path)) rows.push(element("span", { class: "kind outside" }, "outside of the project"));
  if (hasConfidence) for (const each of CONFIDENCES) rows.push(element("span", { class: `line ${each}` }, each));
  if (onCycle.size) rows.push(element("span", { class: "line cycle" }, "on a cycle"));
  byId("legend").replaceChildren(...rows);
}
