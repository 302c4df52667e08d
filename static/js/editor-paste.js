// Clean paste into the rich text editor: what Word, Outlook, Google Docs and web pages put on the clipboard becomes
// the headings, lists and tables that the writer meant. publishing/tidy.py does the same on the server.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const BLANKS = " \\t\\r\\n\\u00a0";
const SURE = "·•▪◦‣●■➢\uf0a7\uf0b7\uf0d8\uf0fc";
const UNSURE = "o§Øüv*–—\\-○□";
const MARK = new RegExp(
  `^[${BLANKS}]*(?:([${SURE}${UNSURE}])|(\\d{1,2}|[a-zA-Z]|[ivx]{2,4})([.)]))([${BLANKS}]+)(?=[^${BLANKS}])`,
);
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, table, tr, td, th, blockquote, pre, section, article";
const REMOVED = [
  "script, style, meta, link, title, base, iframe, object, embed, svg, math, form, input, button, select, textarea",
  "template, noscript, video, audio, canvas, colgroup, del, xml, nav, .msoDel, .MsoCommentReference, .EOP",
  '[data-style*="mso-hide:all" i], [data-style*="mso-element:comment" i], [hidden], [aria-hidden="true"]',
  '[data-style*="display:none" i], [data-style*="display: none" i]',
].join(", ");
const style = (element) => element.getAttribute("data-style") ?? "";
const isBlank = (text) => !text.replace(/[\s\u00a0]/g, "");
const unwrap = (element) => element.replaceWith(...element.childNodes);

function rename(element, tag) {
  const made = element.ownerDocument.createElement(tag);
  for (const { name, value } of element.attributes) {
    if (["data-style", "class", "aria-level"].includes(name)) made.setAttribute(name, value);
  }
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

// --- Words: weight, tone, links -----------------------------------------------------------------

function cleanWords(body) {
  for (const bold of body.querySelectorAll("b, strong")) {
    if (/font-weight:\s*(normal|400)/i.test(style(bold))) unwrap(bold);
  }
  for (const span of body.querySelectorAll("span")) {
    const wanted = [];
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style(span))) wanted.push("strong");
    if (/font-style:\s*italic/i.test(style(span))) wanted.push("em");
    for (const tag of span.closest("h1, h2, h3, h4, h5, h6, a[href]") ? [] : wanted) {
      const made = span.ownerDocument.createElement(tag);
      made.append(...span.childNodes);
      span.append(made);
    }
  }
  for (const link of body.querySelectorAll("a")) {
    const href = withoutWatchers(link.getAttribute("href") ?? "");
    const isKept = /^(https?:|mailto:|tel:|sida:|dokument:|\/(?!\/))/i.test(href) && !isBlank(link.textContent);
    if (isKept) link.setAttribute("href", href);
    else unwrap(link);
  }
  for (const picture of body.querySelectorAll("img, picture, figure > br")) picture.remove();
}

// Outlook and Google send every click past themselves.
function withoutWatchers(href) {
  try {
    const address = new URL(href);
    if (address.hostname.endsWith(".safelinks.protection.outlook.com")) return address.searchParams.get("url") ?? href;
    if (/(^|\.)google\.[a-z.]+$/.test(address.hostname) && address.pathname === "/url") return address.searchParams.get("q") ?? href;
  } catch {
    // Not a whole address: it is judged as it stands.
  }
  return href;
}

// --- Headings -----------------------------------------------------------------------------------

function cleanHeadings(body) {
  for (const title of body.querySelectorAll("p.MsoTitle, p.title")) rename(title, "h2");
  for (const heading of body.querySelectorAll('[role="heading"]')) {
    if (/^(P|DIV)$/.test(heading.tagName)) rename(heading, heading.getAttribute("aria-level") > 2 ? "h3" : "h2");
  }
  for (const heading of body.querySelectorAll("h1")) rename(heading, "h2");
  for (const heading of body.querySelectorAll("h4, h5, h6")) rename(heading, "h3");
  for (const mark of body.querySelectorAll(":is(h2, h3) :is(b, strong, i, em, u)")) unwrap(mark);
}

