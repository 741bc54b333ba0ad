// The plain way to play: everything as text, tables and buttons.

import { connect, newToken, remembered } from "./connection.js";
import { $, SIGNS, clock, fine, flag, make, percent, say, show, stateOf, sync, thousands } from "./dom.js";
import { drawHomework } from "./homework.js";
import { fetchDebrief, saveLink, showIn } from "./paper.js";

const MOST_READ_OUT = 2;
let line = null;
let token = "";
const sending = new Set();      // orders that were sent by a button and not answered yet
let heardBad = null;            // alerts that were read out (null: nothing was shown yet)
let round = -1;
let times = [];                 // [tick, seconds of the day], first and newest: what time a tick is

// ---- reading out -------------------------------------------------------------------------------------------------

function announce(text) {
  const said = make("p", "");
  said.textContent = text;
  $("live").append(said);
  setTimeout(() => said.remove(), 12000);
}

function answerSays(text, kind) {
  say($("answer"), text);
  $("answer").className = `text ${kind}`;
}

// ---- joining -----------------------------------------------------------------------------------------------------

async function begin() {
  const inAddress = decodeFragment();
  if (inAddress) history.replaceState(null, "", location.pathname);
  const seat = JSON.parse(remembered.get("seat") ?? "null");
  if (seat && (!inAddress || inAddress === seat.code)) { enter(seat); return; }
  if (inAddress) $("code").value = inAddress;
  joinForm("");
}

function decodeFragment() {
  let text = location.hash.slice(1);
  try { text = decodeURIComponent(text); } catch { /* as it is */ }
  return tidy(text).slice(0, 12);
}

const tidy = (code) => code.replace(/[^A-Za-z0-9]/g, "").toUpperCase();

async function joinForm(why) {
  show($("game"), false);
  show($("join"), true);
  say($("join-why"), why);
  $("join-button").textContent = "Join";
  ($("code").value ? $("join-button") : $("code")).focus();
  try {
    const health = await (await fetch("/health", { cache: "no-store" })).json();
    const free = health.names === "free";
    show($("name-box"), free);
    if (health.title) say($("join-title"), health.title);
    if (free && $("code").value && document.activeElement === $("join-button")) $("name").focus();
  } catch { /* the room will say */ }
}

$("join-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = tidy($("code").value);
  if (!code) { say($("join-why"), "Enter the code of the room."); $("code").focus(); return; }
  say($("join-why"), "");
  $("join-button").textContent = "Joining …";
  const seat = { token: newToken(), code };
  const name = $("name").value.trim();
  if (name && !$("name-box").hidden) seat.name = [...name].slice(0, 60).join("");
  remembered.set("seat", JSON.stringify(seat));
  enter(seat);
});

function enter(seat) {
  line?.close();
  token = seat.token;
  line = connect({ ...seat, view: true }, heard);
}

$("bye-again").addEventListener("click", () => {
  remembered.forget("seat");
  show($("bye"), false);
  joinForm("");
});

// ---- what the room says --------------------------------------------------------------------------------------------

function heard(what, told) {
  if (what === "welcome") {
    if (told.role !== "player") { line.close(); remembered.forget("seat"); joinForm("This address is for players."); return; }
    if (!$("join").hidden) { show($("join"), false); show($("game"), true); $("title").focus(); }
    show($("game"), true);
    show($("bye"), false);
    if (round !== told.round) { heardBad = null; times = []; round = told.round; }
    sending.clear();
    for (const { text } of line.waiting) sending.add(text);
    say($("me"), told.name);
    say($("me-code"), told.me);
    say($("title"), told.title || told.scenario);
  } else if (what === "line") {
    const lost = !told;
    $("line").className = lost ? "lost" : "";
    const back = $("line").textContent.startsWith("no connection");
    say($("line"), lost ? "no connection; reconnecting" : "connected");
    if (lost && line?.welcome) announce("Connection lost. Reconnecting; nothing you sent is lost.");
    else if (!lost && back) announce("Reconnected.");
    if (lost && !line?.welcome && !$("join").hidden) say($("join-why"), "The room does not answer; retrying.");
  } else if (what === "answer") {
    sending.delete(told.text);
    if (told.stored) { answerSays(`${told.text}: placed.`, "stored"); announce(`${told.text}: placed.`); }
    else { answerSays(`${told.text}: ${told.why}`, "refused"); announce(`Refused: ${told.text}: ${told.why}`); }
    render();
  } else if (what === "bye") {
    const welcomed = Boolean(line?.welcome);
    if (!welcomed) { remembered.forget("seat"); joinForm(told); return; }
    $("line").className = "lost";
    say($("line"), "the room is closed");
    show($("bye"), true);
    say($("bye-why"), told);
  } else if (what === "now") render();
}

