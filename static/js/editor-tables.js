// Tables in the rich text editor: the first row is headers unless somebody says otherwise, and a table has a caption.
import { Table as ProseTable, mergeAttributes } from "django-prose-editor/editor";

const { ask, element, field } = window.tinkDialog;
const CAPTION_HELP = "Säger vad tabellen visar. Står ovanför den.";

const number = (value) => {
  const input = element("input", { type: "number", min: 1, max: 30, required: true });
  input.value = value;
  return input;
};

function choice(options) {
  return element("select", {}, ...options.map(([value, label]) => element("option", { value }, label)));
}

function count(input, what) {
  const wanted = Number.parseInt(input.value, 10);
  if (!(wanted >= 1 && wanted <= 30)) throw new Error(`Skriv hur många ${what} tabellen ska ha, mellan 1 och 30.`);
  return wanted;
}

function tableDialog() {
  const [rows, cols] = [number(3), number(3)];
  const header = choice([["yes", "Ja"], ["no", "Nej"]]);
  const caption = element("input", { type: "text", maxlength: 200 });
  return ask({
    title: "Infoga tabell",
    submit: "Infoga tabell",
    parts: [
      field("Tabellens rubrik", caption, CAPTION_HELP), field("Rader", rows), field("Kolumner", cols),
      field("Första raden är rubriker", header),
    ],
    read: () => ({
      rows: count(rows, "rader"), cols: count(cols, "kolumner"), withHeaderRow: header.value === "yes",
      caption: caption.value.trim(),
    }),
  });
}

function captionDialog(current) {
  const caption = element("input", { type: "text", maxlength: 200 });
  caption.value = current ?? "";
  return ask({
    title: "Tabellens rubrik",
    submit: "Spara rubriken",
    parts: [field("Tabellens rubrik", caption, CAPTION_HELP)],
    read: () => ({ caption: caption.value.trim() }),
  });
}

export const Table = ProseTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: (table) => table.querySelector("caption")?.textContent.trim() || null,
        // Shown by the stylesheet while writing; what is stored is a <caption>.
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },

  parseHTML() {
    return [...(this.parent?.() ?? []), { tag: "caption", ignore: true }];
  },

  renderHTML({ node, HTMLAttributes }) {
    const { "data-caption": caption, ...attributes } = mergeAttributes(this.options.HTMLAttributes, HTMLAttributes);
    const body = ["tbody", 0];
    return caption ? ["table", attributes, ["caption", caption], body] : ["table", attributes, body];
  },

  addMenuItems(context) {
    this.parent?.(context);
    const { menu, buttons } = context;
    // No table inside a table: nobody can read it on a phone or by ear.
    menu.defineItem({
      name: "table",
      groups: "table",
      priority: 200,
      button: buttons.material("grid_on", "Insert table"),
      enabled: (editor) => !editor.isActive("table"),
      command: (editor) => editor.commands.insertTableWithOptions(),
    });
    menu.defineItem({
      name: "table:caption",
      groups: "table",
      button: buttons.material("title", "Tabellens rubrik"),
      hidden: (editor) => !editor.isActive("table"),
      command: async (editor) => {
        const answer = await captionDialog(editor.getAttributes("table").caption);
        const chain = editor.chain().focus();
        if (answer) chain.updateAttributes("table", { caption: answer.caption || null });
        chain.run();
      },
    });
  },

  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions: () => ({ editor }) => {
        tableDialog().then((answer) => {
          const chain = editor.chain().focus();
          if (answer) chain.insertTable(answer);
          if (answer?.caption) chain.updateAttributes("table", { caption: answer.caption });
          chain.run();
        });
        return true;
      },
    };
  },
});
