// Follows findings through the office of the demonstration, in a browser with scripts off.
//
//     node journeys.mjs [--shots DIR] HAECHI DIR
//
// Starts `HAECHI demo --dir DIR --listen 127.0.0.1:0`, and ends it. Prints `journeys: N stories, 0 troubles`, or each
// trouble and exit code 1. `--shots DIR` writes pictures of the pages, wide and on a phone, in both languages.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./city.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const words = process.argv.slice(2);
let shots;
if (words[0] === "--shots") [, shots] = words.splice(0, 2);
const [haechi, folder] = words;
if (shots) mkdirSync(shots, { recursive: true });

const troubles = [];
const office = await demonstration();
const browser = await launch();
let stories = 0;
try {
  await story("a finding goes from clerk to manager to auditor and ends in a proof anybody can verify", throughTheHouse);
  await story("a case nobody answers climbs the report line on working days", unanswered);
  await story("who came second is told who was first, and keeps what was typed", twoAtOnce);
  await story("every page is accessible and fits a phone", everyPage);
} finally {
  await browser.close();
  office.process.kill("SIGTERM");
}
for (const trouble of troubles) console.error(trouble);
console.log(`journeys: ${stories} stories, ${troubles.length} troubles`);
process.exitCode = troubles.length === 0 ? 0 : 1;

