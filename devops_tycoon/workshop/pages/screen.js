// The projector: what everybody may see, large. Its token can only look, and the host's has no business here.

import { connect, remembered } from "./connection.js";
import { $, clock, fine, flag, make, percent, say, show, sync, thousands } from "./dom.js";
import { drawMap } from "./map.js";
import { fetchDebrief, saveLink, showIn } from "./paper.js";

const MOST_ROWS = 20;
const PAGE_MS = 10000;
const CLOSED_MS = 45000;
const EVENTS = 4;
let line = null;
let token = "";
let page = 0;
let turns = true;
let closed = null;    // the closed poll that is shown, and since when

function begin() {
  const given = /^#([A-Za-z0-9_-]{24})$/.exec(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname);
  token = given ? given[1] : remembered.get("screen") ?? "";
  if (!token) { say($("wait-why"), "Open this page with the projector link shown in the host's console."); return; }
  remembered.set("screen", token);
  line = connect({ token }, heard);
}

function heard(what, told) {
  if (what === "welcome") {
    if (told.role !== "screen") {
      line.close();
      remembered.forget("screen");
      token = "";
      wait("This is not the projector link. Use the one shown in the host's console.");
      return;
    }
    say($("title"), told.title || told.scenario);
    page = 0;
  } else if (what === "line") say($("line"), told ? "" : "no connection; reconnecting");
  else if (what === "bye") wait(told);
  else if (what === "now") render();
}

function wait(why) {
  document.body.dataset.show = "wait";
  say($("wait-why"), why);
  say($("line"), "");
}

function render() {
  const now = line.now;
  if (line.over) return;
  const { sign, word } = clock(now);
  const comesIn = now.state === "lobby" || now.state === "homework";
  document.body.dataset.show = comesIn ? "lobby" : "play";
  const left = now.state === "planning" && typeof now.left_s === "number" ? ` · ${now.left_s} s left` : "";
  const pace = now.state === "running" && now.pace > 1 ? ` ×${now.pace}` : "";
  const when = ["running", "paused", "planning"].includes(now.state) && now.when ? ` · ${now.when.replace(/:\d\d$/, "")}` : "";
  say($("clock"), `${sign} ${word}${pace}${left}${when}`);
  say($("why"), now.why || "");
  say($("people"), ["lobby", "homework", "ended", "debrief"].includes(now.state) || !now.people ? "" : `${now.people} ${now.people === 1 ? "person" : "people"} · code ${now.code ?? ""}`);
  show($("message-box"), now.message);
  say($("message"), now.message || "");
  if (comesIn) drawLobby(now);
  drawBoard(now);
  drawPoll(asked(now));
  for (const which of ["best", "worst"]) {
    const seen = now.board ? now.maps?.[which] : null;
    show($(which), seen?.services?.length);
    if (!seen?.services?.length) continue;
    const ranked = (now.board.rows ?? []).filter((row) => !row.late);
    const who = (which === "best" ? ranked[0] : ranked[ranked.length - 1])?.name ?? "";
    say($(which).querySelector("figcaption span"), who);
    drawMap($(which).querySelector("svg"), seen, `${which === "best" ? "First" : "Last"} ${who}`);
  }
  const events = (now.events ?? []).slice(-EVENTS).reverse();
  show($("events-box"), events.length);
  sync($("events"), events, ([tick, text]) => `${tick} ${text}`, () => make("li", "", make("time"), make("span", "text")), (node, [tick, text]) => {
    say(node.children[0], `tick ${thousands(tick)}`);
    say(node.children[1], text);
  });
  show($("ready"), now.ready);
  if (!now.ready && !$("paper").hidden) $("back").click();  // another round has begun
}

