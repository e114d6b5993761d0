// The graph, what is asked of it now, and which of its nodes and edges that shows.
"use strict";

const graph = JSON.parse(document.getElementById("data").textContent);
const nodes = graph.nodes || [];
const edges = (graph.edges || []).map((edge) => ({ confidence: "certain", sites: [], more_sites: 0, ...edge }));
const targets = graph.targets || [];

const CONFIDENCES = ["certain", "likely", "possible"];
// Followed from node to node; the other relations are shown of the middle only.
const LATE = new Set(["imports later", "imports for types"]);
const FOLLOWED = new Set(["calls", "imports", ...LATE]);
// The one that does it stands below the one that it is done to; of the others it stands to the left.
const UPWARD = new Set(["overrides", "extends", "implements"]);
const DOWNWARD = new Set(["contains", "is beside"]);
// Shown only when asked for, where there are calls: they tell little of what a change touches.
const OFF_AT_FIRST = new Set(["is beside", "uses", "imports"]);
const FEW_OUTSIDE = 8; // more of them are shown only when asked for: most are built into the language

const incoming = nodes.map(() => []);
const outgoing = nodes.map(() => []);
edges.forEach((edge, number) => {
  outgoing[edge.start].push(number);
  incoming[edge.end].push(number);
});

const relations = [...new Set(edges.map((edge) => edge.relation))];
const counts = {
  tests: nodes.filter((node, number) => node.test && !targets.includes(number)).length,
  outside: nodes.filter((node) => !node.path).length,
};
const hasConfidence = new Set(edges.map((edge) => edge.confidence)).size > 1;

function firstState() {
  return {
    text: "",
    confidence: "possible",
    depth: 0, // 0: as deep as it goes
    tests: true,
    outside: counts.outside <= FEW_OUTSIDE || !relations.includes("calls"),
    hidden: new Set(relations.includes("calls") ? relations.filter((relation) => OFF_AT_FIRST.has(relation)) : []),
    middle: targets,
    node: -1,
    edge: -1,
  };
}

let state = firstState();

function isOn(edge) {
  return (
    !state.hidden.has(edge.relation) &&
    CONFIDENCES.indexOf(edge.confidence) <= CONFIDENCES.indexOf(state.confidence) &&
    [edge.start, edge.end].every((number) => state.middle.includes(number) || isWanted(nodes[number]))
  );
}

function isWanted(node) {
  return (state.tests || !node.test) && (state.outside || Boolean(node.path));
}

// Which nodes are shown and where: number -> {side, distance, relation, from}, and which edges.
// Sides: "middle", "in" (does something with the middle), "out", "up", "down"; "all" when there is no middle.
function shown() {
  const places = new Map();
  if (state.middle.length) {
    for (const number of state.middle) places.set(number, { side: "middle", distance: 0, relation: "", from: -1 });
    follow(places, "in", incoming, "start");
    follow(places, "out", outgoing, "end");
    for (const number of state.middle) {
      beside(places, number, incoming[number], "start");
      beside(places, number, outgoing[number], "end");
    }
  } else {
    edges.forEach((edge) => {
      if (!isOn(edge)) return;
      for (const number of [edge.start, edge.end]) {
        if (!places.has(number)) places.set(number, { side: "all", distance: 0, relation: edge.relation, from: -1 });
      }
    });
  }
  keepMatches(places);
  const on = [];
  edges.forEach((edge, number) => {
    if (places.has(edge.start) && places.has(edge.end) && isOn(edge)) on.push(number);
  });
  return { places, edges: on };
}

function follow(places, side, next, end) {
  const distances = new Map(state.middle.map((number) => [number, 0]));
  let level = state.middle;
  for (let distance = 1; level.length && (!state.depth || distance <= state.depth); distance++) {
    const following = [];
    for (const at of level) {
      for (const number of next[at]) {
        const edge = edges[number];
        const other = edge[end];
        if (distances.has(other) || !FOLLOWED.has(edge.relation) || !isOn(edge)) continue;
        distances.set(other, distance);
        following.push(other);
        const known = places.get(other);
        if (!known || known.distance > distance) {
          places.set(other, { side, distance, relation: edge.relation, from: at });
        }
      }
    }
    level = following;
  }
}

function beside(places, middle, numbers, end) {
  for (const number of numbers) {
    const edge = edges[number];
    const other = edge[end];
    if (places.has(other) || FOLLOWED.has(edge.relation) || !isOn(edge)) continue;
    const starts = end === "start"; // the other one does it
    let side = starts ? "in" : "out";
    if (UPWARD.has(edge.relation)) side = starts ? "down" : "up";
    if (DOWNWARD.has(edge.relation)) side = starts ? "up" : "down";
    places.set(other, { side, distance: 1, relation: edge.relation, from: middle });
  }
}

function matches(number) {
  const node = nodes[number];
  const text = `${node.qualified_name} ${node.path || ""}`.toLowerCase();
  return words().every((word) => text.includes(word));
}

function words() {
  return state.text.toLowerCase().split(/\s+/).filter(Boolean);
}

// With a text: the nodes that have it, and those on the way from them to the middle.
function keepMatches(places) {
  if (!words().length) return;
  const kept = new Set(state.middle);
  for (const number of places.keys()) {
    if (!matches(number)) continue;
    for (let at = number; at >= 0 && !kept.has(at); at = places.get(at).from) kept.add(at);
  }
  for (const number of [...places.keys()]) if (!kept.has(number)) places.delete(number);
}

function deepest() {
  let most = 0;
  const { depth, text } = state;
  Object.assign(state, { depth: 0, text: "" });
  for (const place of shown().places.values()) most = Math.max(most, place.distance);
  Object.assign(state, { depth, text });
  return most;
}

// The source: lines of a file, and where in them sites are.
function linesOf(path, first, last) {
  const found = [];
  for (const piece of (graph.files || {})[path] || []) {
    piece.text.split("\n").forEach((text, index) => {
      const line = piece.line + index;
      if (line >= first && line <= last) found.push({ line, text });
    });
  }
  return found;
}