function place(order, button) {
  if (button && sending.has(order)) return;
  if (line.over || !line.send({ t: "order", order }, order)) { answerSays("You are not connected.", "refused"); announce("You are not connected."); return; }
  sending.add(order);
  answerSays(`${order}: sending …`, "");
  render();
}

$("order-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const order = $("order").value.trim();
  if (!order) return;
  place(order, false);
  $("order").value = "";
});

// ---- drawing -------------------------------------------------------------------------------------------------------

function render() {
  const now = line.now, view = now.view ?? null;
  const { sign, word } = clock(now);
  const pace = now.state === "running" && now.pace ? `${now.pace} ${now.pace === 1 ? "tick" : "ticks"} a second. ` : "";
  say($("clock"), `${sign} ${word}`);
  const left = now.state === "planning" && typeof now.left_s === "number" ? `About ${now.left_s} s left. ` : "";
  say($("why"), pace + left + (now.why || ""));
  say($("people"), now.people ?? "–");
  if (now.name) say($("me"), now.name);
  drawHomework(line.welcome, now, token);
  show($("message-box"), now.message);
  say($("message"), now.message || "");
  show($("paper"), now.ready);
  if (!now.ready) show($("paper-frame"), false);
  choose($("poll"), now.poll && { ...now.poll, key: `poll ${now.poll.id}` });
  drawBoard(now.board, now.state);
  if (view) drawView(view, now);
}

function drawView(view, now) {
  if (view.title) say($("title"), view.title);
  document.title = `${now.state === "running" ? "▶ " : ""}${view.title || "DevOps Tycoon"}`;
  say($("when"), view.when);
  say($("cash"), view.cash);
  say($("hands"), view.hands);
  if (view.briefing && !$("briefing").textContent && now.state !== "running") $("briefing-box").open = true;
  show($("briefing-box"), view.briefing);
  say($("briefing"), view.briefing);
  const asked = view.question;
  const open = asked && (asked.open ?? (!asked.mine && view.phase === "planning"));
  choose($("question"), asked && (open || asked.mine) ? { ...asked, open, counts: null, key: asked.text } : null);
  drawServices(view);
  drawNews(view);
  sync($("journeys"), view.journeys ?? [], (one) => one.id, meter, (node, one) => {
    const known = typeof one.good === "number";
    const hurt = known && one.good < one.slo;
    say(node.children[0], one.title || one.id);
    say(node.children[1], known ? `${hurt ? "✖" : "●"} ${fine(one.good)}` : "not measured");
    node.children[1].className = known ? (hurt ? "hurt number" : "fits number") : "dim";
    say(node.children[2], `target ${shortest(one.slo)}${hurt ? ", missed" : ""}`);
  });
  sync($("goals"), view.goals ?? [], (one) => one.text, meter, (node, one) => {
    say(node.children[0], one.text);
    say(node.children[1], one.met ? "● met" : "○ not yet");
    node.children[1].className = one.met ? "fits" : "dim";
    say(node.children[2], one.says);
  });
  const unanswered = line.waiting.map(({ text }) => `${text} (not answered yet)`);
  const pending = [...unanswered, ...(view.pending ?? [])];
  show($("pending-box"), pending.length);
  sync($("pending"), pending, (text) => text, () => make("li", "text"), say);
  sync($("usage"), view.usage ?? [], (text) => text, () => make("option"), (node, text) => { if (node.value !== text) node.value = text; });
}

const shortest = (share) => `${Number((share * 100).toFixed(3))}%`;
const meter = () => make("li", "", make("span", "text"), make("span"), make("span", "note dim text"));

function drawServices(view) {
  const services = view.services ?? [], options = view.options ?? [];
  const known = new Set(services.map((one) => one.id));
  show($("no-services"), !services.length);
  sync($("rows"), services, (one) => one.id, serviceRow, (row, one) => {
    const state = stateOf(one.state), cells = row.children;
    flag(row, "class", state);
    say(cells[0].firstChild, one.id);
    say(cells[0].lastChild, one.kind);
    say(cells[1], `${SIGNS[state]} ${state}`);
    say(cells[2], one.replicas);
    const measured = typeof one.busy === "number";
    say(cells[3].firstChild, measured ? percent(one.busy) : "–");
    show(cells[3].lastChild, measured);
    cells[3].lastChild.firstChild.style.width = `${Math.round(100 * Math.min(1, Math.max(0, one.busy || 0)))}%`;
    say(cells[4], typeof one.waiting === "number" ? thousands(one.waiting) : "–");
    const about = options.filter((option) => option.about === one.id), [list, more] = cells[5].children;
    drawOptions(list, about.filter((option) => !detailed(option)));
    drawOptions(more.lastChild, about.filter(detailed));
    const many = more.lastChild.children.length;
    say(more.firstChild, `${many} more`);
    if (!more.contains(document.activeElement)) show(more, many);
  });
  const others = options.filter((option) => !known.has(option.about));
  drawOptions($("others"), others);
  show($("others-box"), others.length || $("others").children.length);
}

