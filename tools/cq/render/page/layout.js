// Where each node stands: the middle, columns of callers to the left and of callees to the right, bases above,
// subclasses and members below, tests apart at the bottom. Nodes of one file stand together, below its path.
"use strict";

const PITCH = 27; // from one row of a column to the next
const HEIGHT = 21; // of a node
const BETWEEN_COLUMNS = 96;
const BETWEEN_STACKS = 26; // of one column
const BETWEEN_BANDS = 64;
const WIDEST = 250;
const STAGES = [14, 9, 6, 4, 3]; // columns of a graph without a middle
const ROWS = [124, 90, 66, 48, 35, 25, 18, 13, 9, 6]; // of one stack

const ruler = document.createElement("canvas").getContext("2d");
const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const SMALL_FONT = FONT.replace("12px", "10px");

function widthOf(text, font) {
  ruler.font = font;
  return ruler.measureText(text).width;
}

// The end of a long text tells more than its beginning.
function clipped(text, font, widest) {
  if (widthOf(text, font) <= widest) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (widthOf("…" + letters.slice(middle).join(""), font) <= widest) high = middle;
    else low = middle + 1;
  }
  return "…" + letters.slice(low).join("");
}

const labels = nodes.map((node) => clipped(node.name, FONT, WIDEST - 18));
const widths = labels.map((label) => Math.ceil(widthOf(label, FONT)) + 18);

const TITLES = {
  "calls in": "callers",
  "calls out": "callees",
  "imports in": "imported by",
  "imports later in": "imported later by",
  "imports for types in": "imported for types by",
  "uses in": "other uses",
  "catches from in": "catch what it raises",
  "overrides up": "overridden",
  "extends up": "bases",
  "implements up": "implemented traits",
  "contains up": "contained in",
  "overrides down": "overridden by",
  "extends down": "extended by",
  "implements down": "implemented by",
  "contains down": "members",
  "is beside down": "beside it",
  "is beside up": "beside it",
};

// {positions: Map number -> {x, y, w}, headings: [{text, x, y, title}]} in the way that fills the stage best.
function layout(view, stage) {
  if (state.middle.length) return fitting(columnsAround(view), view, stage).made();
  const fitted = STAGES.map((most) => fitting(columnsByRank(view, most), view, stage));
  return fitted.reduce((best, each) => (each.zoom > best.zoom * 1.02 ? each : best)).made();
}

function fitting(columns, view, stage) {
  const testBlocks = merged(columns.flatMap((column) => column.tests));
  const tests = [...ROWS].reverse().map((rows) => piled(testBlocks, rows)); // rather wide than high
  let best = null;
  for (const rows of ROWS.filter((each, index) => ROWS[index + 1] === undefined || ROWS[index + 1] < view.places.size)) {
    const main = columns.map((column) => ({
      up: piled(column.up, Math.max(3, rows >> 1)),
      main: piled(column.main, rows),
      down: piled(column.down, Math.max(3, rows >> 1)),
    }));
    for (const below of tests) {
      const made = arrange(columns, main, below, false);
      const zoom = Math.min(stage.width / (made.width + 60), stage.height / (made.height + 60), 1);
      if (!best || zoom > best.zoom * 1.02) best = { zoom, main, below };
      if (!below.items.length) break;
    }
  }
  return { zoom: best.zoom, made: () => arrange(columns, best.main, best.below, true) };
}

// Blocks of one title are one, the nearest first.
function merged(blocks) {
  const made = new Map();
  for (const block of [...blocks].sort((a, b) => (a.distance || 0) - (b.distance || 0))) {
    const known = made.get(block.title);
    if (!known) {
      made.set(block.title, { ...block, groups: block.groups.map((group) => ({ ...group, members: [...group.members] })) });
      continue;
    }
    for (const group of block.groups) {
      const same = known.groups.find((each) => each.path === group.path);
      if (same) same.members.push(...group.members);
      else known.groups.push({ ...group, members: [...group.members] });
    }
  }
  return [...made.values()];
}