// --- Lists --------------------------------------------------------------------------------------

function pointOf(paragraph) {
  if (paragraph.tagName !== "P") return null;
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(style(paragraph));
  const ignored = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(style(span)));
  const text = paragraph.textContent;
  const match = MARK.exec(ignored ? `${ignored.textContent}\u00a0x` : text);
  if (!match) return null;
  const [whole, bullet, figure, end, blank] = match;
  const isWord = Boolean(level || ignored || /MsoListParagraph/.test(paragraph.className));
  const isSure = isWord || (bullet && SURE.includes(bullet));
  if (!isSure && !(blank.includes("\t") || (blank.length > 1 && blank.includes("\u00a0")))) return null;
  const kind = bullet || (/\d/.test(figure) ? "1" : figure === figure.toUpperCase() ? "A" : "a") + end;
  return { paragraph, ignored, length: whole.length, tag: bullet ? "ul" : "ol", kind, isSure, level: level && Number(level[1]) };
}

function levelOfKind(kind, kinds) {
  const place = kinds.indexOf(kind);
  if (place < 0) kinds.push(kind);
  else kinds.length = place + 1;
  return kinds.length;
}

function cut(element, length) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (length > 0 && walker.nextNode()) {
    const taken = Math.min(length, walker.currentNode.length);
    walker.currentNode.deleteData(0, taken);
    length -= taken;
  }
}

function itemOf({ paragraph, ignored, length }) {
  if (ignored) ignored.remove();
  else cut(paragraph, length);
  const item = paragraph.ownerDocument.createElement("li");
  item.append(...paragraph.childNodes);
  return item;
}

function makeList(run) {
  if (!run.length || (!run.some((point) => point.isSure) && run.length < 2)) return;
  const place = run[0].paragraph.ownerDocument.createComment("list");
  run[0].paragraph.before(place);
  const open = [];
  const kinds = [];
  for (const point of run) {
    const level = point.level ?? levelOfKind(point.kind, kinds);
    while (open.length && open.at(-1).level > level) open.pop();
    if (open.length && open.at(-1).level === level && open.at(-1).list.localName !== point.tag) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = place.ownerDocument.createElement(point.tag);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else place.before(list);
      open.push({ level, list });
    }
    open.at(-1).list.append(itemOf(point));
    point.paragraph.remove();
  }
  place.remove();
}

function makeLists(container) {
  let run = [];
  let last = null;
  const finish = () => {
    makeList(run);
    run = [];
  };
  for (const paragraph of [...container.querySelectorAll("p")]) {
    const point = pointOf(paragraph);
    if (run.length && last !== previousElement(paragraph)) finish();
    if (point) run.push(point);
    else finish();
    last = paragraph;
  }
  finish();
}

function previousElement(element) {
  let before = element.previousSibling;
  while (before && before.nodeType !== 1 && isBlank(before.data ?? "")) before = before.previousSibling;
  return before;
}

// Word on the web gives every point a list of its own that says how deep it lies.
function joinLists(body) {
  for (const wrapper of body.querySelectorAll(".ListContainerWrapper")) unwrap(wrapper);
  for (const item of body.querySelectorAll("li")) {
    const level = Number(item.getAttribute("data-aria-level") || item.getAttribute("aria-level") || 1);
    const list = item.parentElement;
    if (!/^[UO]L$/.test(list.tagName) || list.children.length > 1) continue;
    const before = previousElement(list);
    if (!before || !/^[UO]L$/.test(before.tagName) || !(item.hasAttribute("data-aria-level"))) continue;
    let home = before;
    for (let depth = 1; depth < level; depth += 1) {
      const inner = home.lastElementChild?.lastElementChild;
      if (inner && /^[UO]L$/.test(inner.tagName)) home = inner;
      else {
        const made = item.ownerDocument.createElement(list.localName);
        (home.lastElementChild ?? home).append(made);
        home = made;
      }
    }
    if (home.tagName !== list.tagName && level === 1) continue;
    home.append(item);
    list.remove();
  }
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    if (list.previousElementSibling) list.previousElementSibling.append(list);
  }
}

