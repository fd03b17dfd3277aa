// Makes the pictures of docs/screens: what each role sees first and does most, wide and on a phone, in Korean and English.
//
//     node screens.mjs SHOWCASE DIR
//
// Starts `SHOWCASE 0` (an invented city: crates/haechi-office/examples/showcase.rs), and ends it. Writes `office-NAME-LANGUAGE-WIDTH.png`.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** The name of a picture, who looks, and at what; `case:QUERY` is the first case of a list. */
const SCREENS = [
  ["sign-in", null, "/sign-in"],
  ["clerk", "clerk", "/"],
  ["cases", "clerk", "/cases"],
  ["case", "clerk", "case:state=with_handler"],
  ["manager", "manager", "/"],
  ["approval", "manager", "case:state=with_manager"],
  ["auditor", "auditor", "/"],
  ["confirmation", "auditor", "case:state=with_audit"],
  ["statistics", "auditor", "/statistics"],
  ["log", "auditor", "/log"],
  ["integrity-officer", "integrity officer", "/"],
  ["monitoring", "integrity officer", "/monitoring"],
  ["scenarios", "integrity officer", "/scenarios"],
  ["scenario", "integrity officer", "/scenarios/card.split-payment"],
  ["sources", "integrity officer", "/sources"],
  ["administrator", "administrator", "/"],
  ["setup", "administrator", "/setup"],
  ["people", "administrator", "/people"],
  ["grants", "administrator", "/people/grants"],
  ["settings", "administrator", "/settings"],
  ["system", "administrator", "/system"],
];
const WIDTHS = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

const [program, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const office = await showcase(program);
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: CHROMIUM.find(existsSync), args: [...QUIET, ...sandbox] });
let made = 0;
try {
  for (const language of ["ko", "en"]) {
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      const pages = new Map();
      for (const [name, who, path] of SCREENS) {
        if (!pages.has(who)) pages.set(who, await signedIn(who, language, viewport));
        const page = pages.get(who);
        await page.goto(office.url + (await address(page, path)));
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(folder, `office-${name}-${language}-${width}.png`) });
        made += 1;
      }
      for (const page of pages.values()) await page.context().close();
    }
  }
} finally {
  await browser.close();
  office.process.stdin.end();
  office.process.kill("SIGINT");
}
console.log(`screens: ${made} pictures`);

async function showcase(path) {
  const started = spawn(path, ["0"], { stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  started.stdout.setEncoding("utf8");
  const line = await new Promise((found, failed) => {
    started.stdout.on("data", (text) => {
      said += text;
      if (said.includes("\n")) found(said.split("\n")[0]);
    });
    started.on("exit", (code) => failed(new Error(`the showcase ended with ${code}\n${said}`)));
  });
  return { process: started, ...JSON.parse(line) };
}

async function signedIn(who, language, viewport) {
  const context = await browser.newContext({ viewport, colorScheme: "light" });
  await context.addCookies([{ name: "haechi-language", value: language, url: office.url }]);
  const page = await context.newPage();
  if (who === null) return page;
  await page.goto(`${office.url}/sign-in`);
  await page.fill("#login", office.accounts[who]);
  await page.fill("#password", office.password);
  await page.locator("main form button").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
}

async function address(page, path) {
  if (!path.startsWith("case:")) return path;
  await page.goto(`${office.url}/cases?${path.slice(5)}`);
  return page.locator('main th a[href^="/cases/"]').first().getAttribute("href");
}
