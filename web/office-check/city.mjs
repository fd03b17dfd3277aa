// The invented city of the checks, a browser to look at it, and people who sign in.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A browser that speaks to nobody but the page. */
export function launch() {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: CHROMIUM.find(existsSync), args: [...QUIET, ...sandbox] });
}

/** Starts `program 0 …parts` (crates/haechi-office/examples/showcase.rs), and gives what it says of itself: `url`, `password`, `accounts`. */
export async function showcase(program, ...parts) {
  const started = spawn(program, ["0", ...parts], { stdio: ["pipe", "pipe", "inherit"] });
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

/** Ends it. */
export function end(city) {
  city.process.stdin.end();
  city.process.kill("SIGINT");
}

/** Signs somebody in on a page of theirs. */
export async function signIn(page, city, who) {
  await page.goto(`${city.url}/sign-in`);
  await page.fill("#login", city.accounts[who]);
  await page.fill("#password", city.password);
  await page.locator("main form button").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The address of the first case that a list of `query` holds, for who is signed in on `page`. */
export async function firstCase(page, city, query) {
  await page.goto(`${city.url}/cases?${query}`);
  const link = page.locator('main th a[href^="/cases/"]').first();
  if ((await link.count()) !== 1) throw new Error(`no case at /cases?${query}`);
  return link.getAttribute("href");
}
