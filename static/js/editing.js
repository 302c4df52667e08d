// Tell the portal that this form is open, and the editor when a colleague has the same page open.
const place = document.querySelector("[data-editing]");

function tell(left) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  if (left) {
    data.append("left", "1");
    navigator.sendBeacon(place.dataset.editing, data);
    return;
  }
  // X-Background: an open form is no sign that anybody works; the login still ends after half an hour.
  fetch(place.dataset.editing, { method: "POST", body: data, headers: { "X-Background": "yes" } })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((known) => known && show(known.others))
    .catch(() => {}); // no network for a while: the next one tells
}

// Only what has changed is written anew, so that a screen reader says it once.
function show(sentences) {
  const lines = place.querySelectorAll("p[data-now]");
  if ([...lines].map((line) => line.textContent).join("\n") === sentences.join("\n")) return;
  lines.forEach((line) => line.remove());
  for (const sentence of sentences) {
    const line = document.createElement("p");
    line.dataset.now = "";
    line.textContent = sentence;
    place.append(line);
  }
}

if (place) {
  tell(false);
  setInterval(() => tell(false), 30000);
  addEventListener("pagehide", () => tell(true));
  addEventListener("pageshow", (event) => event.persisted && tell(false));
}
