// Opens each report named on the command line in a browser, wide and on a phone, light and dark, and applies
// axe's accessibility rules; a report must also fetch nothing, run nothing, and fit the width it is given.
//
//     node check.mjs [--shots DIR] [--chromium PATH] report.ko.html report.en.html
//
// Prints `report: N pages, 0 violations`, or each violation and exit code 1. `--shots DIR` writes a PNG of each view
// and a PDF of the print.

import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const VIEWS = [
  { name: "wide", width: 1280, height: 900, colorScheme: "light" },
  { name: "wide-dark", width: 1280, height: 900, colorScheme: "dark" },
  { name: "phone", width: 390, height: 844, colorScheme: "light" },
  { name: "phone-dark", width: 390, height: 844, colorScheme: "dark" },
  { name: "narrow", width: 360, height: 740, colorScheme: "light" },
];

const { files, shots, executable } = readArguments(process.argv.slice(2));
if (shots) mkdirSync(shots, { recursive: true });

// No sandbox only where there cannot be one: as root, in a container.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: executable, args: [...QUIET, ...sandbox] });
const troubles = [];
try {
  for (const file of files) {
    for (const view of VIEWS) await look(file, view);
    if (shots) await print(file);
  }
} finally {
  await browser.close();
}

for (const trouble of troubles) console.error(trouble);
console.log(`report: ${files.length} pages, ${troubles.length} violations`);
process.exitCode = troubles.length === 0 ? 0 : 1;

async function look(file, view) {
  const at = `${basename(file)} (${view.name})`;
  const page = await browser.newPage({ viewport: { width: view.width, height: view.height }, colorScheme: view.colorScheme, reducedMotion: "reduce" });
  const address = pathToFileURL(resolve(file)).href;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) troubles.push(`${at}: fetches ${request.url()}`);
  });
  await page.goto(address);
  if (await page.locator("script, [onclick], [onload], link[rel=stylesheet], iframe").count()) troubles.push(`${at}: holds a script, a frame or a linked style sheet`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) troubles.push(`${at}: is ${wider} px wider than the window`);
  if (shots) await picture(page, join(shots, `${basename(file, ".html")}-${view.name}.png`));
  // What is folded away is judged too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    const places = nodes.slice(0, 3).map((node) => `    ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`);
    troubles.push(`${at}: ${id}: ${help} (${nodes.length})\n${places.join("\n")}`);
  }
  await page.close();
}

// A browser draws only so tall a picture.
async function picture(page, path) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const { width } = page.viewportSize();
  await page.screenshot({ path, clip: { x: 0, y: 0, width, height: Math.min(height, 9000) }, fullPage: true });
}

async function print(file) {
  const page = await browser.newPage({ colorScheme: "dark" });
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.pdf({ path: join(shots, `${basename(file, ".html")}.pdf`), preferCSSPageSize: true, printBackground: false });
  await page.close();
}

function readArguments(words) {
  const read = { files: [], shots: undefined, executable: undefined };
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--shots") read.shots = words.shift();
    else if (word === "--chromium") read.executable = words.shift();
    else read.files.push(word);
  }
  read.executable ??= CHROMIUM.find((path) => existsSync(path));
  const missing = read.files.filter((file) => !existsSync(file));
  if (read.files.length === 0 || missing.length > 0 || !read.executable) {
    for (const file of missing) console.error(`${file}: no such file`);
    if (!read.executable) console.error("no Chromium found; name one with --chromium PATH");
    console.error("usage: node check.mjs [--shots DIR] [--chromium PATH] REPORT.html...");
    process.exit(2);
  }
  return read;
}
