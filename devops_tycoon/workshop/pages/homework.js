// Homework: what to play alone, and a field to hand the recording in. It goes out with the token in a header.

import { $, say, show } from "./dom.js";

const LARGEST = 64 * 1024;
const LESSON_PARTS = ".head, .newest, .grid, .skip";
let handing = false;
let token = "";

/** Show the homework instead of the lesson's clock and company, where the room is one. */
export function drawHomework(welcome, now, mine) {
  const alone = Boolean(welcome?.homework);
  token = mine;
  show($("homework"), alone);
  for (const node of document.querySelectorAll(LESSON_PARTS)) if (alone || node.id !== "newest") show(node, !alone);
  if (!alone) return;
  const harder = welcome.difficulty === "engineer" ? "" : ` --difficulty ${welcome.difficulty}`;
  say($("homework-why"), now.why || "");
  say($("homework-play"), `devops-tycoon play ${welcome.scenario} --seed ${welcome.seed}${harder} --record homework.replay`);
  say($("homework-stands"), now.homework ? `So far: ${now.homework}.` : "");
  show($("homework-form"), now.state === "homework");
}

function answer(text, refused) {
  say($("homework-said"), text);
  $("homework-said").className = refused ? "refused text" : "text";
}

$("homework-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = $("homework-file").files;
  if (handing) return;
  if (!file) { answer("Choose a file first.", true); $("homework-file").focus(); return; }
  if (file.size > LARGEST) { answer(`The file is too large for a recording of this game; expected at most ${LARGEST / 1024} KiB.`, true); return; }
  handing = true;
  answer("Handing in …", false);
  try {
    const said = await fetch("/hand-in", { method: "POST", headers: { Authorization: `Bearer ${token}` }, body: await file.arrayBuffer(), cache: "no-store" });
    const text = (await said.text()).trim().slice(0, 2000);
    answer(said.ok ? text : `Not accepted: ${text}`, !said.ok);
  } catch {
    answer("The room does not answer; nothing was handed in. Try again.", true);
  } finally {
    handing = false;
  }
});
