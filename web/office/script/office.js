// What htmx needs around it: where the focus goes, what is not quickened, a line that says that something is on its way, menus that
// close. Everything works without this file and without htmx.

const html = document.documentElement;

/** What is left to the browser: forms, unless they ask to be quick; files; what leads out of the page's frame. */
document.addEventListener("htmx:before:init", (event) => {
  const element = event.target;
  if (element.matches("form:not([hx-boost='true'], [hx-get])")) event.preventDefault();
});

// An answer that is no page is a file: the browser takes it.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const { headers } = ctx.response;
  const isPage = (headers.get("content-type") ?? "").startsWith("text/html");
  if (isPage && !headers.has("content-disposition")) return;
  event.preventDefault();
  ctx.response.raw.body?.cancel();
  if (ctx.request.method === "GET") location.assign(ctx.request.action);
});

document.addEventListener("htmx:before:request", () => {
  html.dataset.busy = "";
});
document.addEventListener("htmx:finally:request", () => {
  delete html.dataset.busy;
});

// The line is cut: said, and nothing typed is lost (drafts.js).
const cut = (isCut) => {
  const said = document.querySelector("[data-cut]");
  if (said) said.hidden = !isCut;
};
document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail;
  if (!ctx || error?.name === "AbortError") return;
  if (navigator.onLine && ctx.request.method === "GET") location.assign(ctx.request.action);
  else cut(true);
});
addEventListener("offline", () => cut(true));
addEventListener("online", () => cut(false));

// A new page came into the old one: ears are told by the focus, which is where a new page would have put it.
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  document.dispatchEvent(new CustomEvent("haechi:page"));
  if (ctx.target === document.body || ctx.target?.id === "main") {
    settle(ctx.request.anchor);
  } else {
    ctx.target?.querySelector?.("[data-told]")?.focus?.({ preventScroll: true });
  }
});

/** Puts the focus on what is wrong, else on what the address names, else on the page's title. */
function settle(anchor) {
  const named = anchor && document.getElementById(anchor);
  const at = document.getElementById("errors") ?? named ?? document.querySelector("main h1") ?? document.getElementById("main");
  if (!at) return;
  if (!at.hasAttribute("tabindex") && !at.matches("a, button, input, select, textarea, summary")) at.tabIndex = -1;
  at.focus({ preventScroll: Boolean(!named && at.id !== "errors") });
}

// A page that was loaded whole with something wrong in it begins there too; browsers differ in what they do with `autofocus`.
document.getElementById("errors")?.focus();

// A menu closes when something else is meant.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.drop[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.drop[open], details.menu-phone[open]")) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});

// A page prints itself.
const printers = () => {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
};
document.addEventListener("haechi:page", printers);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});
printers();