function serviceRow() {
  const id = make("th", "id", make("span", "text"), make("span", "kind text"));
  id.scope = "row";
  id.setAttribute("role", "rowheader");
  const cells = [["state", ""], ["right", "replicas"], ["right", "busy"], ["right", "waiting"], ["acts", ""]].map(([name, label]) => {
    const cell = make("td", name);
    cell.setAttribute("role", "cell");
    if (label) cell.dataset.label = label;
    return cell;
  });
  cells[2].append(make("span"), make("span", "bar", make("i")));
  const more = make("details", "more", make("summary"), make("ul", "orders"));
  cells[4].append(make("ul", "orders"), more);
  const row = make("tr", "", id, ...cells);
  row.setAttribute("role", "row");
  return row;
}

/** Orders that say how, or that change the drawing of the company: they are many, and wait behind "more". */
const detailed = (option) => /=|^(merge|split|move-data|adopt) /.test(option.order);

function drawOptions(list, options) {
  sync(list, options, (option) => option.order, optionButton, (item, option) => {
    const [button, why] = item.children;
    say(button.lastChild, option.price || "");
    say(why, option.why_not || "");
    item.whyNot = option.why_not || "";
    flag(button, "aria-disabled", item.whyNot ? "true" : null);
    flag(button, "data-sending", sending.has(option.order) ? "true" : null);
  }, (item) => {
    item.whyNot = "This order is no longer available.";
    flag(item.firstChild, "aria-disabled", "true");
    flag(item.firstChild, "data-sending", null);
  });
}

let buttons = 0;

function optionButton(option) {
  const button = make("button");
  button.type = "button";
  const words = make("span", "text");
  for (const [at, word] of option.order.split(" ").entries()) {
    const hides = at > 0 && word === option.about;
    const piece = make("span", hides ? "unseen" : "");
    piece.textContent = at ? ` ${word}` : word;
    words.append(piece);
  }
  button.append(words, " ", make("span", "price"));
  const why = make("span", "why text");
  why.id = `why-${buttons += 1}`;
  button.setAttribute("aria-describedby", why.id);
  const item = make("li", "", button, why);
  button.addEventListener("click", () => {
    if (item.whyNot) { answerSays(`${option.order}: ${item.whyNot}`, "refused"); announce(`Refused: ${option.order}: ${item.whyNot}`); }
    else place(option.order, true);
  });
  return item;
}

function drawNews(view) {
  learnTime(view);
  const facts = (view.facts ?? []).slice().reverse();
  sync($("news"), facts, ([tick, text]) => `${tick} ${text}`, () => make("li", "", make("time"), make("span", "sign"), make("span", "text")), (node, [tick, text, bad]) => {
    flag(node, "class", bad ? "bad" : null);
    say(node.children[0], timeOf(tick));
    say(node.children[1], bad ? "✖" : "·");
    say(node.children[2], text);
  });
  const [newest] = facts;
  say($("newest"), newest ? `${newest[2] ? "✖" : "·"} ${newest[1]}` : "");
  $("newest").className = `newest text${newest?.[2] ? " bad" : ""}`;
  const bad = facts.filter(([, , hurts]) => hurts).map(([tick, text]) => ({ key: `${tick} ${text}`, text }));
  if (heardBad !== null) {
    const fresh = bad.filter(({ key }) => !heardBad.has(key)).reverse();
    if (fresh.length) {
      const more = fresh.length > MOST_READ_OUT ? ` And ${fresh.length - MOST_READ_OUT} more.` : "";
      announce(`Alert: ${fresh.slice(-MOST_READ_OUT).map(({ text }) => text).join(" ")}${more}`);
    }
  }
  heardBad = new Set(bad.map(({ key }) => key));
}