// A column: {at, bands: {main: [block], tests: [block]}}; a block: {title, groups}; a group: {path, members}.
function columnsAround(view) {
  const columns = new Map();
  for (const [number, place] of view.places) {
    const at = place.side === "in" ? -place.distance : place.side === "out" ? place.distance : 0;
    if (!columns.has(at)) columns.set(at, []);
    columns.get(at).push(number);
  }
  const order = [...columns.keys()].sort((a, b) => a - b);
  const rank = new Map(); // of the nodes that are placed: their order in their column
  const made = new Map();
  // From the middle outwards, so that each column follows the order of the one before.
  for (const at of [...order].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const members = columns.get(at);
    const column = { at, up: [], main: [], down: [], tests: [] };
    for (const [key, some] of blocksOf(members, view)) {
      const place = view.places.get(some[0]);
      let band = ["up", "down"].includes(place.side) ? place.side : "main";
      if (band === "main" && place.side !== "middle" && nodes[some[0]].test) band = "tests";
      let title = TITLES[`${place.relation} ${place.side}`] || (place.side === "middle" ? "" : place.relation);
      if (nodes[some[0]].test && place.side !== "middle") title += " in tests";
      if (place.distance > 1) title += `, ${place.distance} away`;
      column[band].push({ key, title, distance: place.distance, groups: groupsOf(some, view, rank) });
    }
    let number = 0;
    for (const band of ["up", "main", "down", "tests"]) {
      for (const block of column[band]) for (const group of block.groups) for (const each of group.members) rank.set(each, number++);
    }
    made.set(at, column);
  }
  return order.map((at) => made.get(at));
}

function blocksOf(members, view) {
  const blocks = new Map();
  for (const number of members) {
    const place = view.places.get(number);
    const isTest = place.side !== "middle" && nodes[number].test;
    const key = `${place.side} ${place.relation} ${isTest}`;
    if (!blocks.has(key)) blocks.set(key, []);
    blocks.get(key).push(number);
  }
  return [...blocks].sort((a, b) => relations.indexOf(relationOf(a, view)) - relations.indexOf(relationOf(b, view)));
}

function relationOf(block, view) {
  return view.places.get(block[1][0]).relation;
}

function groupsOf(members, view, rank) {
  const groups = new Map();
  for (const number of members) {
    const path = nodes[number].path ? nodes[number].group || "" : "outside of the project";
    if (!groups.has(path)) groups.set(path, []);
    groups.get(path).push(number);
  }
  const made = [...groups].map(([path, some]) => {
    const pulls = some.map((number) => rank.get(view.places.get(number).from) ?? 0);
    some.sort((a, b) => (nodes[a].line || 0) - (nodes[b].line || 0) || (nodes[a].name < nodes[b].name ? -1 : 1));
    return { path, members: some, pull: pulls.reduce((sum, each) => sum + each, 0) / pulls.length };
  });
  return made.sort((a, b) => a.pull - b.pull || (a.path < b.path ? -1 : 1));
}

// Without a middle: what imports stands left of what it imports, or in one of at most so many columns with it.
// Imports that run later, and edges that close a cycle, do not count.
function columnsByRank(view, most) {
  const below = new Map([...view.places.keys()].map((number) => [number, []]));
  const degree = new Map([...below.keys()].map((number) => [number, 0]));
  for (const number of view.edges) {
    const { start, end } = edges[number];
    if (start === end || LATE.has(edges[number].relation)) continue;
    below.get(start).push(end);
    degree.set(end, degree.get(end) + 1);
  }
  const depth = new Map();
  const open = new Set();
  const roots = [...below.keys()].sort((a, b) => degree.get(a) - degree.get(b) || below.get(b).length - below.get(a).length);
  for (const root of roots) {
    if (depth.has(root)) continue;
    const stack = [[root, 0]];
    open.add(root);
    while (stack.length) {
      const top = stack[stack.length - 1];
      const children = below.get(top[0]);
      if (top[1] < children.length) {
        const child = children[top[1]++];
        if (!open.has(child) && !depth.has(child)) {
          open.add(child);
          stack.push([child, 0]);
        }
        continue;
      }
      stack.pop();
      open.delete(top[0]);
      let height = 0;
      for (const child of children) if (depth.has(child)) height = Math.max(height, depth.get(child) + 1);
      depth.set(top[0], height);
    }
  }
  const heights = new Map();
  for (const height of depth.values()) heights.set(height, (heights.get(height) || 0) + 1);
  const columnOf = new Map();
  let passed = 0;
  for (const height of [...heights.keys()].sort((a, b) => b - a)) {
    columnOf.set(height, Math.floor((most * passed) / depth.size));
    passed += heights.get(height);
  }
  const columns = Array.from({ length: most }, (_, at) => ({ at, up: [], main: [], down: [], tests: [], all: [] }));
  for (const [number, height] of depth) columns[columnOf.get(height)].all.push(number);
  const rank = new Map();
  for (const column of [...columns].reverse()) {
    for (const isTest of [false, true]) {
      const some = column.all.filter((number) => Boolean(nodes[number].test) === isTest);
      if (!some.length) continue;
      const near = new Map(some.map((number) => [number, nearest(below.get(number), rank)]));
      const groups = groupsOf(some, { places: new Map(some.map((number) => [number, { from: number }])) }, near);
      column[isTest ? "tests" : "main"].push({ title: isTest ? "tests" : "", groups });
      let count = 0;
      for (const group of groups) for (const each of group.members) rank.set(each, count++);
    }
  }
  return columns;
}