/** Starts the demonstration and waits until it says where the office is. */
async function demonstration() {
  const started = spawn(haechi, ["demo", "--dir", folder, "--residents", "5000", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const address = await new Promise((found, failed) => {
    started.stdout.setEncoding("utf8");
    started.stdout.on("data", (text) => {
      said += text;
      const at = said.match(/The office is at (http:\S+)/);
      if (at) found(at[1]);
    });
    started.on("exit", (code) => failed(new Error(`the demonstration ended with ${code}\n${said}`)));
  });
  const password = said.match(/alone: (\S+)/)[1];
  const accounts = {};
  for (const line of said.split("\n")) {
    const account = line.match(/(clerk|manager|auditor \d|integrity officer|mayor|outside confirmer|inspector|administrator)\s+(\S+)\s+(\S+)\s*$/);
    if (account) accounts[account[1]] = account[3];
  }
  return { process: started, address, password, accounts };
}

async function story(name, told) {
  stories += 1;
  try {
    await told();
  } catch (error) {
    troubles.push(`${name}: ${error.message}`);
  }
}

/** A browser of its own in which somebody signed in. */
async function signIn(who, { language = "ko", width = 1280, height = 900, colorScheme = "light", scripts = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, javaScriptEnabled: scripts, acceptDownloads: true });
  await context.addCookies([{ name: "haechi-language", value: language, url: office.address }]);
  const page = await context.newPage();
  await page.goto(`${office.address}/sign-in`);
  await page.fill("#login", office.accounts[who]);
  await page.fill("#password", office.password);
  await page.locator("main form button").first().click();
  expect((await page.title()).length > 0 && !page.url().includes("/sign-in"), `${who} could not sign in`);
  return page;
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

async function text(page) {
  return page.locator("main").innerText();
}

/** The address of the first case in a person's list that an answer is waited for. */
async function firstCase(page, search = "") {
  await page.goto(`${office.address}/cases?${search}`);
  const link = page.locator('main th a[href^="/cases/"]').first();
  expect((await link.count()) === 1, `no case at /cases?${search}`);
  return link.getAttribute("href");
}

async function throughTheHouse() {
  const clerk = await signIn("clerk");
  const address = await firstCase(clerk, "state=with_handler&severity=medium");
  await clerk.goto(office.address + address);
  await clerk.check('input[name=outcome][value=corrected]');
  await clerk.fill("#answer-text", "중복 지급분을 확인하여 전액 환수했습니다.");
  await clerk.locator("summary", { hasText: "조치한 금액" }).click();
  await clerk.fill("#answer-recovered", "1,200,000");
  await picture(clerk, "case-answer");
  await clerk.click('form[action$="/answer"] button');
  expect((await text(clerk)).includes("부서장 승인 대기"), "the answer did not go to the manager");

  const manager = await signIn("manager");
  await manager.goto(office.address + address);
  expect((await text(manager)).includes("환수 1,200,000원"), "the manager does not see what was recovered");
  await picture(manager, "case-approve");
  await manager.click('form[action$="/approval"] button');
  expect((await text(manager)).includes("감사부서 확인 대기"), "the approval did not go to the audit office");

  const auditor = await signIn("auditor 1");
  await auditor.goto(office.address + address);
  await picture(auditor, "case-confirm");
  await auditor.click('form[action$="/confirmation"] button');
  expect((await text(auditor)).includes("조치"), "the case is not closed as corrected");

  await auditor.locator("summary", { hasText: "증명 묶음" }).click();
  await auditor.fill("#proof-reason", "감사 결과 보고");
  const [download] = await Promise.all([auditor.waitForEvent("download"), auditor.click('form[action$="/proof"] button')]);
  const bundle = join(folder, "proof.zip");
  await download.saveAs(bundle);
  const environment = { ...process.env, HAECHI_OFFICE: join(folder, "office") };
  const key = spawnSync(haechi, ["office", "key"], { env: environment, encoding: "utf8" }).stdout.trim();
  const verified = spawnSync(haechi, ["verify", "bundle", bundle, "--key", key], { encoding: "utf8" });
  expect(verified.status === 0, `the proof does not verify: ${verified.stdout}${verified.stderr}`);
}

async function unanswered() {
  const clerk = await signIn("clerk");
  const address = await firstCase(clerk, "state=with_handler&order=due");
  const mayor = await signIn("mayor");
  let taken = [];
  for (let day = 0; day < 24 && taken.length < 2; day += 1) {
    await mayor.goto(`${office.address}/monitoring`);
    await mayor.click('.demo button[value="1"]');
    await mayor.goto(office.address + address);
    const steps = await mayor.locator("section[aria-labelledby=steps] .timeline > li").allInnerTexts();
    taken = steps.filter((step) => /알림|본 것을 확인/.test(step));
  }
  expect(taken.length >= 2, `only ${taken.length} steps in 24 days`);
  for (const step of taken) {
    const [, year, month, day] = step.match(/(\d{4})\.(\d{2})\.(\d{2})/);
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    expect(weekday !== 0 && weekday !== 6, `a step was taken on a day off: ${step}`);
  }
  await picture(mayor, "case-escalated");
}

async function twoAtOnce() {
  const one = await signIn("clerk");
  const other = await signIn("clerk");
  const address = await firstCase(one, "state=with_handler&order=newest");
  await one.goto(office.address + address);
  await other.goto(office.address + address);
  for (const page of [one, other]) await page.check('input[name=outcome][value=explained]');
  await one.fill("#answer-text", "먼저 보낸 답변입니다.");
  await other.fill("#answer-text", "나중에 보낸, 오래 쓴 답변입니다.");
  await one.click('form[action$="/answer"] button');
  await other.click('form[action$="/answer"] button');
  const told = await text(other);
  expect(told.includes("먼저 처리했습니다"), `the second was not told: ${told.slice(0, 300)}`);
  expect((await other.content()).includes("나중에 보낸, 오래 쓴 답변입니다."), "what the second typed is lost");
  await picture(other, "case-beaten");
}

async function everyPage() {
  const pages = {
    clerk: ["/", "/cases", "/monitoring", "/inbox", "/roles", "/account"],
    manager: ["/"],
    "auditor 1": ["/", "/cases?closed=yes&order=amount", "/exclusions", "/runs", "/log", "/access"],
    "integrity officer": ["/", "/people", "/outbox"],
    administrator: ["/people/grants", "/people/import", "/settings", "/settings/tokens", "/settings/webhooks", "/settings/retention", "/settings/retention/holds", "/templates"],
  };
  for (const [who, paths] of Object.entries(pages)) {
    for (const language of ["ko", "en"]) {
      for (const [width, height, colorScheme] of [[1280, 900, "light"], [390, 844, "dark"], [320, 640, "light"]]) {
        const page = await signIn(who, { language, width, height, colorScheme, scripts: true });
        for (const path of paths) {
          const answer = await page.goto(office.address + path);
          if (answer.status() !== 200) troubles.push(`${who} ${path}: answered with ${answer.status()}`);
          await judge(page, `${who} ${path} ${language} ${width}`);
          if (width !== 320) await picture(page, `${who.replace(" ", "-")}${path.replaceAll(/[/?&=]/g, "-")}-${language}-${width}`);
        }
        if (who === "clerk") {
          await page.goto(office.address + (await firstCase(page)));
          await judge(page, `${who} case ${language} ${width}`);
          if (width !== 320) await picture(page, `case-${language}-${width}`);
        }
        await page.context().close();
      }
    }
  }
}

/** axe's rules, and the width of the window. Our own policy allows no script in a page, so axe is put in from outside it. */
async function judge(page, at) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) troubles.push(`${at}: is ${wider} px wider than the window`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const { readFileSync } = await import("node:fs");
  await page.evaluate(readFileSync(AXE, "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) troubles.push(`${at}: ${id}: ${help} (${nodes.length}) ${nodes[0].target.join(" ")}`);
}

async function picture(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
