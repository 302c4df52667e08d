// The message as it will be, drawn again by the server a moment after the last key press.
const form = document.getElementById("alert_form");
const place = document.getElementById("forhandsvisning");
const ownTime = document.querySelector(".tk-own-time");

function showOwnTime() {
  const chosen = form.querySelector('[name="duration"]:checked');
  ownTime.hidden = chosen?.value !== "egen" && !ownTime.querySelector(".errorlist");
}

let timer, running;
async function draw() {
  running?.abort();
  running = new AbortController();
  const data = new FormData(form);
  data.set("_preview", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, signal: running.signal });
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
    if (drawn) place.replaceChildren(...drawn.children);
  } catch {
    // No answer: the button Förhandsgranska is still there.
  }
}

if (form && place && ownTime) {
  form.querySelector('[name="_preview"]').hidden = true;
  showOwnTime();
  form.addEventListener("input", () => {
    showOwnTime();
    clearTimeout(timer);
    timer = setTimeout(draw, 400);
  });
}
