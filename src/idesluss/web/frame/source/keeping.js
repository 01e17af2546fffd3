/* Keeps in the browser what is being written at a door, so that a lost network loses nothing.
 *
 * Only a form that says so (data-keep names it), only in this browser, at most for a week. What was
 * kept is offered, never put in by itself: somebody else may sit there. It is thrown away when the
 * receipt is shown (data-forget), or on request. A form on a machine that many share (data-idle,
 * seconds) keeps nothing and begins anew when nobody has touched it for a while.
 */
const WEEK = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 400; // ms after the last key
const NEVER = new Set(["csrfmiddlewaretoken", "form", "website", "challenge", "draft", "way", "then", "anyway", "alike"]);
const place = (name) => `idesluss:${name}`;

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(name)));
    if (kept && Date.now() - kept.at < WEEK) return kept.fields;
    localStorage.removeItem(place(name));
  } catch { /* storage is shut off, or holds something else: then nothing is kept */ }
  return null;
}

function forget(name) {
  try {
    localStorage.removeItem(place(name));
  } catch { /* as above */ }
}

/* What is typed, as pairs; what a form holds before anybody has typed is not worth keeping. */
const typed = (form) => [...new FormData(form)].filter(([name, value]) => !NEVER.has(name) && typeof value === "string");
const said = (pairs) => pairs.some(([name, value]) => ["need", "title", "for_whom", "evidence"].includes(name) && value.trim());

function keep(form) {
  const fields = typed(form);
  if (!said(fields)) return forget(form.dataset.keep);
  try {
    localStorage.setItem(place(form.dataset.keep), JSON.stringify({ at: Date.now(), fields }));
  } catch { /* full or shut off */ }
}

function putBack(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!values.has(field.name) || NEVER.has(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.get(field.name).includes(field.value);
    else field.value = values.get(field.name)[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const more = form.querySelector("details");
  if (more && fields.some(([name, value]) => value && more.querySelector(`textarea[name="${name}"], input:not([type])[name="${name}"], input[type="text"][name="${name}"]`))) more.open = true;
}

function watch(form) {
  const offer = form.querySelector("[data-kept-offer]");
  const status = form.querySelector("[data-kept-said]");
  const before = read(form.dataset.keep);
  let timer = 0;
  if (before && said(before) && JSON.stringify(before) !== JSON.stringify(typed(form)) && !said(typed(form))) {
    offer.hidden = false;
    form.prepend(offer);
  }
  form.querySelector("[data-kept-back]").addEventListener("click", () => {
    putBack(form, before);
    offer.hidden = true;
    form.elements.need.focus();
  });
  form.querySelector("[data-kept-away]").addEventListener("click", () => {
    forget(form.dataset.keep);
    offer.hidden = true;
    form.elements.need.focus();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    keep(form);
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation(); // it was not sent, so the button works again at once
    status.textContent = status.dataset.offline;
  });
  window.addEventListener("offline", () => { status.textContent = status.dataset.offline; });
  window.addEventListener("online", () => { status.textContent = status.dataset.online; });
  window.addEventListener("pagehide", () => { if (said(typed(form)) && !form.dataset.sent) keep(form); });
}

function beginAnew(form) {
  const wait = Number(form.dataset.idle) * 1000;
  let timer = 0;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(location.pathname), wait);
  };
  for (const sign of ["input", "keydown", "pointerdown"]) document.addEventListener(sign, again);
  again();
}

for (const done of document.querySelectorAll("[data-forget]")) forget(done.dataset.forget);
for (const form of document.querySelectorAll("form[data-keep]")) watch(form);
for (const form of document.querySelectorAll("form[data-idle]")) beginAnew(form);
