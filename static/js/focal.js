// Setting a picture's most important point by clicking or with the arrow keys. The two number fields remain the
// truth: this only writes into them, and shows what they say.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value) => Math.min(100, Math.max(0, Math.round(value) || 0));

function start(box) {
  const picture = box.querySelector("[data-focal-picture]");
  const fields = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
  if (!picture || !fields[0] || !fields[1]) return; // someone who may only look has no fields
  const marker = document.createElement("button");
  marker.type = "button";
  marker.className = "tk-focal__marker";
  marker.setAttribute("aria-describedby", "focal-how");
  picture.after(marker);
  box.querySelector("[data-focal-how]").hidden = false;

  const show = () => {
    const [x, y] = fields.map((field) => within(Number(field.value)));
    marker.style.left = `${x}%`;
    marker.style.top = `${y}%`;
    marker.setAttribute("aria-label", `Viktigaste punkten: ${x} procent från vänster, ${y} procent uppifrån`);
    // The same steps of ten percent as on the website: Picture.focal_classes.
    const classes = [["x", x], ["y", y]].map(([axis, value]) => `focal-${axis}-${Math.floor((value + 5) / 10) * 10}`);
    for (const crop of box.querySelectorAll("[data-focal-crop]")) {
      crop.classList.remove(...[...crop.classList].filter((name) => name.startsWith("focal-")));
      crop.classList.add(...classes);
    }
  };
  const move = (x, y) => {
    [x, y].forEach((value, index) => {
      fields[index].value = within(value);
      fields[index].dispatchEvent(new Event("change", { bubbles: true }));
    });
    show();
  };

  picture.addEventListener("click", (event) => {
    const area = picture.getBoundingClientRect();
    move(((event.clientX - area.left) / area.width) * 100, ((event.clientY - area.top) / area.height) * 100);
    marker.focus({ preventScroll: true });
  });
  marker.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 2;
    move(...fields.map((field, index) => within(Number(field.value)) + step[index] * size));
  });
  fields.forEach((field) => field.addEventListener("input", show));
  show();
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-focal]").forEach(start));
