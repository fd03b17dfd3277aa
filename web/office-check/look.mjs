// Looks at every page of the office as people see it, and uses it as they do: with a keyboard alone, on a narrow screen, enlarged, in three
// colours and two languages, with scripts and without.
//
//     node look.mjs [--shots DIR] SHOWCASE
//
// Starts `SHOWCASE 0` (an invented city: crates/haechi-office/examples/showcase.rs), and ends it. Prints `look: N stories, 0 troubles`, or
// each trouble and exit code 1. `--shots DIR` writes pictures of the pages, wide and on a phone.

import { createHmac } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { end, firstCase, launch, showcase, signIn as signInTo } from "./city.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Bytes of a first page on the wire, without letters. */
const LIGHT = 150 * 1024;

const PAGES = {
  clerk: ["/", "/cases", "/cases?state=with_manager&late=yes", "case:state=with_handler", "case:state=waiting", "/monitoring", "/unmapped", "/inbox", "/roles", "/account", "/account/second-factor", "/proof", "/kept", "/stand-ins", "/search?q=%EA%B2%B0%EC%A0%9C", "/views", "/views/new?late=yes&order=amount", "/guides"],
  manager: ["/", "/cases", "case:state=with_manager"],
  auditor: ["/", "case:state=with_audit", "case:closed=yes&order=newest", "/exclusions", "/runs", "/runs/sources", "run", "/scenarios", "/scenarios/card.split-payment", "/scenarios/card.split-payment?change=min_payments", "/log", "/access", "/settings/retention", "/settings/retention/holds", "/statistics"],
  "integrity officer": ["/", "/people", "/outbox", "/monitoring", "/people/import", "/people/unit?code=9999110", "/people/unit/new", "person"],
  administrator: ["/", "/settings/setup", "/people/unit?code=9999110", "/people/unit/change?code=9999110", "/people/unit/end?code=9999100", "/people/person/new", "person", "person/change", "person/place", "person/absence", "person/leave", "/people/grants", "account", "/settings", "/settings?change=handler-days", "/settings/calendar", "/settings/tokens", "/settings/webhooks", "/settings/retention", "/settings/retention/period?class=access", "/settings/retention/destruction?class=cases", "/settings/retention/holds", "/templates", "/templates/assigned", "/gallery", "/help", "/accessibility", "/about", "/nowhere"],
};

const words = process.argv.slice(2);
let shots;
if (words[0] === "--shots") [, shots] = words.splice(0, 2);
if (shots) mkdirSync(shots, { recursive: true });

const troubles = [];
const office = await showcase(words[0]);
const browser = await launch();
let stories = 0;
try {
  await story("every page is accessible in three colours and two languages", everyPage);
  await story("a screen of 320 pixels, or four times the size, loses nothing", narrow);
  await story("a clerk answers a case with the keyboard alone", keyboard);
  await story("a page that comes quickly is a page: title, focus, address, the way back", quick);
  await story("conditions of a list stand in its address and are taken off one by one", conditions);
  await story("what was refused says so first, keeps what was typed, and leads to the field", refused);
  await story("what was typed survives, for its own writer alone", drafts);
  await story("keys move, can be looked up, and can be switched off", keys);
  await story("colours follow the system until somebody chooses", colours);
  await story("the first page is light, and nothing comes from elsewhere", light);
  await story("on paper there is what was read, and who printed it", paper);
  await story("a second step is set up where the government wants it, what was typed waits, and its code is asked for", secondStep);
} finally {
  await browser.close();
  end(office);
}
for (const trouble of troubles) console.error(trouble);
console.log(`look: ${stories} stories, ${troubles.length} troubles`);
process.exitCode = troubles.length === 0 ? 0 : 1;