function drawLobby(now) {
  sync($("addresses"), (now.addresses ?? []).slice(0, 3), (one) => one, () => make("li", "text"), (node, address) => say(node, String(address).replace(/#.*$/, "")));
  say($("code"), now.code || "");
  const first = String((now.addresses ?? [])[0] ?? "").replace(/^http:\/\/|\/.*$|\/$/g, "");
  say($("by-terminal"), `devops-tycoon workshop join ${first} ${now.code || ""}`);
  if ($("qr").hidden && now.code) {
    $("qr").onload = () => show($("qr"), true);
    if (!$("qr").src) $("qr").src = "/assets/qr.svg";
  }
  const people = now.people ?? 0;
  say($("here"), people ? `${people} ${people === 1 ? "person is" : "people are"} here` : "Nobody has joined yet");
  sync($("names"), now.board?.rows ?? [], (row) => row.code, () => make("li", "text"), (node, row) => say(node, row.name));
}

/** How many rows there is room for. */
function fits() {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const left = $("board-box").clientHeight / rem - 1.9 - 2 - ($("board-note").textContent ? 2.2 : 0);
  return Math.max(5, Math.min(MOST_ROWS, Math.floor(left / 1.745)));
}

function drawBoard(now) {
  const board = now.board, all = board?.rows ?? [];
  const pages = Math.max(1, Math.ceil(all.length / fits()));
  page %= pages;
  const most = fits(), rows = all.slice(page * most, (page + 1) * most);
  say($("board-note"), board === null ? "The facilitator has hidden the board." : board?.frozen ? "Frozen by the facilitator" : !all.length ? "No players yet." : "");
  show($("table"), all.length);
  flag($("table"), "class", all.length <= 10 && all.length * 2.9 < fits() * 1.7 ? "few" : null);
  sync($("board"), rows, (row) => row.code, () => make("tr", "", make("td", "rank"), make("td", "name", make("span", "text"), make("span", "tag")), make("td", "right score"), make("td", "right"), make("td", "right good")), (node, row) => {
    const [rank, name, score, uptime, good] = node.children;
    flag(node, "class", [row.rank === 1 && !row.late && "first", row.trouble && "trouble", row.late && "late"].filter(Boolean).join(" ") || null);
    say(rank, row.rank);
    say(name.children[0], row.name);
    say(name.children[1], [row.late && "late", row.over && now.state === "running" && "over"].filter(Boolean).join(", "));
    say(score, thousands(row.score));
    say(uptime, fine(row.uptime));
    say(good, `${row.good < 0.95 ? "▼ " : ""}${percent(row.good)}`);
    flag(good, "class", row.good < 0.95 ? "right good hurt" : "right good");
  });
  say($("pages"), pages > 1 ? `${page * most + 1}–${page * most + rows.length} of ${all.length} · ← → pages, Space ${turns ? "pauses" : "resumes"} · ✖ open incident` : all.some((row) => row.trouble) ? "✖ open incident" : "");
}

/** A closed poll makes room for the maps again once people have seen what they answered. */
function asked({ poll, state }) {
  if (!poll || poll.open || state !== "running") { closed = null; return poll ?? null; }
  if (closed?.id !== poll.id) closed = { id: poll.id, since: Date.now() };
  return Date.now() - closed.since < CLOSED_MS ? poll : null;
}

function drawPoll(poll) {
  show($("poll"), poll);
  $("side").className = poll ? "asked" : "";
  if (!poll) return;
  say($("poll-text"), poll.text);
  const counts = poll.counts ?? null, total = (counts ?? []).reduce((sum, one) => sum + one, 0);
  say($("poll-note"), poll.open ? "Answer on your own screen." : `${total} ${total === 1 ? "answer" : "answers"}`);
  sync($("choices"), poll.choices.map((text, at) => ({ text, at })), ({ at }) => `${poll.id} ${at}`, () => make("li", "", make("span", "dim"), make("span", "text"), make("span", "number"), make("span", "bar", make("i"))), (node, { text, at }) => {
    say(node.children[0], at + 1);
    say(node.children[1], text);
    say(node.children[2], counts ? String(counts[at] ?? 0) : "");
    show(node.children[3], counts);
    node.children[3].firstChild.style.width = `${total ? Math.round((100 * (counts?.[at] ?? 0)) / total) : 0}%`;
  });
}

setInterval(() => { if (line?.connected) { page += turns ? 1 : 0; render(); } }, PAGE_MS);

addEventListener("keydown", (event) => {
  if (!line || event.target.closest?.("button, a")) return;
  const pages = Math.max(1, Math.ceil((line.now.board?.rows?.length ?? 0) / fits()));
  if (event.key === "ArrowRight") { page += 1; turns = false; } else if (event.key === "ArrowLeft") { page = (page + pages - 1) % pages; turns = false; } else if (event.key === " ") turns = !turns;
  else return;
  event.preventDefault();
  render();
});

$("read").addEventListener("click", async () => {
  say($("ready-why"), "");
  try {
    const html = await fetchDebrief(token);
    saveLink($("save"), html);
    show($("save"), true);
    showIn($("frame"), html);
    show($("paper"), true);
    $("back").focus();
  } catch (error) { say($("ready-why"), error.message); }
});

$("back").addEventListener("click", () => { show($("paper"), false); $("read").focus(); });

begin();
