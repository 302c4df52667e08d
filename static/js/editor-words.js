// Two marks on words in the rich text editor: which language they are in, and where a long word may be divided.
import { Extension, Mark } from "django-prose-editor/editor";

const { ask, element, field } = window.tinkDialog;
const REMOVE = Symbol("remove");
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ps", "ur", "yi"];
const LANGUAGES = [
  ["ar", "arabiska"], ["so", "somaliska"], ["en", "engelska"], ["fi", "finska"], ["fa", "persiska (farsi)"],
  ["prs", "dari"], ["ti", "tigrinja"], ["uk", "ukrainska"], ["ru", "ryska"], ["pl", "polska"], ["es", "spanska"],
  ["de", "tyska"], ["fr", "franska"], ["tr", "turkiska"], ["ku", "kurdiska (kurmanji)"], ["ckb", "kurdiska (sorani)"],
  ["ps", "pashto"], ["ur", "urdu"], ["th", "thailändska"], ["et", "estniska"], ["lt", "litauiska"], ["ro", "rumänska"],
  ["bs", "bosniska"], ["sq", "albanska"], ["fit", "meänkieli"], ["se", "nordsamiska"], ["rom", "romska"], ["yi", "jiddisch"],
  ["no", "norska"], ["da", "danska"],
].sort(([, left], [, right]) => left.localeCompare(right, "sv"));
const direction = (lang) => (["prs", "ckb", ...RIGHT_TO_LEFT].includes(lang) ? "rtl" : null);

function languageDialog(current) {
  const select = element(
    "select", {}, element("option", { value: "" }, "Välj språk"),
    ...LANGUAGES.map(([code, name]) => element("option", { value: code }, name)),
  );
  if (current && !LANGUAGES.some(([code]) => code === current)) select.append(element("option", { value: current }, current));
  select.value = current || "";
  return ask({
    title: "Språk",
    submit: "Märk orden",
    extra: current ? { label: "Ta bort märkningen", value: REMOVE } : null,
    parts: [field("Orden är på", select, "Då läser talsynteser upp dem rätt. Svenska ord ska inte märkas.")],
    read: () => {
      if (!select.value) throw new Error("Välj språk.");
      return select.value;
    },
  });
}

// Two halves of a word and the hyphen between them.
const HYPHEN = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none"
  stroke="currentColor" stroke-width="2"><rect x="1.5" y="6" width="6" height="12"/><path d="M9.5 12h5"/>
  <rect x="16.5" y="6" width="6" height="12"/></svg>`;

export const Language = Mark.create({
  name: "language",
  addAttributes: () => ({ lang: { default: null } }),
  parseHTML: () => [{ tag: "span[lang]" }],
  renderHTML: ({ mark }) => ["span", { lang: mark.attrs.lang, dir: direction(mark.attrs.lang) }, 0],

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "language",
      groups: "words",
      button: buttons.material("translate", "Språk"),
      active: (editor) => editor.isActive("language"),
      enabled: (editor) => !editor.state.selection.empty || editor.isActive("language"),
      command: async (editor) => {
        const answer = await languageDialog(editor.getAttributes("language").lang);
        let chain = editor.chain().focus();
        if (answer && editor.state.selection.empty) chain = chain.extendMarkRange("language");
        if (answer === REMOVE) chain = chain.unsetMark("language");
        else if (answer) chain = chain.setMark("language", { lang: answer });
        chain.run();
      },
    });
  },
});

export const SoftHyphen = Extension.create({
  name: "softHyphen",

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "softHyphen",
      groups: "words",
      priority: 50,
      button: buttons.svg(HYPHEN, "Mjukt bindestreck"),
      command: (editor) => editor.chain().focus().insertContent("\u00AD").run(),
    });
  },
});
