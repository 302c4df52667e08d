// Everything works without this script. It makes three things smoother.

// 1. "Tyck till": the link to the form's page opens the same form in a dialog instead.
const dialogs = new Map();

async function fetchForm(address) {
  const response = await fetch(address, {
    headers: { "X-Requested-With": "dialog" },
    cache: "no-store",
    signal: AbortSignal.timeout(8000),
  });
  if (!response.ok || response.redirected) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector("#dialog-rubrik")) throw new Error("not the form");
  return page.body.children;
}

async function makeDialog(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "dialog-rubrik");
  dialog.append(...(await fetchForm(link.href)));
  // A click outside closes only while nothing is written: nobody shall lose a text.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !dialog.querySelector("textarea")?.value.trim()) dialog.close();
  });
  dialog.addEventListener("close", () => link.focus());
  document.body.append(dialog);
  countSigns(dialog);
  return dialog;
}

async function openDialog(link) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    if (!dialogs.has(link)) dialogs.set(link, await makeDialog(link));
    dialogs.get(link).showModal();
    dialogs.get(link).querySelector("#dialog-rubrik").focus();
  } catch {
    location.assign(link.href);
  } finally {
    link.ariaBusy = null;
  }
}

if (window.HTMLDialogElement && AbortSignal.timeout) {
  for (const link of document.querySelectorAll("a[data-dialog]")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openDialog(link);
    });
  }
}

// 2. Signs left, said only when there are few: a running count would disturb those who hear the page.
const FEW = 200;

function countSigns(root) {
  for (const output of root.querySelectorAll("[data-count]")) {
    const area = output.parentElement.querySelector("textarea");
    const show = () => {
      const left = output.dataset.count - [...area.value].length;
      output.textContent =
        left > FEW ? "" : left < 0 ? `${-left} tecken för mycket` : `${left} tecken kvar`;
    };
    area.addEventListener("input", show);
    show();
  }
}

countSigns(document);

// 3. The menu on a narrow screen closes when the keyboard leaves it, so that the focus is never behind it.
const menu = document.querySelector("#meny");
menu?.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget) && menu.matches(":popover-open")) menu.hidePopover();
});
