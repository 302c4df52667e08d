// How the rich text editor asks: one modal dialog at a time, and a search whose hits are radio buttons.
// The scripts of the editor's own buttons use it as window.tinkDialog.
(() => {
  let count = 0;

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  // A label above a control, with a help text that is read with it.
  function field(label, control, help = "") {
    control.id ||= `tk-dialog-${++count}`;
    const made = element("p", { class: "tk-dialog__field" }, element("label", { for: control.id }, label), control);
    if (help) {
      made.append(element("span", { class: "help", id: `${control.id}-help` }, help));
      control.setAttribute("aria-describedby", `${control.id}-help`);
    }
    return made;
  }

  // Ask, and answer with what read() gives, the value of the extra button that was pressed, or null.
  // read() may throw an Error: its words are shown and the dialog stays open.
  function ask({ title, submit, parts, read, extra = null }) {
    const id = `tk-dialog-${++count}`;
    const problem = element("p", { class: "tk-dialog__problem errornote", role: "alert", hidden: true });
    const go = element("button", { type: "submit", class: "tk-dialog__go" }, submit);
    const cancel = element("button", { type: "button" }, "Avbryt");
    const form = element(
      "form", { method: "dialog", novalidate: true },
      element("h2", { id }, title), ...parts, problem, element("div", { class: "tk-dialog__buttons" }, go, cancel),
    );
    const dialog = element("dialog", { class: "tk-dialog", "aria-labelledby": id }, form);
    const before = document.activeElement;
    document.body.append(dialog);
    return new Promise((resolve) => {
      let answer = null;
      const close = (value) => {
        answer = value;
        dialog.close();
      };
      if (extra) {
        const button = element("button", { type: "button" }, extra.label);
        button.addEventListener("click", () => close(extra.value));
        cancel.before(button);
      }
      cancel.addEventListener("click", () => close(null));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        try {
          close(read());
        } catch (error) {
          problem.textContent = error.message;
          problem.hidden = false;
        }
      });
      dialog.addEventListener("close", () => {
        dialog.remove();
        before?.focus();
        resolve(answer);
      });
      dialog.showModal();
    });
  }

  async function fetchJson(address, parameters) {
    const response = await fetch(`${address}?${new URLSearchParams(parameters)}`, {
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(response.status === 403 ? "Du får inte söka här." : "Det gick inte att söka.");
    return response.json();
  }

  // A search field and its hits. draw(hit) gives what stands beside the radio button.
  function search({ label, help = "", legend, find, draw, onChoose = () => {} }) {
    const name = `tk-hits-${++count}`;
    const input = element("input", { type: "search", autocomplete: "off" });
    const status = element("p", { role: "status", class: "tk-dialog__status" });
    const list = element("div", { class: "tk-dialog__hits" });
    const hits = element("fieldset", { hidden: true }, element("legend", {}, legend), list);
    let shown = [];
    let latest = 0;
    let timer = null;

    async function look() {
      const mine = ++latest;
      try {
        const found = await find(input.value.trim());
        if (mine !== latest) return;
        shown = found;
        status.textContent = found.length ? (found.length === 1 ? "1 träff" : `${found.length} träffar`) : "Ingen träff. Prova ett annat ord.";
      } catch (error) {
        if (mine !== latest) return;
        shown = [];
        status.textContent = error.message;
      }
      list.replaceChildren(...shown.map((hit, place) =>
        element("label", { class: "tk-dialog__hit" }, element("input", { type: "radio", name, value: place }), draw(hit))));
      hits.hidden = !shown.length;
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 200);
    });
    // Enter searches and goes down to the hits; it does not send an empty answer.
    input.addEventListener("keydown", async (event) => {
      if (event.key !== "Enter" && event.key !== "ArrowDown") return;
      event.preventDefault();
      clearTimeout(timer);
      await look();
      list.querySelector("input")?.click();
      list.querySelector("input")?.focus();
    });
    list.addEventListener("change", () => onChoose(chosen()));
    const chosen = () => shown[list.querySelector("input:checked")?.value] ?? null;
    const clear = () => {
      const checked = list.querySelector("input:checked");
      if (checked) checked.checked = false;
    };
    look();
    return { parts: [field(label, input, help), status, hits], chosen, clear };
  }

  window.tinkDialog = { ask, element, fetchJson, field, search };
})();
