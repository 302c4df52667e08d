// Links in the rich text editor: to our own pages by search, as references that survive a move, or to an address.
import { Link as ProseLink, Plugin, pm } from "django-prose-editor/editor";

const { ask, element, fetchJson, field, search } = window.tinkDialog;
const { Decoration, DecorationSet } = pm.view;
const REFERENCE = /^(?:sida:[a-z_]+\.[a-z]+|dokument):[1-9]\d*$/;
const ALLOWED = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;
const REMOVE = Symbol("remove");

// What references lead to: {reference: target}; null while it is asked for, undefined when nobody has asked.
const targets = new Map();

async function learn(address, references) {
  const unknown = references.filter((reference) => !targets.has(reference)).slice(0, 20);
  if (!unknown.length) return false;
  for (const reference of unknown) targets.set(reference, null);
  try {
    const found = await fetchJson(address, unknown.map((reference) => ["ref", reference]));
    for (const reference of unknown) targets.set(reference, { title: "en sida som inte finns längre", kind: "" });
    for (const target of found.targets) targets.set(target.reference, target);
  } catch {
    for (const reference of unknown) targets.set(reference, { title: "en av våra sidor", kind: "" });
  }
  return true;
}

function describe(href) {
  if (!REFERENCE.test(href)) return href;
  const target = targets.get(href);
  if (!target) return "en av våra sidor";
  const note = target.note ? `. ${target.note}` : "";
  return target.kind ? `”${target.title}” (${target.kind.toLowerCase()})${note}` : target.title;
}

function drawTarget(target) {
  const note = [target.kind, target.note].filter(Boolean).join(". ");
  return element("span", {}, element("strong", {}, target.title), " ", element("span", { class: "quiet" }, note));
}

// What somebody typed as an address that a browser understands.
function completed(typed) {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]+$/i.test(text)) return `mailto:${text}`;
  if (/^[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#]|$)/i.test(text)) return `https://${text}`;
  if (ALLOWED.test(text) || REFERENCE.test(text)) return text;
  throw new Error("Skriv en adress som börjar med https://, mailto:, tel: eller /.");
}

async function linkDialog(editor, options) {
  const current = editor.getAttributes("link").href || "";
  const needsText = editor.state.selection.empty && !current;
  const isReference = REFERENCE.test(current);
  const text = element("input", { type: "text", autocomplete: "off" });
  const address = element("input", { type: "text", inputmode: "url", autocomplete: "off" });
  address.value = isReference ? "" : current;
  const pages = search({
    label: "Sök bland våra sidor",
    help: "Skriv ett ord ur sidans rubrik. Länken följer med om sidan flyttas.",
    legend: "Välj en sida",
    find: async (query) => (await fetchJson(options.targets, { q: query })).targets,
    draw: drawTarget,
    onChoose: (target) => {
      address.value = "";
      if (!text.value || text.dataset.lent) {
        text.value = target.title;
        text.dataset.lent = "1";
      }
    },
  });
  text.addEventListener("input", () => delete text.dataset.lent);
  address.addEventListener("input", pages.clear);
  const parts = [...pages.parts, field("Eller skriv en adress", address, "Exempel: https://www.1177.se eller tel:112")];
  if (current) parts.unshift(element("p", {}, `Länken går nu till ${describe(current)}.`));
  if (needsText) parts.push(field("Länkens text", text, "Orden som läsaren klickar på."));
  return ask({
    title: current ? "Ändra länk" : "Infoga länk",
    submit: current ? "Ändra länk" : "Infoga länk",
    extra: current ? { label: "Ta bort länken", value: REMOVE } : null,
    parts,
    read: () => {
      const target = pages.chosen();
      if (target) targets.set(target.reference, target);
      else if (!address.value.trim() && isReference) return { href: current };
      else if (!address.value.trim()) throw new Error("Välj en sida eller skriv en adress.");
      const href = target ? target.reference : completed(address.value);
      if (needsText && !text.value.trim()) throw new Error("Skriv länkens text.");
      return { href, text: needsText ? text.value.trim() : "" };
    },
  });
}

function apply(editor, answer) {
  const chain = editor.chain().focus();
  if (answer === REMOVE) chain.extendMarkRange("link").unsetLink().run();
  else if (answer && answer.text) {
    chain.insertContent([{ type: "text", text: answer.text, marks: [{ type: "link", attrs: { href: answer.href } }] }])
      .unsetMark("link").run();
  } else if (answer) chain.extendMarkRange("link").setMark("link", { href: answer.href, title: null }).run();
  else chain.run();
}

function linksIn(doc) {
  const found = [];
  doc.descendants((node, position) => {
    const mark = node.marks.find(({ type }) => type.name === "link");
    if (mark) found.push({ from: position, to: position + node.nodeSize, href: mark.attrs.href || "" });
  });
  return found;
}

// A link shows where it goes: when pointed at, and in words under the text while the cursor is in it.
function whereItGoes(editor, options) {
  return new Plugin({
    props: {
      decorations: (state) => DecorationSet.create(
        state.doc,
        linksIn(state.doc).map(({ from, to, href }) => Decoration.inline(from, to, { title: `Länk till ${describe(href)}` })),
      ),
    },
    view: (view) => {
      const line = element("p", { class: "tk-link-line", role: "status" });
      view.dom.after(line);
      const update = () => {
        const { href } = editor.getAttributes("link");
        const words = href ? `Länken går till ${describe(href)}.` : "";
        if (line.textContent !== words) line.textContent = words;
        const references = linksIn(view.state.doc).map((link) => link.href).filter((link) => REFERENCE.test(link));
        learn(options.targets, references).then((learnt) => {
          if (learnt && !view.isDestroyed) view.dispatch(view.state.tr.setMeta("addToHistory", false));
        });
      };
      // The editor is not ready to be asked while it is being made.
      setTimeout(() => view.isDestroyed || update());
      return { update, destroy: () => line.remove() };
    },
  });
}

export const Link = ProseLink.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      targets: "",
      isAllowedUri: (address, { defaultValidate }) => REFERENCE.test(address) || defaultValidate(address),
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "link",
      groups: "link",
      command: (editor) => editor.commands.addLink(),
      button: buttons.material("insert_link", "insert link"),
      active: (editor) => editor.isActive("link"),
    });
    menu.defineItem({
      name: "unlink",
      groups: "link",
      command: (editor) => editor.chain().focus().extendMarkRange("link").unsetLink().run(),
      button: buttons.material("link_off", "remove link"),
      hidden: (editor) => !editor.isActive("link"),
    });
  },

  addCommands() {
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        linkDialog(editor, this.options).then((answer) => apply(editor, answer));
        return true;
      },
    };
  },

  addProseMirrorPlugins() {
    return [...(this.parent?.() ?? []), whereItGoes(this.editor, this.options)];
  },
});
