/* Saves what is written as it is written, and counts what room is left.
 *
 * A form with an element of class "autosave" is saved through that element a moment after the last
 * key; one save at a time, and a button that is pressed meanwhile waits for it, so that nobody ever
 * writes past themselves. What is not saved when the page is left is sent on the way out.
 */
const PAUSE = 1200; // ms after the last key
const RETRY = 5000; // ms after a failure

const states = new WeakMap();
const stateOf = (form) => {
  if (!states.has(form)) states.set(form, { dirty: false, saving: false, timer: 0, pressed: null });
  return states.get(form);
};
const saverOf = (form) => form?.querySelector?.(".autosave");
const formOf = (saver) => (saver.classList?.contains("autosave") ? saver.closest("form") : null);

function saveLater(form, wait) {
  const state = stateOf(form);
  state.dirty = true;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    if (state.saving) return; // what was written meanwhile is saved when this one is through
    state.saving = true;
    state.dirty = false;
    saverOf(form).dispatchEvent(new CustomEvent("autosave"));
  }, wait);
}

document.addEventListener("input", (event) => {
  count(event.target);
  reckon(event.target);
  const form = event.target.form;
  if (saverOf(form)) saveLater(form, PAUSE);
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  const state = stateOf(form);
  state.saving = false;
  if (state.pressed) {
    const button = state.pressed;
    state.pressed = null;
    form.requestSubmit(button);
  } else if (state.dirty) {
    saveLater(form, PAUSE);
  }
});

document.addEventListener("htmx:error", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  const told = form.querySelector(".saving");
  told.textContent = told.dataset.failed;
  saveLater(form, RETRY);
});

/* Before the form itself hears of it, hence captured. */
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!saverOf(form)) return;
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (state.saving) {
      state.pressed = event.submitter;
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      state.dirty = false;
    }
  },
  { capture: true },
);

window.addEventListener("pagehide", () => {
  for (const saver of document.querySelectorAll(".autosave")) {
    const form = saver.closest("form");
    const state = stateOf(form);
    if (!state.dirty || state.saving) continue;
    state.dirty = false;
    const headers = { "HX-Request": "true" };
    fetch(location.href, { method: "POST", body: new FormData(form), headers, keepalive: true });
  }
});

/* "1 204 characters left." A character is what a person sees as one, near enough. */
function count(field) {
  const limit = Number(field.dataset?.limit);
  const room = limit && field.closest(".ds-field")?.querySelector(".room");
  if (!room) return;
  room.dataset.most ??= room.textContent;
  const length = [...field.value.trim()].length;
  const left = limit - length;
  const words = left < 0 ? room.dataset.over : room.dataset.left;
  const many = Math.abs(left).toLocaleString(document.documentElement.lang);
  room.textContent = length ? words.replace("%s", many) : room.dataset.most;
  room.classList.toggle("room--over", left < 0);
}
for (const field of document.querySelectorAll("[data-limit]")) count(field);

/* Own work by the hour: hours times the rate, beside the hours. The server reckons it anew. */
function reckon(field) {
  const rate = Number(field.dataset?.rate);
  const made = rate && field.parentElement.querySelector("output");
  if (!made) return;
  const hours = field.value.replace(/\s/g, "");
  const minor = /^\d{1,6}$/.test(hours) ? Number(hours) * rate : 0;
  const digits = minor % 100 ? 2 : 0;
  const sum = (minor / 100).toLocaleString(document.documentElement.lang, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  made.textContent = minor ? `${sum}\u00a0${made.dataset.sign}` : "";
}
