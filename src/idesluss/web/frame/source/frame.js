/* Makes pages smoother; every page works without it. */
import "htmx.org";
import "./writing.js";
import "./keeping.js";
import "./screen.js";

document.documentElement.classList.add("scripted");

document.addEventListener("click", async (event) => {
  const print = event.target.closest("[data-print]");
  if (print) {
    event.preventDefault();
    window.print();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    copy.closest(".share").querySelector("[role=status]").textContent = copy.dataset.done;
  }
});

/* The list of what must be put right takes the focus, after a page load and after a swap alike;
 * once, so that a swap elsewhere on the page takes it from nobody who writes. */
const attended = new WeakSet();
const attend = (root) => {
  const first = root.querySelector("[data-attend]");
  if (!first || attended.has(first)) return;
  attended.add(first);
  first.focus();
};
attend(document);
document.addEventListener("htmx:after:swap", () => attend(document));

/* A second click on the same button sends nothing more. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000); // a download leaves the page where it is
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
