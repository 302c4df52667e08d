// "Flytta upp" and "Flytta ned" for rows that have an order. They change the number, and the rows on the
// screen with it; without JavaScript the number is written by hand.
const STEP = 10;
const place = (row) => row.querySelector('input[name$="-order"]');
const isTemplate = (row) => row.classList.contains("empty-form");
const rowsOf = (group) => [...group.querySelectorAll(":scope .inline-related")].filter((row) => !isTemplate(row) && place(row));

let status;
function tell(text) {
  status ??= document.body.appendChild(Object.assign(document.createElement("p"), { className: "visually-hidden tk-moved", role: "status" }));
  status.textContent = text;
}

// The smallest change of numbers that gives the order on the screen: rows above zero, a step apart.
function number(rows) {
  rows.forEach((row, index) => {
    const input = place(row);
    const value = String((index + 1) * STEP);
    if (input.value === value) return;
    input.value = value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function refresh(group) {
  const rows = rowsOf(group);
  rows.forEach((row, index) => {
    for (const button of row.querySelectorAll(".tk-move button")) {
      button.disabled = button.value === "-1" ? index === 0 : index === rows.length - 1;
    }
  });
}

function move(group, row, by) {
  const rows = rowsOf(group);
  const from = rows.indexOf(row);
  const other = rows[from + by];
  if (!other) return;
  if (by < 0) other.before(row);
  else other.after(row);
  number(rowsOf(group));
  refresh(group);
  const [up, down] = row.querySelectorAll(".tk-move button");
  const same = by < 0 ? up : down;
  (same.disabled ? (by < 0 ? down : up) : same).focus();
  tell(`Raden är flyttad till plats ${from + by + 1} av ${rows.length}.`);
}

function addButtons(group, row) {
  if (isTemplate(row) || !place(row) || row.querySelector(".tk-move")) return;
  const heading = row.querySelector("h3");
  const name = () => row.querySelector(".inline_label")?.firstChild?.textContent.trim() ?? "";
  const box = document.createElement("span");
  box.className = "tk-move";
  for (const [by, text] of [[-1, "Flytta upp"], [1, "Flytta ned"]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text, value: String(by) });
    button.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${name()}` }));
    button.addEventListener("click", () => move(group, row, by));
    box.append(button);
  }
  heading.append(box);
}

for (const group of document.querySelectorAll(".js-inline-admin-formset")) {
  if (!group.querySelector('input[name$="-order"]')) continue;
  // Rows arrive in the order of the list; a draft's new rows may stand after rows that they come before.
  const rows = rowsOf(group);
  const sorted = [...rows].sort((a, b) => Number(place(a).value) - Number(place(b).value));
  if (sorted.some((row, index) => row !== rows[index])) sorted.reduce((before, row) => (before?.after(row), row), null);
  for (const row of rows) addButtons(group, row);
  refresh(group);
  document.addEventListener("formset:added", (event) => {
    if (!group.contains(event.target)) return;
    addButtons(group, event.target);
    refresh(group);
  });
  document.addEventListener("formset:removed", () => refresh(group));
}
