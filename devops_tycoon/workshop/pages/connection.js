// The line to the room: says hello, comes back by itself, and sends again what was not answered, under its old number.
// The room does everything that has a number once, however often it arrives.

const VERSION = 1;
const FIRST_MS = 250;
const SLOWEST_MS = 5000;
const OPENING_MS = 10000;
const SILENT_MS = 8000;  // a wish that nobody answered for so long: the line is dead, though nobody said so
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Draw a token: 24 characters of 6 bits each. */
export function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join("");
}

const memory = new Map();

/** What this tab remembers. Without storage (a strict browser) it remembers until it is reloaded. */
export const remembered = {
  get(key) {
    try { return sessionStorage.getItem(key) ?? memory.get(key) ?? null; } catch { return memory.get(key) ?? null; }
  },
  set(key, value) {
    memory.set(key, value);
    try { sessionStorage.setItem(key, value); } catch { /* it stays in memory */ }
  },
  forget(key) {
    memory.delete(key);
    try { sessionStorage.removeItem(key); } catch { /* it was in memory only */ }
  },
};

/** How long to wait before the next try: longer each time, and never the same for a whole class. */
export function pauseMs(tries) {
  const most = Math.min(SLOWEST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
  return most * (0.5 + Math.random() / 2);
}

/**
 * Stay connected to the room that served this page.
 *
 * `hello` is what the first message says in addition to its kind and version. `heard(what, told)` is called with
 * "welcome", "now", "answer" ({text, stored, tick, why}), "line" (connected or not) and "bye" (a sentence, final).
 */
export function connect(hello, heard) {
  const line = { welcome: null, now: {}, connected: false, over: false, send, close, waiting: [] };
  let socket = null;
  let seq = 0;
  let tries = 0;
  let timer = 0;
  let opening = 0;
  const keep = `unanswered ${hello.token}`;

  try { line.waiting = JSON.parse(remembered.get(keep) ?? "[]"); } catch { /* nothing was waiting */ }
  for (const { message } of line.waiting) seq = Math.max(seq, message.seq);

  function open() {
    clearTimeout(timer);
    timer = 0;
    if (line.over || socket) return;
    const here = socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    opening = setTimeout(() => lost(here), OPENING_MS);
    here.onopen = () => here.send(JSON.stringify({ t: "hello", v: VERSION, ...hello }));
    here.onclose = () => lost(here);
    here.onmessage = (event) => {
      if (here !== socket) return;
      let told;
      try { told = JSON.parse(event.data); } catch { return; }
      if (told.t === "welcome") welcomed(told);
      else if (told.t === "now") news(told);
      else if (told.t === "again") here.close();
      else if (told.t === "bye") finish(String(told.why || "The room is closed."));
    };
  }

  function lost(which) {
    if (which !== socket) return;
    clearTimeout(opening);
    socket = null;
    try { which.close(); } catch { /* it is closed */ }
    const was = line.connected;
    line.connected = false;
    if (line.over) return;
    timer = setTimeout(open, pauseMs(tries));
    tries += 1;
    if (was || tries === 1) heard("line", false);
  }

  function welcomed(told) {
    clearTimeout(opening);
    const another = line.welcome && line.welcome.round !== told.round;
    line.welcome = told;
    line.connected = true;
    tries = 0;
    seq = Math.max(seq, told.seq || 0);
    if (another) {
      line.now = {};
      for (const { message } of [...line.waiting]) {
        answered(message.seq, { stored: false, tick: -1, why: "Another round has started." });
      }
    }
    heard("welcome", told);
    heard("line", true);
    for (const sent of line.waiting) transmit(sent);
  }

  function news(told) {
    const { acks = [], nacks = [], log: _, t: __, ...changed } = told;
    line.now = { ...line.now, ...changed };
    for (const [number, tick] of acks) answered(number, { stored: true, tick, why: "" });
    for (const [number, why] of nacks) {
      if (why === "busy") again(number);
      else if (why === "renumber") renumber(number);
      else answered(number, { stored: false, tick: -1, why: String(why) });
    }
    heard("now", changed);
  }

  function again(number) {
    setTimeout(() => {
      const sent = line.waiting.find(({ message }) => message.seq === number);
      if (sent) transmit(sent);
    }, 200 + Math.random() * 400);
  }

  // Someone else sits in this seat too (another tab), and used the number for something else.
  function renumber(number) {
    const sent = line.waiting.find(({ message }) => message.seq === number);
    if (!sent) return;
    seq = Math.max(seq, line.now.seq || 0) + 1;
    sent.message.seq = seq;
    store();
    transmit(sent);
  }

  function answered(number, answer) {
    const place = line.waiting.findIndex(({ message }) => message.seq === number);
    if (place < 0) return;
    const [sent] = line.waiting.splice(place, 1);
    clearTimeout(sent.timer);
    store();
    heard("answer", { ...answer, text: sent.text });
  }

  function store() {
    if (line.waiting.length) {
      remembered.set(keep, JSON.stringify(line.waiting.map(({ message, text }) => ({ message, text }))));
    } else remembered.forget(keep);
  }

  function transmit(sent) {
    const here = socket;
    if (!here || here.readyState !== WebSocket.OPEN || !line.connected) return;
    here.send(JSON.stringify(sent.message));
    clearTimeout(sent.timer);
    sent.timer = setTimeout(() => lost(here), SILENT_MS);
  }

  /** Send a wish: {t: "order", order} or {t: "answer", poll, choice}. `text` is what people call it. */
  function send(wish, text) {
    if (!line.welcome || line.over) return false;
    seq += 1;
    const sent = { message: { ...wish, seq }, text };
    line.waiting.push(sent);
    store();
    transmit(sent);
    return true;
  }

  function finish(why) {
    line.over = true;
    line.connected = false;
    clearTimeout(timer);
    clearTimeout(opening);
    for (const sent of line.waiting) clearTimeout(sent.timer);
    remembered.forget(keep);
    const here = socket;
    socket = null;
    try { here?.close(); } catch { /* it is closed */ }
    heard("bye", why);
  }

  /** Hang up for good, without a word. */
  function close() {
    line.over = true;
    line.connected = false;
    clearTimeout(timer);
    clearTimeout(opening);
    const here = socket;
    socket = null;
    try { here?.close(); } catch { /* it is closed */ }
  }

  addEventListener("online", () => { if (timer) open(); });
  document.addEventListener("visibilitychange", () => { if (timer && !document.hidden) open(); });
  open();
  return line;
}
