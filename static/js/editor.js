// The rich text editor in the admin: Swedish words, and a name for its text box.
const SWEDISH = {
  "paragraph": "vanlig text", "heading 2": "rubrik 2", "heading 3": "rubrik 3",
  "Paragraph": "Vanlig text", "Heading 2": "Rubrik 2", "Heading 3": "Rubrik 3",
  "unordered list": "punktlista", "ordered list": "numrerad lista", "List properties": "Listans utseende",
  "List type": "Slag av lista", "Start at": "Börja på", "Bullets": "Punkter", "Decimal numbers": "Siffror",
  "Lowercase letters": "Små bokstäver", "Uppercase letters": "Stora bokstäver",
  "Lowercase Roman numerals": "Små romerska siffror", "Uppercase Roman numerals": "Stora romerska siffror",
  "bold": "fet", "italic": "kursiv", "insert link": "infoga länk", "remove link": "ta bort länk",
  "Edit Link": "Länk", "URL": "Adress", "Title": "Titel", "Open in new window": "Öppna i nytt fönster",
  "Insert table": "Infoga tabell", "Insert Table": "Infoga tabell", "Table Properties": "Tabell",
  "Rows": "Rader", "Columns": "Kolumner", "Include header row": "Första raden är rubriker", "No": "Nej", "Yes": "Ja",
  "Add row before": "Lägg till rad före", "Add row after": "Lägg till rad efter", "Delete row": "Ta bort rad",
  "Add column before": "Lägg till kolumn före", "Add column after": "Lägg till kolumn efter",
  "Delete column": "Ta bort kolumn", "Delete table": "Ta bort tabell", "Merge or split cells": "Slå ihop eller dela celler",
  "Toggle header cell": "Rubrikcell av eller på", "undo": "ångra", "redo": "gör om",
  "Insert": "Infoga", "Update": "Uppdatera", "Cancel": "Avbryt",
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
