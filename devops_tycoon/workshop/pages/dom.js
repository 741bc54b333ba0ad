// Helpers for the page. Whatever comes from the room is set as text, never read as markup.

export const $ = (id) => document.getElementById(id);

/** Make an element with a class and text or children. */
export function make(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Set a node's text if it differs: a node that nothing changed is not touched, so nothing is read out twice. */
export function say(node, text) {
  const plain = String(text ?? "");
  if (node.textContent !== plain) node.textContent = plain;
}

export function show(node, visible) {
  if (node.hidden === Boolean(visible)) node.hidden = !visible;
}

export function flag(node, name, value) {
  if (value === null || value === false) { if (node.hasAttribute(name)) node.removeAttribute(name); return; }
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

const holds = (node) => node.contains(document.activeElement);

/**
 * Make the children of a node those of a list, in its order, keeping the nodes of keys that stay.
 *
 * The node with the focus is never moved and never removed: the others go around it, and if its key is gone it
 * stays (`gone(node)` may mark it) until the focus has left.
 */
export function sync(parent, items, keyOf, create, update, gone = () => {}) {
  const kept = parent.nodesByKey ?? (parent.nodesByKey = new Map());
  const counts = new Map();
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    return [`${key}\u0000${nth}`, item];
  });
  const keys = new Set(wanted.map(([key]) => key));
  for (const [key, node] of kept) {
    if (keys.has(key)) continue;
    if (holds(node)) { gone(node); continue; }
    node.remove();
    kept.delete(key);
  }
  let place = parent.firstElementChild;
  for (const [key, item] of wanted) {
    let node = kept.get(key);
    if (!node) { node = create(item); kept.set(key, node); }
    update(node, item);
    while (place && place !== node && !keys.has(place.key)) place = place.nextElementSibling;
    node.key = key;
    if (place === node) { place = node.nextElementSibling; continue; }
    if (node.parentNode === parent && holds(node)) {
      while (place && place !== node) {
        const next = place.nextElementSibling;
        parent.insertBefore(place, node.nextSibling);
        place = next;
      }
      place = node.nextElementSibling;
    } else parent.insertBefore(node, place);
  }
}

export const percent = (share, digits = 0) => (share === null || share === undefined ? "–" : `${(share * 100).toFixed(digits)}%`);

/** A share as uptimes are told: never rounded up to a whole that it is not. */
export const fine = (share) => (share === null || share === undefined ? "–" : `${(Math.floor(share * 10000 + 1e-6) / 100).toFixed(2)}%`);

export const thousands = (number) => String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ",");

/** What each state of a service looks like: sign and word; colour comes third. */
export const SIGNS = { well: "●", busy: "▲", failing: "✖", down: "○", unknown: "?" };
export const stateOf = (state) => (Object.hasOwn(SIGNS, state) ? state : "unknown");

const CLOCKS = {
  lobby: ["◌", "lobby"], history: ["◂", "history"], planning: ["▮▮", "planning"],
  homework: ["◌", "homework"], running: ["▶", "running"], paused: ["▮▮", "paused"], ended: ["■", "ended"], debrief: ["■", "debrief"],
};

/** The room's state as a sign and words. */
export function clock(now) {
  const [sign, word] = CLOCKS[now.state] ?? ["◌", "connecting"];
  return { sign, word };
}
