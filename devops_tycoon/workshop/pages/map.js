// A small map of a company: who calls whom, from left to right, with each service's state as colour, sign and word.

import { SIGNS, stateOf } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 150, HIGH = 72, GAP_X = 30, GAP_Y = 20, EDGE = 6;

function draw(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Return the columns of a graph: who is called stands right of who calls; loops are cut where they close. */
export function columns(ids, links) {
  const known = new Set(ids);
  const calls = new Map(ids.map((id) => [id, []]));
  for (const [from, to] of links) if (known.has(from) && known.has(to) && from !== to) calls.get(from).push(to);
  const state = new Map();
  const order = [];
  const forward = [];
  for (const start of ids) {
    const stack = state.has(start) ? [] : [[start, 0]];
    if (stack.length) state.set(start, "open");
    while (stack.length) {
      const top = stack[stack.length - 1];
      const next = calls.get(top[0])[top[1]++];
      if (next === undefined) { state.set(top[0], "done"); order.push(top[0]); stack.pop(); continue; }
      if (state.get(next) !== "open") forward.push([top[0], next]);
      if (!state.has(next)) { state.set(next, "open"); stack.push([next, 0]); }
    }
  }
  const column = new Map(ids.map((id) => [id, 0]));
  for (const id of order.reverse()) {
    for (const [from, to] of forward) if (from === id) column.set(to, Math.max(column.get(to), column.get(id) + 1));
  }
  const found = [];
  for (const id of ids) (found[column.get(id)] ??= []).push(id);
  for (let round = 0; round < 2; round += 1) {
    const row = new Map();
    for (const group of found) {
      const middle = new Map(group.map((id, at) => {
        const above = forward.filter(([from, to]) => to === id && row.has(from)).map(([from]) => row.get(from));
        return [id, above.length ? above.reduce((sum, one) => sum + one, 0) / above.length : at];
      }));
      group.sort((one, other) => middle.get(one) - middle.get(other));
      group.forEach((id, at) => row.set(id, at - group.length / 2));
    }
  }
  return found;
}

const short = (text, most) => {
  const signs = [...String(text)];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : signs.join("");
};

/** Draw a map into an svg element; it is redrawn only if it changed. */
export function drawMap(svg, { services = [], links = [] }, name) {
  const asText = JSON.stringify([services.map((one) => [one.id, one.state, one.replicas]), links]);
  if (svg.drawn === asText) return;
  svg.drawn = asText;
  const found = columns(services.map((one) => one.id), links);
  const most = Math.max(1, ...found.map((group) => group.length));
  const width = found.length * (WIDE + GAP_X) - GAP_X + 2 * EDGE;
  const height = most * (HIGH + GAP_Y) - GAP_Y + 2 * EDGE;
  const places = new Map();
  found.forEach((group, x) => group.forEach((id, y) => places.set(id, {
    x: EDGE + x * (WIDE + GAP_X),
    y: EDGE + (height - 2 * EDGE - group.length * (HIGH + GAP_Y) + GAP_Y) / 2 + y * (HIGH + GAP_Y),
  })));
  const states = new Map(services.map((one) => [one.id, stateOf(one.state)]));
  const lines = links.filter(([from, to]) => places.has(from) && places.has(to) && from !== to).map(([from, to]) => {
    const a = places.get(from), b = places.get(to);
    const x1 = a.x + WIDE, y1 = a.y + HIGH / 2, x2 = b.x - 2, y2 = b.y + HIGH / 2;
    const bend = Math.max(18, Math.abs(x2 - x1) / 2);
    const hurt = ["failing", "down"].includes(states.get(to)) ? " hurt" : "";
    return draw("path", { class: `edge${hurt}`, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` });
  });
  const boxes = services.map((one) => {
    const { x, y } = places.get(one.id), state = stateOf(one.state);
    const id = draw("text", { class: "id", x: x + 9, y: y + 29 }, short(one.id, 11));
    const word = draw("text", { class: "word", x: x + 32, y: y + 58 }, `${state}${one.replicas > 1 ? ` ${one.replicas}×` : ""}`);
    const sign = draw("text", { class: "sign", x: x + 19, y: y + 59, "text-anchor": "middle" }, SIGNS[state]);
    return draw("g", { class: `node ${state}` }, draw("rect", { x, y, width: WIDE, height: HIGH, rx: 7 }), sign, id, word);
  });
  const hurt = services.filter((one) => ["failing", "down"].includes(one.state)).map((one) => `${one.id} is ${one.state}`);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${name}: ${services.length} services. ${hurt.join(", ") || "None is failing."}`);
  svg.replaceChildren(...lines, ...boxes);
}