function nearest(numbers, rank) {
  const known = numbers.map((number) => rank.get(number)).filter((each) => each !== undefined);
  return known.length ? known.reduce((sum, each) => sum + each, 0) / known.length : 0;
}

// Columns beside each other, callers close to what they call; tests below all of it.
function arrange(columns, stacks, tests, placed) {
  const positions = new Map();
  const headings = [];
  const wide = stacks.map((each) => Math.max(each.up.width, each.main.width, each.down.width));
  const middle = columns.findIndex((column) => column.at === 0);
  const width = Math.max(0, wide.reduce((sum, each) => sum + each + BETWEEN_COLUMNS, -BETWEEN_COLUMNS));
  let half = 0;
  for (const each of stacks) {
    const beside = Math.max(each.up.height, each.down.height);
    half = Math.max(half, each.main.height / 2 + (beside ? beside + BETWEEN_BANDS / 2 : 0));
  }
  const testsHigh = tests.height ? tests.height + BETWEEN_BANDS : 0;
  const made = { positions, headings, width: Math.max(width, tests.width), height: 2 * half + testsHigh };
  if (!placed) return made;
  let left = 0;
  let centre = width / 2;
  stacks.forEach((each, index) => {
    if (index === middle) centre = left + wide[index] / 2;
    const side = index < middle ? 1 : index > middle ? 0 : 0.5; // the share of the room that is left of it
    put(each.up, left, wide[index], side, -each.main.height / 2 - BETWEEN_BANDS / 2 - each.up.height);
    put(each.main, left, wide[index], side, -each.main.height / 2);
    put(each.down, left, wide[index], side, each.main.height / 2 + BETWEEN_BANDS / 2);
    left += wide[index] + BETWEEN_COLUMNS;
  });
  if (testsHigh) {
    put(tests, state.middle.length ? centre - tests.width / 2 : width / 2 - tests.width / 2, tests.width, 0, half + BETWEEN_BANDS, true);
  }
  return made;

  function put(pile, from, room, side, y, below) {
    for (const item of pile.items) {
      const at = { x: from + (room - pile.width) * side + item.x, y: y + item.y };
      if (item.number === undefined) headings.push({ ...at, text: item.title ? item.text : clipped(item.text, SMALL_FONT, item.w), title: item.title });
      else positions.set(item.number, { x: at.x + item.w / 2, y: at.y, w: item.w, below });
    }
  }
}

// Blocks below each other; each goes on in a further stack beside the first when it has more rows than fit.
function piled(blocks, rows) {
  const items = [];
  let y = 0;
  let width = 0;
  blocks.forEach((block, index) => {
    if (index) y += PITCH;
    if (block.title) {
      items.push({ text: block.title, title: true, x: 0, y: y + HEIGHT / 2 });
      y += PITCH;
    }
    const made = stacked(block, rows);
    for (const item of made.items) items.push({ ...item, y: item.y + y + HEIGHT / 2 });
    width = Math.max(width, made.width);
    y += made.height;
  });
  return { items, width, height: y };
}

function stacked(block, rows) {
  const items = [];
  let column = [];
  let x = 0;
  let high = 0;
  const lone = block.groups.length === 1 && !block.title && block.groups[0].members.length === 1;
  const close = () => {
    if (!column.length) return;
    const w = Math.max(...column.map((item) => (item.number === undefined ? 0 : widths[item.number])), 60);
    for (const item of column) items.push({ ...item, x, w });
    high = Math.max(high, column.length);
    x += w + BETWEEN_STACKS;
    column = [];
  };
  for (const group of block.groups) {
    if (column.length >= rows - 1) close();
    if (!lone && group.path) column.push({ text: group.path, y: column.length * PITCH });
    for (const number of group.members) {
      if (column.length >= rows + 1) {
        close();
        if (!lone && group.path) column.push({ text: group.path, y: 0 });
      }
      column.push({ number, y: column.length * PITCH });
    }
  }
  close();
  return { items, width: Math.max(0, x - BETWEEN_STACKS), height: high * PITCH };
}
