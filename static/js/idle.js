// Says two minutes before the login ends that it will, and lets the editor go on. Nothing is asked of the
// server meanwhile. Without this script the server gives back what was sent too late.
const box = document.getElementById("tiden");
const WARN_SECONDS = 120;
const button = box.querySelector("button");
let end = Date.now() + Number(box.dataset.seconds) * 1000;
let before = null;

function show() {
  const left = (end - Date.now()) / 1000;
  if (left > WARN_SECONDS) {
    if (!box.hidden) hide();
    return;
  }
  const isOver = left <= 0;
  box.querySelector("#tiden-text").hidden = isOver;
  box.querySelector("#tiden-ute").hidden = !isOver;
  button.hidden = isOver;
  if (!box.hidden) return;
  before = document.activeElement;
  box.hidden = false;
  button.focus();
}

function hide() {
  box.hidden = true;
  before?.focus();
}

button.addEventListener("click", async () => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(box.dataset.url, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    redirect: "manual",
  }).catch(() => null);
  end = answer?.ok ? Date.now() + (await answer.json()).seconds * 1000 : Date.now();
  show();
});

setInterval(show, 5000);
// A computer that has slept shows the truth at once.
document.addEventListener("visibilitychange", show);