async function story(name, told) {
  stories += 1;
  try {
    await told();
  } catch (error) {
    troubles.push(`${name}: ${error.message}`);
  }
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

/** A window of its own; what the browser complains about in it is a trouble. */
async function open({ language = "ko", theme, width = 1280, height = 900, scripts = true, ...rest } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: scripts, ...rest });
  await context.addCookies([{ name: "haechi-language", value: language, url: office.url }]);
  if (theme) await context.addCookies([{ name: "haechi-theme", value: theme, url: office.url }]);
  const page = await context.newPage();
  page.on("console", (message) => {
    // What the office answers with a refusal on purpose is not a complaint.
    // Nor is a line that was cut on purpose.
    const isOnPurpose = /status of (404|409|422|401|403)|INTERNET_DISCONNECTED|htmx:error: Failed to fetch/;
    if (message.type() === "error" && !isOnPurpose.test(message.text())) troubles.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

async function signIn(who, how = {}) {
  const page = await open(how);
  await signInTo(page, office, who);
  return page;
}

/** The address of a page; `case:QUERY` is the first case of a list, `run` the newest run, `person` the first head of a unit, `account` the account of somebody else. */
async function address(page, path) {
  if (path.startsWith("person")) {
    await page.goto(`${office.url}/people/unit?code=9999110`);
    const own = await page.locator('main th a[href^="/people/persons/"]').first().getAttribute("href");
    return own + path.slice("person".length);
  }
  if (path === "run") {
    await page.goto(`${office.url}/runs`);
    return page.locator('main a[href^="/runs/"]').first().getAttribute("href");
  }
  if (path === "account") {
    await page.goto(`${office.url}/people?unit=9999110`);
    return page.locator('main a[href^="/people/"][href$="/account"]').last().getAttribute("href");
  }
  if (!path.startsWith("case:")) return path;
  return firstCase(page, office, path.slice(5));
}

/** axe's rules, with everything opened. Our own policy allows no script in a page, so axe is put in from outside it. */
async function judge(page, at) {
  await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) troubles.push(`${at}: ${id}: ${help} (${nodes.length}) ${nodes[0].target.join(" ")}`);
}

async function picture(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

function named(who, path) {
  return `${who.replaceAll(" ", "-")}${path.replaceAll(/[^a-z0-9]+/gi, "-")}`.replace(/-+$/, "");
}

async function everyPage() {
  for (const theme of ["light", "dark", "contrast"]) {
    for (const language of ["ko", "en"]) {
      for (const [who, paths] of Object.entries(PAGES)) {
        const page = await signIn(who, { language, theme });
        for (const path of paths) {
          const to = await address(page, path);
          const answer = await page.goto(office.url + to);
          const wanted = path === "/nowhere" ? 404 : 200;
          if (answer.status() !== wanted) troubles.push(`${who} ${path}: answered with ${answer.status()}`);
          if (language === "ko" || theme === "light") await picture(page, `${named(who, path)}-${language}-${theme}`);
          await judge(page, `${who} ${path} ${language} ${theme}`);
        }
        await page.context().close();
      }
      const stranger = await open({ language, theme });
      await stranger.goto(`${office.url}/sign-in`);
      await picture(stranger, `sign-in-${language}-${theme}`);
      await judge(stranger, `sign-in ${language} ${theme}`);
      await stranger.context().close();
    }
  }
}

async function narrow() {
  for (const [language, width, theme] of [["ko", 320, "light"], ["en", 320, "contrast"], ["ko", 390, "light"]]) {
    for (const [who, paths] of Object.entries(PAGES)) {
      const page = await signIn(who, { language, theme, width, height: 844 });
      for (const path of paths) {
        await page.goto(office.url + (await address(page, path)));
        const at = `${who} ${path} ${language} ${width}`;
        if (width === 390) await picture(page, `${named(who, path)}-phone`);
        const lost = await page.evaluate(() => {
          document.querySelectorAll("main details").forEach((details) => (details.open = true));
          const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          const cut = [...document.querySelectorAll("main *")].filter((element) => {
            const { overflowX, display, clipPath, position } = getComputedStyle(element);
            const isUnseen = clipPath !== "none" || position === "absolute" || element.closest(".unseen, thead");
            return display !== "inline" && !isUnseen && overflowX !== "visible" && overflowX !== "auto" && overflowX !== "clip" && element.scrollWidth > element.clientWidth + 1 && !element.matches("input, select, textarea, progress");
          });
          return { wider, cut: cut.map((element) => element.outerHTML.slice(0, 120)) };
        });
        if (lost.wider > 0) troubles.push(`${at}: is ${lost.wider} px wider than the window`);
        for (const cut of lost.cut) troubles.push(`${at}: is cut off: ${cut}`);
        if (language === "ko" && width === 320) await judge(page, at);
      }
      // The menu opens without a script and leads everywhere the wide one does.
      if (width === 390) {
        await page.goto(office.url);
        await page.locator(".menu-phone > summary").click();
        const small = await page.locator(".menu-phone nav a").count();
        const wide = await page.locator(".menu-wide a").count();
        if (small !== wide) troubles.push(`${who}: ${small} places in the phone's menu, ${wide} in the wide one`);
        await picture(page, `${named(who, "/menu")}-phone`);
      }
      await page.context().close();
    }
  }
}

/** Where the focus is, and whether it is seen: within the window, covered by nothing. */
async function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const middle = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
    const top = document.elementFromPoint(...middle);
    const { outlineStyle } = getComputedStyle(element);
    return {
      tag: element.tagName,
      id: element.id,
      name: element.name ?? "",
      text: (element.innerText ?? "").trim(),
      isSeen: element === document.body || Boolean(top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element)),
      hasRing: element === document.body || outlineStyle !== "none" || element.matches("main, h1"),
    };
  });
}

