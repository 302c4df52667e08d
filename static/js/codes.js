// Print and copy the recovery codes. Without this script they are written off by hand.
const buttons = document.querySelector("[data-code-buttons]");
const status = buttons.querySelector("[data-status]");
buttons.hidden = false;
buttons.querySelector("[data-print]").addEventListener("click", () => window.print());
const copy = buttons.querySelector("[data-copy]");
copy.hidden = !navigator.clipboard;
copy.addEventListener("click", async () => {
  const codes = [...document.querySelectorAll(`#${copy.dataset.copy} code`)].map((code) => code.textContent);
  await navigator.clipboard.writeText(codes.join("\n"));
  status.textContent = copy.dataset.copied;
});
