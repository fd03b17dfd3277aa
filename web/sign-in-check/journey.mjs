// Signs in to the office by a real provider of OpenID Connect, in a browser: the way in, its failure, its return; a second factor; a
// session that is ended.
//
//     node journey.mjs [--shots DIR] SIGN_IN_CITY DIR
//
// Serves an office of three people in DIR (crates/haechi-office/examples/sign_in_city.rs) and a provider (`provider.mjs`) on ports of this
// machine, and ends both. Prints
// `sign-in: N stories, 0 troubles`, or each trouble and exit code 1. `--shots DIR` writes pictures of the pages.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PASSWORD = "a long line nobody told";

const words = process.argv.slice(2);
let shots;
if (words[0] === "--shots") [, shots] = words.splice(0, 2);
const [program, folder] = words;
if (shots) mkdirSync(shots, { recursive: true });

const ports = { office: await freePort(), provider: await freePort() };
const office = `http://127.0.0.1:${ports.office}`;
const issuer = `http://127.0.0.1:${ports.provider}`;
const troubles = [];
/** The administrator's app and codes on paper. */
const app = {};
let stories = 0;

let provider = await startProvider();
const [serving, { links }] = await startOffice();
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: CHROMIUM.find(existsSync), args: [...QUIET, ...sandbox] });
try {
  await story("a clerk comes by the provider, is found by their number, and signs out of both", byProvider);
  await story("whom the register does not know is told whom to ask", stranger);
  await story("an administrator sets a password by a one-time link, and an app beside it", secondFactor);
  await story("who came by the provider proves with it who they are", proof);
  await story("the provider is down: the page says so and the office's own way is open; it comes back with other keys", failure);
  await story("a session that is ended is out at once", revoked);
  await story("every page of signing in is accessible and fits a phone", everyPage);
} finally {
  await browser.close();
  serving.kill("SIGTERM");
  provider.kill("SIGTERM");
}
for (const trouble of troubles) console.error(trouble);
console.log(`sign-in: ${stories} stories, ${troubles.length} troubles`);
process.exitCode = troubles.length === 0 ? 0 : 1;

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Starts a program, waits until it says that it is there, and gives it and what it said. */
function start(program, parts, said) {
  const started = spawn(program, parts, { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  return new Promise((there, failed) => {
    started.stdout.setEncoding("utf8");
    started.stdout.on("data", (more) => {
      text += more;
      if (said.test(text)) there([started, text]);
    });
    started.on("exit", (code) => failed(new Error(`${program} ended with ${code}`)));
  });
}

async function startProvider() {
  const file = fileURLToPath(new URL("provider.mjs", import.meta.url));
  const parts = [file, String(ports.provider), `${office}/sign-in/oidc/callback/3110000`, `${office}/sign-in`];
  return (await start(process.execPath, parts, /listening/))[0];
}

function stopped(program) {
  return new Promise((gone) => {
    program.on("exit", gone);
    program.kill("SIGTERM");
  });
}

/** Serves the office of a city of three, and says what it said of itself. */
async function startOffice() {
  writeFileSync(join(folder, "client.secret"), "check-secret\n", { mode: 0o600 });
  const settings = `
    listen = "127.0.0.1:${ports.office}"
    public_url = "${office}"
    [[oidc]]
    government = "3110000"
    issuer = "${issuer}"
    client_id = "haechi"
    client_secret_file = "client.secret"
    name_ko = "시청 통합로그인"
    name_en = "City SSO"
    link_by = "employee_no"
  `;
  writeFileSync(join(folder, "office.toml"), settings);
  const [started, said] = await start(program, [folder], /\n/);
  return [started, JSON.parse(said)];
}

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

/** A window of its own. Nothing but the office and the provider is asked for. */
async function open({ language = "ko", width = 1280, height = 900, colorScheme = "light", scripts = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, javaScriptEnabled: scripts });
  await context.route((url) => url.hostname !== "127.0.0.1", (route) => route.abort());
  await context.addCookies([{ name: "haechi-language", value: language, url: office }]);
  return context.newPage();
}

async function text(page) {
  return page.locator("main").innerText();
}

/** What somebody does on the provider's page. */
async function atProvider(page, login) {
  expect(page.url().startsWith(issuer), `not at the provider but at ${page.url()}: ${(await page.content()).slice(0, 500)}`);
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", "any");
  await page.click("button[type=submit]");
}

async function signInBy(page, login, path = "/") {
  await page.goto(`${office}${path}`);
  await page.click('a[href^="/sign-in/oidc"]');
  await atProvider(page, login);
}

async function signInLocally(page, login) {
  await page.goto(`${office}/sign-in?way=local`);
  await page.fill("#login", login);
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/sign-in"] button');
}

/** The code that an app shows so many steps of thirty seconds from now. */
function code(secret, steps = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function byProvider() {
  const page = await open();
  await signInBy(page, "clerk", "/inbox");
  expect(page.url() === `${office}/inbox`, `the clerk is at ${page.url()}: ${await text(page)}`);
  expect((await text(page)).includes("통합로그인 계정과 연결되었습니다"), "the clerk is not told that their account was linked");
  await page.goto(`${office}/account`);
  await picture(page, "account");
  await page.click("details.drop > summary:has-text('김담당')");
  await page.click('.drop-sheet form[action="/sign-out"] button');
  expect((await text(page)).includes("시청 통합로그인에서도 로그아웃"), `no way to sign out of the provider: ${await text(page)}`);
  await picture(page, "signed-out");
  await page.click("main a.button");
  await page.click("button[value=yes]");
  expect(page.url() === `${office}/sign-in`, `signing out of the provider ended at ${page.url()}`);
  await page.click('a[href^="/sign-in/oidc"]');
  expect((await page.locator("input[name=login]").count()) === 1, "the provider does not ask who it is after signing out");
  await atProvider(page, "clerk");
  await page.goto(`${office}/inbox`);
  const inbox = await text(page);
  expect(inbox.split("통합로그인 계정과 연결되었습니다").length <= 3, "the account was linked twice");
  await page.context().close();
}

async function stranger() {
  const page = await open();
  await signInBy(page, "stranger");
  const told = await text(page);
  expect(told.includes("맞는 사람이 없습니다") && told.includes("도관리"), `the stranger is told: ${told}`);
  await picture(page, "stranger");
  await page.goto(`${office}/inbox`);
  expect(page.url().includes("/sign-in"), "the stranger is in");
  await page.context().close();
}

async function secondFactor() {
  const page = await open();
  for (const link of [links.admin, links.auditor]) {
    await page.goto(link);
    await page.fill("#password", PASSWORD);
    await page.fill("#again", PASSWORD);
    await page.click('form[action="/start"] button');
    expect(!page.url().includes("/start"), `a one-time link does not work: ${await text(page)}`);
  }
  const admin = await open();
  await signInLocally(admin, "1001");
  await admin.goto(`${office}/account/second-factor`);
  await admin.click('form[action$="/setup"] button');
  app.secret = await admin.locator("main figure code").innerText();
  const box = await admin.locator("main svg").boundingBox();
  expect(box && box.width >= 150, "there is no picture to be scanned");
  await picture(admin, "second-factor");
  await admin.fill("#code", "000000");
  await admin.click('form[action$="/confirm"] button');
  expect((await admin.locator("main figure code").innerText()) === app.secret, "after a wrong code another secret is shown");
  await admin.fill("#code", code(app.secret));
  await admin.click('form[action$="/confirm"] button');
  app.paper = await admin.locator("main li code").allInnerTexts();
  expect(app.paper.length === 10, `there are ${app.paper.length} codes on paper: ${await text(admin)}`);
  await picture(admin, "recovery-codes");

  const again = await open();
  await signInLocally(again, "1001");
  expect(again.url().includes("/sign-in/code"), `the second step is not asked for at ${again.url()}`);
  await picture(again, "code");
  await again.fill("#code", code(app.secret, -2));
  await again.click('form[action="/sign-in/code"] button');
  expect((await text(again)).includes("맞지 않거나 이미 쓰였습니다"), "an old code is taken");
  await again.fill("#code", code(app.secret, 1));
  await again.click('form[action="/sign-in/code"] button');
  await again.goto(`${office}/account`);
  expect((await text(again)).includes("해치 비밀번호와 인증 코드"), `the code is not taken: ${await text(again)}`);
  for (const one of [page, admin, again]) await one.context().close();
}

async function proof() {
  // The provider's page between two people who sign in one after the other sends itself by a script.
  const page = await open({ scripts: true });
  await signInBy(page, "admin", "/settings");
  expect(page.url() === `${office}/settings`, `the administrator is at ${page.url()}`);
  await page.goto(`${office}/proof?next=/settings`);
  await picture(page, "proof");
  await page.click('a[href^="/proof/provider"]');
  expect((await page.locator("input[name=login]").count()) === 1, "the provider does not ask anew");
  await atProvider(page, "admin");
  expect(page.url() === `${office}/settings`, `the proof ended at ${page.url()}: ${await text(page)}`);
  await page.goto(`${office}/proof?next=/settings`);
  await page.click('a[href^="/proof/provider"]');
  await atProvider(page, "clerk");
  expect((await text(page)).includes("다른 사람의 계정"), `somebody else proves it: ${await text(page)}`);
  await page.context().close();
}

async function failure() {
  const page = await open();
  await page.goto(`${office}/sign-in`);
  await stopped(provider);
  // What was read of the provider counts for some seconds; then it is asked before anybody is sent there.
  let told = "";
  for (let tries = 0; tries < 60 && !told.includes("답하지 않습니다"); tries += 1) {
    await page.goto(`${office}/sign-in`);
    await page.click('a[href^="/sign-in/oidc"]', { noWaitAfter: true }).catch(() => {});
    await page.waitForLoadState("domcontentloaded").catch(() => {});
    told = await page.locator("main").innerText({ timeout: 2000 }).catch(() => "");
    if (!told) await new Promise((later) => setTimeout(later, 1000));
  }
  expect(told.includes("통합로그인 서버가 답하지 않습니다"), `what is said of a provider that is down: ${told}`);
  await picture(page, "provider-down");
  expect(await page.locator("#password").isVisible(), "the office's own way is not open");
  await page.fill("#login", "1001");
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/sign-in"] button');
  await page.fill("#code", app.paper[0]);
  await page.click('form[action="/sign-in/code"] button');
  await page.goto(`${office}/people`);
  expect((await text(page)).includes("회계과"), `the administrator did not come in: ${await text(page)}`);

  provider = await startProvider();
  const clerk = await open();
  let home = false;
  for (let tries = 0; tries < 60 && !home; tries += 1) {
    await clerk.goto(`${office}/sign-in?next=/inbox`);
    await clerk.click('a[href^="/sign-in/oidc"]');
    home = clerk.url().startsWith(issuer);
    if (!home) await new Promise((later) => setTimeout(later, 1000));
  }
  await atProvider(clerk, "clerk");
  expect(clerk.url() === `${office}/inbox`, `after the return, with other keys, the clerk is at ${clerk.url()}: ${await text(clerk)}`);
  for (const one of [page, clerk]) await one.context().close();
}

async function revoked() {
  const [desk, other] = [await open(), await open()];
  for (const page of [desk, other]) await signInLocally(page, "1003");
  await desk.goto(`${office}/account`);
  expect((await desk.locator("tbody tr").count()) >= 2, "not both browsers are listed");
  const row = desk.locator("tbody tr").filter({ hasNotText: "지금 이 브라우저" }).first();
  expect((await row.innerText()).includes("Chrome · Linux"), `a browser is called ${await row.innerText()}`);
  for (let left = await desk.locator("tbody tr").count(); left > 1; left -= 1) {
    await desk.locator("tbody tr").filter({ hasNotText: "지금 이 브라우저" }).first().locator("button").click();
  }
  await other.goto(`${office}/inbox`);
  expect(other.url().includes("/sign-in"), "an ended session goes on");
  await desk.goto(`${office}/inbox`);
  expect(desk.url() === `${office}/inbox`, "the session that ended the other was ended too");
  await desk.goto(`${office}/account`);
  await desk.click('button[value="all"]');
  expect(desk.url().includes("/sign-in"), "signing out everywhere left this browser signed in");
  for (const one of [desk, other]) await one.context().close();
}

async function everyPage() {
  for (const language of ["ko", "en"]) {
    for (const [width, height, colorScheme] of [[1280, 900, "light"], [390, 844, "dark"], [320, 640, "light"]]) {
      const at = `${language} ${width}`;
      const page = await open({ language, width, height, colorScheme, scripts: true });
      await page.goto(`${office}/sign-in?why=kept`);
      await judge(page, `sign-in ${at}`);
      await page.click('a[href^="/sign-in/oidc"]');
      await atProvider(page, "admin");
      const links = await page.goto(`${office}/people?unit=team`).then(() => page.locator('a[href$="/account"][href^="/people/"]').evaluateAll((all) => all.map((one) => one.getAttribute("href"))));
      const other = links.find((link) => link);
      for (const path of ["/account", "/account/second-factor", "/proof?next=/kept&why=file", "/kept", "/signed-out?government=3110000", other]) {
        const answer = await page.goto(`${office}${path}`);
        if (![200, 403].includes(answer.status())) troubles.push(`${path}: answered with ${answer.status()}`);
        await judge(page, `${path} ${at}`);
        if (width !== 320) await picture(page, `${path.split("?")[0].replaceAll("/", "-").slice(0, 40)}-${language}-${width}`);
      }
      await page.context().close();

      const local = await open({ language, width, height, colorScheme, scripts: true });
      await signInLocally(local, "1003");
      await local.goto(`${office}/account/second-factor`);
      await judge(local, `second factor ${at}`);
      await local.click('form[action$="/setup"] button');
      // With scripts the page comes in the place of the one before: what is measured is the new one.
      await local.locator(".qr svg").waitFor();
      await judge(local, `setting it up ${at}`);
      await local.context().close();

      const half = await open({ language, width, height, colorScheme, scripts: true });
      await signInLocally(half, "1001");
      await judge(half, `second step ${at}`);
      await half.context().close();
    }
  }
}

/** axe's rules, and the width of the window. Our own policy allows no script in a page, so axe is put in from outside it. */
async function judge(page, at) {
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) troubles.push(`${at}: is ${wider} px wider than the window`);
  await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) troubles.push(`${at}: ${id}: ${help} (${nodes.length}) ${nodes[0].target.join(" ")}`);
}

async function picture(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