/** Presses Tab until `reached`, at most so often. */
async function tab(page, reached, most = 120) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    if (!at.isSeen) troubles.push(`keyboard: the focus is hidden at ${at.tag}#${at.id} “${at.text.slice(0, 40)}” of ${page.url()}`);
    if (!at.hasRing) troubles.push(`keyboard: the focus cannot be seen at ${at.tag}#${at.id} “${at.text.slice(0, 40)}”`);
    if (reached(at)) return at;
  }
  throw new Error(`not reached with ${most} tabs at ${page.url()}`);
}

async function keyboard() {
  for (const scripts of [true, false]) {
    const page = await open({ scripts });
    await page.goto(`${office.url}/sign-in`);
    await tab(page, (at) => at.id === "login");
    await page.keyboard.type(office.accounts.clerk);
    await tab(page, (at) => at.id === "password");
    await page.keyboard.type(office.password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${office.url}/`);
    // The first thing one meets leads past the menu.
    if (scripts) await page.evaluate(() => document.activeElement.blur());
    const skip = await tab(page, (at) => at.text.length > 0, 1);
    expect(skip.text === "본문으로 건너뛰기", `the first stop is “${skip.text}”`);
    await page.keyboard.press("Enter");
    await tab(page, (at) => at.tag === "A" && at.text.includes("결제"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/cases\/[0-9a-f-]+/);
    await tab(page, (at) => at.name === "outcome");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    const chosen = await page.evaluate(() => document.querySelector("input[name=outcome]:checked")?.value);
    expect(chosen === "explained", `arrows chose ${chosen}`);
    await tab(page, (at) => at.name === "text");
    await page.keyboard.type("참석자가 서로 다른 두 모임이었습니다.");
    await tab(page, (at) => at.tag === "BUTTON" && at.text === "답변 보내기", 3);
    await page.keyboard.press("Enter");
    await page.locator(".page-head .tag", { hasText: "부서장 승인 대기" }).waitFor();
    await page.context().close();
  }
}

async function quick() {
  const page = await signIn("clerk");
  await page.evaluate(() => (globalThis.stayed = true));
  await page.locator(".menu-wide a", { hasText: "점검의 날" }).click();
  await page.waitForURL(`${office.url}/monitoring`);
  await page.locator("main h1", { hasText: "점검의 날" }).waitFor();
  expect(await page.evaluate(() => globalThis.stayed === true), "the page was loaded whole");
  await page.waitForFunction(() => document.title.startsWith("점검의 날"));
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  const here = await page.locator(".menu-wide a[aria-current]").innerText();
  expect(here === "점검의 날", `the menu says ${here}`);
  await page.goBack();
  await page.waitForURL(`${office.url}/`);
  await page.locator("main h1", { hasText: "오늘 할 일" }).waitFor();
  // What is no page is saved, not shown.
  const auditor = await signIn("auditor", { acceptDownloads: true });
  await auditor.goto(`${office.url}/log`);
  const [download] = await Promise.all([auditor.waitForEvent("download"), auditor.locator("main a", { hasText: "events.jsonl" }).click()]);
  expect(download.suggestedFilename() === "events.jsonl", "the log is not saved as a file");
  // A session that ended leads to the sign-in, and from there back.
  const other = await signIn("clerk");
  await other.context().clearCookies({ name: "haechi" });
  await other.locator(".menu-wide a", { hasText: "사안" }).click();
  await other.waitForURL(/\/sign-in\?next=%2Fcases/);
}

async function conditions() {
  for (const scripts of [true, false]) {
    const page = await signIn("auditor", { scripts });
    await page.goto(`${office.url}/cases`);
    if (scripts) await page.evaluate(() => (globalThis.stayed = true));
    await page.selectOption("#state", "with_handler");
    await page.check("input[name=late]");
    await page.locator("form.filters button").click();
    await page.waitForURL(/state=with_handler/);
    expect(/late=yes/.test(page.url()), `the address is ${page.url()}`);
    await page.locator(".chip", { hasText: "기한 지남" }).waitFor();
    const late = await page.locator("main tbody tr").count();
    expect(late > 0 && (await page.locator("main tbody .late").count()) === late, "a line is there that is not late");
    if (scripts) {
      expect(await page.evaluate(() => globalThis.stayed === true), "the whole page was loaded");
      await page.waitForFunction(() => document.activeElement?.matches("[data-told]"));
    }
    await page.locator(".chip", { hasText: "기한 지남" }).click();
    await page.waitForURL((url) => !url.search.includes("late="));
    await page.locator("main thead a", { hasText: "금액" }).click();
    await page.waitForURL(/order=amount/);
    await page.locator("main th[aria-sort=descending]", { hasText: "금액" }).waitFor();
    await page.context().close();
  }
}

async function refused() {
  for (const scripts of [true, false]) {
    const page = await signIn("clerk", { scripts });
    await page.goto(office.url + (await address(page, "case:state=with_handler&order=newest")));
    await page.check("input[name=outcome][value=excluded]");
    await page.fill("#answer-basis", "해치시 당직 규칙");
    await page.fill("#answer-until", "모레쯤");
    await page.fill("#answer-text", "매달 같은 곳에서 결제합니다.");
    await page.locator("#answer button", { hasText: "답변 보내기" }).click();
    await page.locator("#errors").waitFor();
    if (scripts) await page.waitForFunction(() => document.activeElement?.id === "errors" && document.title.startsWith("오류:"));
    expect((await page.title()).startsWith("오류:"), `the title is ${await page.title()}`);
    const kept = [await page.inputValue("#answer-until"), await page.inputValue("#answer-text"), await page.inputValue("#answer-basis")];
    expect(kept.every((value) => value.length > 0), `what was typed is lost: ${kept}`);
    expect((await page.getAttribute("#answer-until", "aria-invalid")) === "true", "the field does not say that it is wrong");
    const described = (await page.getAttribute("#answer-until", "aria-describedby")).split(" ");
    for (const id of described) expect((await page.locator(`#${id}`).count()) === 1, `${id} describes the field and is not there`);
    await page.locator("#errors a").first().click();
    if (scripts) await page.waitForFunction(() => document.activeElement?.id === "answer-until");
    await picture(page, `case-refused${scripts ? "" : "-plain"}`);
    if (scripts) await judge(page, "a refused answer");
    await page.context().close();
  }
}

async function drafts() {
  const page = await signIn("clerk");
  const to = await address(page, "case:state=with_handler&order=amount");
  await page.goto(office.url + to);
  await page.fill("#answer-text", "적다 만 글입니다.");
  await page.goto(`${office.url}/inbox`);
  await page.goto(office.url + to);
  expect((await page.inputValue("#answer-text")) === "적다 만 글입니다.", "what was typed is lost");
  await page.locator("#answer .notice").waitFor();
  await picture(page, "case-draft");
  await page.locator("#answer .notice button").click();
  expect((await page.inputValue("#answer-text")) === "", "it cannot be dropped");
  // The line is cut while it is sent.
  await page.check("input[name=outcome][value=explained]");
  await page.fill("#answer-text", "끊긴 사이에 적은 글입니다.");
  await page.context().setOffline(true);
  await page.locator("#answer button", { hasText: "답변 보내기" }).click();
  await page.locator("[data-cut]").waitFor({ state: "visible" });
  expect((await page.inputValue("#answer-text")) === "끊긴 사이에 적은 글입니다.", "the text went with the line");
  await page.context().setOffline(false);
  await page.goto(office.url + to);
  expect((await page.inputValue("#answer-text")) === "끊긴 사이에 적은 글입니다.", "the text is not there again");
  const stored = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("haechi-draft:")).length);
  // Sent: gone.
  await page.check("input[name=outcome][value=explained]");
  await page.locator("#answer button", { hasText: "답변 보내기" }).click();
  await page.locator(".page-head .tag", { hasText: "부서장 승인 대기" }).waitFor();
  await page.waitForFunction(() => !Object.keys(sessionStorage).some((key) => key.startsWith("haechi-draft:")));
  // Signed out: gone, and nobody who comes after sees it.
  await page.fill("#comment-comment", "남기지 않을 메모");
  expect((await stored()) === 1, "the note has no draft");
  await page.locator("details.drop > summary", { hasText: "김담당" }).click();
  await page.locator(".drop-sheet form button", { hasText: "로그아웃" }).click();
  await page.waitForURL(/sign-in/);
  expect((await stored()) === 0, "a draft stays behind at sign-out");
  // The session ended by itself and somebody else signs in, in the same window.
  const shared = await signIn("clerk");
  await shared.goto(office.url + to);
  await shared.fill("#comment-comment", "김담당의 메모");
  await shared.context().clearCookies({ name: "haechi" });
  await shared.goto(`${office.url}/sign-in`);
  await shared.fill("#login", office.accounts.manager);
  await shared.fill("#password", office.password);
  await shared.locator("main form button").first().click();
  await shared.waitForURL(`${office.url}/`);
  await shared.goto(office.url + to);
  expect((await shared.inputValue("#comment-comment")) === "", "somebody else reads the draft");
  // What is personal is not kept.
  const officer = await signIn("administrator");
  await officer.goto(`${office.url}/people/import`);
  await officer.fill("#records", '{"persons": []}');
  expect((await officer.evaluate(() => JSON.stringify(sessionStorage))).includes("persons") === false, "personal data is kept in the browser");
}

