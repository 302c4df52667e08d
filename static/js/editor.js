// The rich text editor in the admin: Swedish words, and a name for its text box.
const SWEDISH = {
  "paragraph": "vanlig text", "heading 2": "rubrik 2", "heading 3": "rubrik 3",
  "Paragraph": "Vanlig text", "Heading 2": "Rubrik 2", "Heading 3": "Rubrik 3",
  "unordered list": "punktlista", "ordered list": "numrerad lista",
  "bold": "fet", "italic": "kursiv", "insert link": "infoga länk", "remove link": "ta bort länk",
  "Insert table": "infoga tabell", "Add row": "lägg till rad", "Delete row": "ta bort rad",
  "Add column": "lägg till kolumn", "Delete column": "ta bort kolumn", "Delete table": "ta bort tabell",
  "Merge cells": "slå ihop celler", "Split cell": "dela cell", "Toggle header cell": "rubrikcell av eller på",
  "undo": "ångra", "redo": "gör om",
};
const translate = window.gettext || ((text) => text);
window.gettext = (text) => SWEDISH[text] || translate(text);

function translateToolbar(toolbar) {
  for (const button of toolbar.querySelectorAll("[title]")) {
    const swedish = SWEDISH[button.title];
    if (!swedish) continue;
    button.title = swedish;
    button.setAttribute("aria-label", swedish);
  }
  for (const choice of toolbar.querySelectorAll(".prose-menubar__option > *")) {
    const swedish = SWEDISH[choice.textContent];
    if (swedish) choice.textContent = swedish;
  }
}

document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const name = label ? label.textContent.replace(/:$/, "").trim() : "Text";
  editor.setOptions({ editorProps: { attributes: { "aria-label": name, role: "textbox", "aria-multiline": "true" } } });
  const box = textarea.closest(".prose-editor");
  translateToolbar(box);
  // The toolbar comes later, and its first button is drawn anew when the text under the cursor changes kind.
  new MutationObserver(() => translateToolbar(box)).observe(box, { childList: true, subtree: true });
});