// --- Tables -------------------------------------------------------------------------------------

const isBold = (cell) => !isBlank(cell.textContent) && [...cell.querySelectorAll("b, strong")].map((b) => b.textContent).join("").trim() === cell.textContent.trim();

// A first row in bold is a row of headers.
function cleanTables(body) {
  for (const table of body.querySelectorAll("table")) {
    const [first, second] = table.rows;
    if (!second || table.querySelector("th") || ![...first.cells].every(isBold)) continue;
    for (const cell of [...first.cells]) {
      for (const mark of cell.querySelectorAll("b, strong")) unwrap(mark);
      const span = cell.getAttribute("colspan");
      const header = rename(cell, "th");
      if (span) header.setAttribute("colspan", span);
    }
  }
}

// --- All of it ----------------------------------------------------------------------------------

function removeComments(doc) {
  const walker = doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

function removeEmpty(body) {
  for (const block of body.querySelectorAll("p, h2, h3, li, div, span, strong, em, b, i")) {
    if (!isBlank(block.textContent) || block.querySelector("img, table, td")) continue;
    if (block.matches("span, strong, em, b, i")) unwrap(block);
    else block.remove();
  }
}

// Styles are read for what they say, never used; handlers are dropped with all unknown attributes. Under their own
// names the site's policy would stop and report them already when the browser reads the text.
function disarmed(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<(?:base|link|meta)\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)(\s*=)/gi, "$1data-$2$3"));
}

export function clean(html) {
  const readable = disarmed(html);
  const doc = new DOMParser().parseFromString(readable, "text/html");
  // What was copied in one of our own editors has its references and languages; the editor lets no more through.
  if (doc.querySelector("[data-pm-slice]")) return readable;
  removeComments(doc);
  for (const element of doc.querySelectorAll(REMOVED)) element.remove();
  cleanWords(doc.body);
  cleanHeadings(doc.body);
  joinLists(doc.body);
  makeLists(doc.body);
  cleanTables(doc.body);
  removeEmpty(doc.body);
  for (const element of doc.body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!["href", "colspan", "rowspan"].includes(name)) element.removeAttribute(name);
    }
    if (element.matches("span, font, o\\:p")) unwrap(element);
  }
  for (const gap of [...doc.body.childNodes]) {
    if (gap.nodeType === 3 && isBlank(gap.data) && doc.body.querySelector(BLOCKS)) gap.remove();
  }
  return doc.body.innerHTML;
}

// --- Text without markup ------------------------------------------------------------------------

// Lines that a PDF or a mail has broken at its own width are put together again.
export function paragraphsOf(text) {
  const paragraphs = [];
  let open = false;
  let width = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    const words = line.trim();
    if (!words) {
      open = false;
      continue;
    }
    const goesOn = open && width >= 30 && /^\p{Ll}/u.test(words) && !MARK.test(line) && !/[.:!?]$/.test(paragraphs.at(-1));
    if (!goesOn) paragraphs.push(words.replace(/^([·•▪◦‣●■➢])\s+/, "$1\u00a0"));
    else if (/\p{L}-$/u.test(paragraphs.at(-1)) && !/^(och|eller|samt)\b/.test(words)) paragraphs.push(paragraphs.pop().slice(0, -1) + words);
    else paragraphs.push(`${paragraphs.pop()} ${words}`);
    open = true;
    width = words.length;
  }
  return paragraphs;
}

function slice(text, context, view) {
  const paragraphs = paragraphsOf(text);
  if (paragraphs.length < 2) return null;
  const { body } = document.implementation.createHTMLDocument("");
  for (const words of paragraphs) {
    const paragraph = body.ownerDocument.createElement("p");
    paragraph.textContent = words;
    body.append(paragraph);
  }
  makeLists(body);
  return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(body, { preserveWhitespace: true, context });
}

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        transformPastedHTML: clean,
        clipboardTextParser: (text, context, isPlain, view) => slice(text, context, view),
      },
    }),
  ],
});