async function keys() {
  const page = await signIn("clerk");
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await judge(page, "the sheet of keys");
  await picture(page, "keys");
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const second = await page.locator(".task .title a").nth(1).getAttribute("href");
  expect((await page.evaluate(() => document.activeElement.getAttribute("href"))) === second, "j does not move to the next line");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForURL(`${office.url}/cases`);
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement.type === "search"), "/ does not lead to the search");
  // While somebody types, letters are letters.
  await page.keyboard.type("g c ?");
  expect((await page.evaluate(() => document.activeElement.value)) === "g c ?", "a key is taken from who types");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  await page.uncheck("#keys-on");
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.goto(`${office.url}/inbox`);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForTimeout(200);
  expect(page.url().endsWith("/inbox"), "keys that were switched off still move");
}

async function colours() {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await open({ colorScheme: "light" });
  await light.goto(`${office.url}/help`);
  expect((await ground(light)) === "rgb(255, 255, 255)", `light is ${await ground(light)}`);
  const dark = await open({ colorScheme: "dark", scripts: true });
  await dark.goto(`${office.url}/help`);
  expect((await ground(dark)) === "rgb(19, 20, 22)", `dark is ${await ground(dark)}`);
  const contrast = await open({ contrast: "more" });
  await contrast.goto(`${office.url}/help`);
  expect((await ground(contrast)) === "rgb(0, 0, 0)", `high contrast is ${await ground(contrast)}`);
  await dark.locator(".foot a", { hasText: "고대비" }).click();
  await dark.waitForURL(`${office.url}/help`);
  expect((await ground(dark)) === "rgb(0, 0, 0)", "the choice does not hold");
  await dark.goto(`${office.url}/about`);
  expect((await ground(dark)) === "rgb(0, 0, 0)", "the choice is gone on the next page");
  const forced = await open({ forcedColors: "active" });
  await forced.goto(`${office.url}/help`);
  await judge(forced, "forced colours");
}

