// The debrief, fetched with the token in a header (never in an address) and shown in a frame.
// Nothing in it is run: it is parsed as a document, its scripts are left out, its styles are put in as rules,
// which the page's strict policy allows (it guards what a pattern might miss). The saved file is the whole of it.

/** Fetch the debrief; throw a sentence. */
export async function fetchDebrief(token) {
  let answer;
  try { answer = await fetch("/debrief", { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" }); } catch {
    throw new Error("The room does not answer.");
  }
  const text = await answer.text();
  if (!answer.ok) throw new Error(text.trim().slice(0, 200) || `The room answered with status ${answer.status}.`);
  return text;
}

/** A link that saves it. */
export function saveLink(link, html) {
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([html], { type: "text/html;charset=utf-8" }));
  link.download = "debrief.html";
}

/** Show it in an empty frame of this page. */
export function showIn(frame, html) {
  if (!("adoptedStyleSheets" in Document.prototype)) throw new Error("This browser cannot show the debrief here. Save it and open the file.");
  const rules = [];
  const calm = html
    .replace(/<style\b[^>]*>([\s\S]*?)<\/style>/gi, (_, inside) => { rules.push(inside); return ""; })
    .replace(/<script\b[\s\S]*?<\/script>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)=/gi, " data-$1="));
  const parsed = new DOMParser().parseFromString(calm, "text/html");
  for (const node of parsed.querySelectorAll("script, style, link, meta, base, iframe, object, embed, form")) node.remove();
  for (const node of parsed.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      const address = ["href", "src", "xlink:href", "action", "formaction"].includes(name);
      if (name.startsWith("on") || (address && !/^(#|data:image\/)/i.test(value.trim()))) node.removeAttribute(name);
    }
  }
  const inner = frame.contentDocument;
  const root = inner.importNode(parsed.documentElement, true);
  for (const node of root.querySelectorAll("[data-style]")) node.style.cssText = node.dataset.style;
  inner.replaceChild(root, inner.documentElement);
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(rules.join("\n"));
  inner.adoptedStyleSheets = [sheet];
  for (const link of root.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      inner.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)))?.scrollIntoView();
    });
  }
}