/** Learn from two sights of the clock how long a tick is; the room tells the time only of its newest tick. */
function learnTime(view) {
  const found = /(\d+):(\d\d):(\d\d)/.exec(view.when ?? "");
  if (!found) return;
  const here = [view.tick, Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])];
  if (!times.length || view.tick < times[0][0]) times = [here];
  else if (times[0][0] !== view.tick) times = [times[0], here];
}

function timeOf(tick) {
  if (times.length < 2) return `+${tick}`;
  const [[t0, s0], [t1, s1]] = times;
  const seconds = s1 + (tick - t1) * ((((s1 - s0) % 86400) + 86400) % 86400) / (t1 - t0);
  const minutes = ((Math.floor(seconds / 60) % 1440) + 1440) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

// ---- questions -----------------------------------------------------------------------------------------------------

/** Show a question with its choices; a choice is sent by the button, not by walking over it with the arrow keys. */
function choose(box, asked) {
  show(box, asked);
  if (!asked) { box.asked = null; return; }
  const choices = box.querySelector(".choices"), fresh = box.asked?.key !== asked.key;
  if (fresh) {
    choices.replaceChildren();
    choices.nodesByKey = null;
    if (asked.open) announce(`Question: ${asked.text}`);
  }
  box.asked = asked;
  say(box.querySelector("legend"), asked.text);
  const total = (asked.counts ?? []).reduce((sum, one) => sum + one, 0);
  sync(choices, asked.choices.map((text, at) => ({ text, at })), ({ at }) => at, ({ at }) => {
    const radio = make("input");
    radio.type = "radio";
    radio.name = box.id;
    radio.value = at + 1;
    return make("label", "", radio, make("span", "text"), make("span", "count"));
  }, (node, { text, at }) => {
    const radio = node.firstChild;
    say(node.children[1], text);
    const count = asked.counts?.[at];
    say(node.children[2], count === undefined || count === null ? "" : `${count} of ${total}`);
    if (asked.mine === at + 1 && (fresh || box.mine !== asked.mine)) radio.checked = true;
    flag(radio, "aria-disabled", asked.open ? null : "true");
    if (!asked.open && document.activeElement !== radio) radio.disabled = true;
    else if (asked.open) radio.disabled = false;
  });
  box.mine = asked.mine;
  const button = box.querySelector("button");
  if (document.activeElement !== button) show(button, asked.open);
  say(button, asked.mine ? "Change answer" : "Answer");
  say(box.querySelector(".said"), asked.mine ? `Your answer: ${asked.choices[asked.mine - 1] ?? asked.mine}` : asked.open ? "" : "Closed.");
}

for (const box of [$("question"), $("poll")]) {
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = box.asked, choice = Number(box.querySelector("input:checked")?.value);
    if (!asked?.open) return;
    if (!choice) { say(box.querySelector(".said"), "Choose an answer first."); announce("Choose an answer first."); return; }
    if (box.id === "poll") line.send({ t: "answer", poll: asked.id, choice }, `Your answer to “${asked.text}”`);
    else place(`forecast-answer ${choice}`, false);
  });
}

// ---- board ---------------------------------------------------------------------------------------------------------

function drawBoard(board, state) {
  const rows = board?.rows ?? [];
  const table = document.querySelector("table.board");
  show(table, rows.length);
  const note = board === undefined ? "No board yet." : board === null ? "Hidden by the facilitator."
    : board.frozen ? "Frozen by the facilitator." : rows.length ? "" : "No players yet.";
  say($("board-note"), note);
  sync($("board"), rows, (row) => row.code, () => make("tr", "", make("td", "rank number"), make("td", "name", make("span", "text"), make("span", "tag me"), make("span", "tag"), make("span", "tag hurt")), make("td", "right"), make("td", "right")), (node, row) => {
    const mine = row.code === line.welcome?.me;
    flag(node, "aria-current", mine ? "true" : null);
    const [rank, name, score, uptime] = node.children;
    say(rank, row.rank);
    say(name.children[0], row.name);
    say(name.children[1], mine ? "you" : "");
    say(name.children[2], row.late ? "joined late" : row.over && state === "running" ? "over" : "");
    say(name.children[3], row.trouble ? "✖ incident" : "");
    say(score, thousands(row.score));
    say(uptime, fine(row.uptime));
  });
}

// ---- debrief -------------------------------------------------------------------------------------------------------

$("paper-read").addEventListener("click", async () => {
  say($("paper-why"), "");
  try {
    const html = await fetchDebrief(token);
    saveLink($("paper-save"), html);
    show($("paper-save"), true);
    showIn($("paper-frame"), html);
    show($("paper-frame"), true);
  } catch (error) { say($("paper-why"), error.message); }
});

begin();