async function light() {
  const page = await open();
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(office.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  await page.goto(`${office.url}/sign-in`);
  await page.fill("#login", office.accounts.clerk);
  await page.fill("#password", office.password);
  await page.locator("main form button").first().click();
  await page.waitForURL(`${office.url}/`);
  // Cold: a window that has nothing kept.
  const cold = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await cold.addCookies(await page.context().cookies());
  const first = await cold.newPage();
  await first.goto(office.url, { waitUntil: "networkidle" });
  const { bytes, letters, lines } = await first.evaluate(() => {
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const size = (entries) => entries.reduce((sum, entry) => sum + entry.transferSize, 0);
    const isLetter = (entry) => entry.name.endsWith(".woff2");
    return {
      bytes: size(all.filter((entry) => !isLetter(entry))),
      letters: size(all.filter(isLetter)),
      lines: all.filter((entry) => !isLetter(entry)).map((entry) => `${entry.transferSize} ${new URL(entry.name).pathname}`),
    };
  });
  console.log(`first page: ${bytes} bytes, letters: ${letters} bytes`);
  expect(bytes > 0 && bytes <= LIGHT, `the first page is ${bytes} bytes:\n${lines.join("\n")}`);
  expect(elsewhere.length === 0, `asked elsewhere: ${elsewhere}`);
  // The second page brings nothing but itself.
  await first.goto(`${office.url}/help`, { waitUntil: "networkidle" });
  const again = await first.evaluate(() => performance.getEntriesByType("resource").filter((entry) => entry.transferSize > 0 && !entry.name.endsWith(".woff2")).map((entry) => entry.name));
  expect(again.length === 0, `brought again: ${again}`);
}

async function paper() {
  const page = await signIn("auditor");
  await page.goto(office.url + (await address(page, "case:closed=yes&order=newest")));
  await page.emulateMedia({ media: "print" });
  const seen = (selector) => page.locator(selector).first().isVisible();
  expect(await seen(".print-head"), "who printed it is not said");
  expect((await page.locator(".print-head").innerText()).includes("송확인"), "who printed it is not named");
  for (const gone of [".head", ".foot", "main form button"]) expect(!(await seen(gone)), `${gone} is on the paper`);
  expect(await seen("main h1"), "the title is not on the paper");
  await picture(page, "case-paper");
}

/** The code that an app shows whose secret was typed into it, by the telephones' clock. */
function code(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(office.telephones / 30)));
  const hash = createHmac("sha1", key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Judges a page that is reached by a form, wide and on a phone, and takes its pictures. */
async function both(page, name, language) {
  for (const [width, how] of [[390, "phone"], [1280, "light"]]) {
    await page.setViewportSize({ width, height: 900 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wider > 0) troubles.push(`${name} ${language}: is ${wider} px wider than a window of ${width}`);
    await picture(page, `${name}-${language}-${how}`);
  }
  await judge(page, `${name} ${language}`);
}

async function secondStep() {
  const admin = await signIn("administrator");
  const [setting, clerk] = [await admin.context().newPage(), await signIn("clerk", { language: "en" })];
  const comment = await address(clerk, "case:state=with_handler&order=newest");
  await clerk.goto(office.url + comment);
  await clerk.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
  await admin.goto(`${office.url}/settings?change=handler-days`);
  await setting.goto(`${office.url}/settings?change=second-factor`);
  await setting.fill("#value", "3");
  await setting.locator("main form button").first().click();
  await setting.waitForURL(/second-factor/);
  for (const [page, language, type] of [
    [admin, "ko", async () => {
      await admin.fill("#value", "9");
      await admin.locator("main form button").first().click();
    }],
    [clerk, "en", async () => {
      await clerk.fill("#comment-comment", "I asked the shop for the receipt again.\nIt comes on Thursday.");
      await clerk.locator('form[action$="/comments"] button').click();
    }],
  ]) {
    await type();
    await page.waitForURL(/\/account\/second-factor\?next=%2Fkept/);
    await both(page, "second-factor-wanted", language);
    await page.locator('form[action$="/second-factor/setup"] button').click();
    await page.locator("main figure svg").waitFor();
    await both(page, "second-factor-setup", language);
    const secret = await page.locator("main figure code").innerText();
    await page.fill("#code", "12345");
    await page.locator('form[action$="/confirm"] button').click();
    await page.locator("#errors").waitFor();
    await both(page, "second-factor-refused", language);
    expect((await page.locator("main figure code").innerText()) === secret, "after a wrong code another secret is shown");
    await page.fill("#code", code(secret));
    await page.locator('form[action$="/confirm"] button').click();
    await page.locator("main ol.codes").waitFor();
    await both(page, "recovery-codes", language);
    // What axe leaves behind would be taken over into a page that comes quickly.
    await page.goto(office.url + (await page.locator("main a.button").getAttribute("href")));
    expect(page.url().endsWith("/kept"), `what waits is at ${page.url()}`);
    await both(page, "kept-form", language);
    await page.locator("main form button").first().click();
    await page.waitForURL((url) => !url.pathname.includes("kept"));
    await page.goto(`${office.url}/account/second-factor`);
    await both(page, "second-factor-there", language);
    await page.goto(`${office.url}/account`);
    await both(page, "account-second", language);
    await page.goto(`${office.url}/proof?next=%2Fkept&why=file`);
    await both(page, "proof-code", language);
  }
  expect((await clerk.goto(office.url + comment)) && (await clerk.locator("main").innerText()).includes("It comes on Thursday."), "what waited was not sent");
  for (const language of ["ko", "en"]) {
    const page = await open({ language });
    await page.goto(`${office.url}/sign-in`);
    await page.fill("#login", office.accounts.clerk);
    await page.fill("#password", office.password);
    await page.locator("main form button").first().click();
    await page.waitForURL(/sign-in\/code/);
    await both(page, "sign-in-code", language);
    await page.fill("#code", "000000");
    await page.locator("main form button").first().click();
    await page.locator("#errors").waitFor();
    await both(page, "sign-in-code-refused", language);
    await page.goto(`${office.url}/sign-in?why=kept`);
    await both(page, "sign-in-kept", language);
    await page.goto(`${office.url}/start?link=gone`);
    await both(page, "start-gone", language);
  }
}
