// Django's search-as-you-type choices (Select2) have no name for those who hear the page: lend them the label's.
function nameChoices() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.parentElement.querySelector(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    const shown = box.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-labelledby", `${label.id} ${shown?.id ?? ""}`.trim());
    // Where several may be chosen the choices are a list with a search box and a button in it: no list at all.
    const search = box.querySelector(".select2-search__field");
    search?.setAttribute("aria-labelledby", label.id);
    if (search) shown?.setAttribute("role", "presentation");
    else shown?.setAttribute("aria-labelledby", label.id);
  }
}

// The "?" beside a box with two lists has its words in a name that only a picture may have.
function nameTooltips() {
  for (const sign of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) sign.setAttribute("role", "img");
}
addEventListener("load", nameTooltips);

const UNNAMED = '.select2-selection[aria-labelledby^="select2-"], .select2-search--inline input:not([aria-labelledby])';
// Select2 draws its boxes when it likes, also in rows added later.
let waiting = false;
new MutationObserver(() => {
  if (waiting || !document.querySelector(UNNAMED)) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    nameChoices();
  });
}).observe(document.documentElement, { childList: true, subtree: true });
