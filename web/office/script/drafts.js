// Text that was typed and not sent survives a cut line, a closed page and a session that ended: kept in this window of the browser
// alone, under whose it is, until it was sent or they sign out. Never passwords, hidden fields, or what is marked as personal.

const PLACE = "haechi-draft:";
const SENT = "haechi-sent";
const WHOSE = "haechi-whose";

let store;
try {
  store = sessionStorage;
  store.getItem(SENT);
} catch {
  // A browser that keeps nothing: nothing is kept.
}

const who = () => document.getElementById("main")?.dataset.who ?? "";
const keyOf = (form) => `${PLACE}${new URL(form.action).pathname}`;
const fieldsOf = (form) => [...form.querySelectorAll("textarea[name]:not([data-personal], [readonly])")];
const drafts = () => Object.keys(store).filter((key) => key.startsWith(PLACE));

function forget() {
  for (const key of drafts()) store.removeItem(key);
  store.removeItem(SENT);
}

/** Keeps what stands in a form's fields; an empty form has no draft. */
function keep(form) {
  const texts = {};
  for (const field of fieldsOf(form)) if (field.value.trim() && field.value !== field.defaultValue) texts[field.name] = field.value;
  if (Object.keys(texts).length > 0) store.setItem(keyOf(form), JSON.stringify(texts));
  else store.removeItem(keyOf(form));
}

/** Puts a draft back where the office has put nothing, and says so. */
function bringBack(form) {
  const draft = store.getItem(keyOf(form));
  if (!draft) return;
  const texts = JSON.parse(draft);
  const filled = fieldsOf(form).filter((field) => texts[field.name] && !field.value);
  if (filled.length === 0) return;
  for (const field of filled) field.value = texts[field.name];
  const words = document.querySelector("[data-draft-words]")?.content.cloneNode(true);
  if (!words) return;
  const said = words.firstElementChild;
  said.querySelector("button").addEventListener("click", () => {
    for (const field of filled) field.value = field.defaultValue;
    store.removeItem(keyOf(form));
    said.remove();
    filled[0].focus();
  });
  form.prepend(said);
  form.closest("details")?.setAttribute("open", "");
}

function page() {
  const main = document.getElementById("main");
  if (!store || !main) return;
  // Somebody else sits at this desk now.
  if (who() && store.getItem(WHOSE) !== who()) {
    forget();
    store.setItem(WHOSE, who());
  }
  // What was sent is done once a page of the office's own came back that refuses nothing, to somebody who is still signed in.
  const sent = store.getItem(SENT);
  if (sent && who()) {
    store.removeItem(SENT);
    if (!("refused" in main.dataset)) store.removeItem(sent);
  }
  if (who()) for (const form of document.querySelectorAll("main form[method='post']")) bringBack(form);
}

if (store) {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method === "post" && who() && event.target.matches("textarea")) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ("signOut" in form.dataset) forget();
    else if (form.method === "post" && form.closest("main")) store.setItem(SENT, keyOf(form));
  });
  // What never arrived was not sent: the next page is no answer to it.
  document.addEventListener("htmx:error", () => store.removeItem(SENT));
  document.addEventListener("haechi:page", page);
  page();
}
