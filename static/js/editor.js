// The rich text editor in the admin: give its text box the name of its field, for screen readers.
document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const name = label ? label.textContent.replace(/:$/, "").trim() : "Text";
  editor.setOptions({ editorProps: { attributes: { "aria-label": name, role: "textbox", "aria-multiline": "true" } } });
});
