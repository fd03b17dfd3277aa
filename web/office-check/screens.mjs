// Makes the pictures of docs/screens: what each role sees first and does most, wide and on a phone, in Korean and English.
//
//     node screens.mjs SHOWCASE DIR
//
// Starts `SHOWCASE 0` (an invented city: crates/haechi-office/examples/showcase.rs), and ends it. Writes `office-NAME-LANGUAGE-WIDTH.png`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { end, firstCase, launch, showcase, signIn } from "./city.mjs";

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
  ["sources", "integrity officer", "/runs/sources"],
  ["administrator", "administrator", "/"],
  ["setup", "administrator", "/settings/setup"],
  ["people", "administrator", "/people"],
  ["grants", "administrator", "/people/grants"],
  ["settings", "administrator", "/settings"],
  ["retention", "auditor", "/settings/retention"],
  ["holds", "auditor", "/settings/retention/holds"],
  ["system", "administrator", "/system"],
];
const WIDTHS = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

const [program, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const office = await showcase(program);
const browser = await launch();
let made = 0;
try {
  for (const language of ["ko", "en"]) {
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      const pages = new Map();
      for (const [name, who, path] of SCREENS) {
        if (!pages.has(who)) pages.set(who, await signedIn(who, language, viewport));
        const page = pages.get(who);
        await page.goto(office.url + (path.startsWith("case:") ? await firstCase(page, office, path.slice(5)) : path));
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(folder, `office-${name}-${language}-${width}.png`) });
        made += 1;
      }
      for (const page of pages.values()) await page.context().close();
    }
  }
} finally {
  await browser.close();
  end(office);
}
console.log(`screens: ${made} pictures`);

async function signedIn(who, language, viewport) {
  const context = await browser.newContext({ viewport, colorScheme: "light" });
  await context.addCookies([{ name: "haechi-language", value: language, url: office.url }]);
  const page = await context.newPage();
  if (who !== null) await signIn(page, office, who);
  return page;
}
