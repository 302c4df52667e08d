// A remark leads to its field. The rich text editor hides the field that it replaces: then to the editor.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".tk-checks a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  const editor = field.closest(".prose-editor");
  const target = (editor && editor.querySelector(".tiptap")) || field;
  event.preventDefault();
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
});
