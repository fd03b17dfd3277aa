// Keyboard shortcuts, with a sheet that says them (`?`). They rest while somebody types, and can be switched off (WCAG 2.1.4).

const OFF = "haechi-keys-off";
const GO = { h: "/", c: "/cases", i: "/inbox" };

let isOff = false;
try {
  isOff = localStorage.getItem(OFF) === "yes";
} catch {
  // Nothing is kept: they are on.
}

let first = "";
let at;

const sheet = () => document.querySelector("[data-keys-sheet]");

function open() {
  const dialog = sheet();
  if (!dialog || dialog.open) return;
  dialog.querySelector("[data-keys-on]").checked = !isOff;
  dialog.showModal();
}

/** Goes to the next or the line before of the page's first list. */
function move(step) {
  const lines = [...document.querySelectorAll("main .task .title a, main table.rows tbody th a")];
  if (lines.length === 0) return;
  const now = lines.indexOf(document.activeElement);
  const next = lines[Math.min(Math.max(now === -1 ? (step > 0 ? 0 : lines.length - 1) : now + step, 0), lines.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

const DO = {
  "/": () => document.querySelector(".head-search input, main input[type='search']")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  x: () => document.activeElement?.closest("tr")?.querySelector("td.pick input")?.click(),
  a: () => {
    const answer = document.getElementById("answer");
    answer?.scrollIntoView();
    answer?.querySelector("input:not([type='hidden']), textarea, button")?.focus({ preventScroll: true });
  },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable], dialog")) return;
  if (event.key === "?") {
    event.preventDefault();
    open();
    return;
  }
  if (isOff) return;
  if (first === "g") {
    first = "";
    if (GO[event.key] && document.querySelector(`.menu-wide a[href="${GO[event.key]}"]`)) {
      event.preventDefault();
      location.assign(GO[event.key]);
    }
    return;
  }
  if (event.key === "g" && !event.repeat) {
    first = "g";
    clearTimeout(at);
    at = setTimeout(() => (first = ""), 1500);
  } else if (DO[event.key]) {
    event.preventDefault();
    DO[event.key]();
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-keys]") || !sheet()) return;
  event.preventDefault();
  open();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-keys-on]")) return;
  isOff = !event.target.checked;
  try {
    if (isOff) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
  } catch {
    // It holds for this page.
  }
});
