// Pictures from the library in the rich text editor. Only the reference is stored: the description, the caption and
// the photographer come from the library when the page is shown.
import { Node } from "django-prose-editor/editor";

const { ask, element, fetchJson, search } = window.tinkDialog;
const GONE = "Bilden finns inte längre eller får inte visas. Läsarna ser den inte.";
const known = new Map();

function drawPicture(picture) {
  const words = `${picture.alt || "Dekorativ bild"} (${picture.credit})`;
  return element(
    "span", { class: "tk-dialog__picture" },
    element("img", { src: picture.address, alt: "", loading: "lazy" }),
    element("span", {}, element("strong", {}, picture.title), element("span", { class: "quiet" }, words)),
  );
}

function pictureDialog(options) {
  const pictures = search({
    label: "Sök i bildbiblioteket",
    help: "Sök på bildens namn, beskrivning eller bildtext.",
    legend: "Välj en bild",
    find: async (query) => (await fetchJson(options.choices, { q: query })).pictures,
    draw: drawPicture,
  });
  return ask({
    title: "Infoga bild",
    submit: "Infoga bild",
    parts: pictures.parts,
    read: () => {
      const picture = pictures.chosen();
      if (!picture) throw new Error("Välj en bild.");
      known.set(picture.reference, Promise.resolve(picture));
      return picture;
    },
  });
}

function lookUp(options, reference) {
  if (!known.has(reference)) {
    known.set(reference, fetchJson(options.choices, { ref: reference }).then(({ pictures }) => pictures[0] ?? null, () => null));
  }
  return known.get(reference);
}

export const Picture = Node.create({
  name: "picture",
  group: "block",
  atom: true,
  draggable: true,

  addOptions: () => ({ choices: "" }),
  addAttributes: () => ({ src: { default: null } }),
  parseHTML: () => [{ tag: 'img[src^="bild:"]' }],
  renderHTML: ({ node }) => ["img", { src: node.attrs.src }],

  addNodeView() {
    return ({ node }) => {
      const caption = element("figcaption", {}, "Bilden hämtas …");
      const figure = element("figure", { class: "tk-picture", contenteditable: "false" }, caption);
      lookUp(this.options, node.attrs.src).then((picture) => {
        caption.textContent = picture ? `${picture.caption || picture.title} (${picture.credit})` : GONE;
        if (picture) figure.prepend(element("img", { src: picture.address, alt: picture.alt }));
      });
      return { dom: figure, ignoreMutation: () => true };
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "picture",
      groups: "picture",
      button: buttons.material("image", "Bild"),
      active: (editor) => editor.isActive("picture"),
      command: async (editor) => {
        const picture = await pictureDialog(this.options);
        const chain = editor.chain().focus();
        // The cursor goes on after the picture, so that what comes next does not replace it.
        if (picture) chain.insertContent({ type: "picture", attrs: { src: picture.reference } }).createParagraphNear();
        chain.run();
      },
    });
  },
});
