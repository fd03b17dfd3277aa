// Each role's day, in Korean and English, with scripts and without: what clerk, manager, auditor, integrity officer and administrator do
// in a week and a month.
//
//     node roles.mjs [--only WORD] SHOWCASE
//
// Starts `SHOWCASE 0 --demo` anew for each language and kind (an invented city: crates/haechi-office/examples/showcase.rs), and ends it.
// Prints `roles: N days, 0 troubles`, or each trouble and exit code 1. `--only en` tells the days whose name holds the word alone.

import { end, firstCase, launch, showcase, signIn as signInTo } from "./city.mjs";


const words = process.argv.slice(2);
let only = "";
if (words[0] === "--only") [, only] = words.splice(0, 2);
const browser = await launch();
const troubles = [];
let days = 0;

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

/** Somebody with a browser of their own. */
class Person {
  constructor(city, language, scripts) {
    Object.assign(this, { city, language, scripts, contexts: [] });
  }

  /** Signs in, and reads what is expected of them today. */
  async signIn(who) {
    this.context = await browser.newContext({ javaScriptEnabled: this.scripts, acceptDownloads: true });
    this.contexts.push(this.context);
    await this.context.addCookies([{ name: "haechi-language", value: this.language, url: this.city.url }]);
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(20_000);
    this.page.on("console", (message) => {
      if (message.type() === "error" && !/status of (409|422)/.test(message.text())) troubles.push(`${this.page.url()}: ${message.text()}`);
    });
    await signInTo(this.page, this.city, who);
    const spoken = await this.page.locator("html").getAttribute("lang");
    expect(spoken === this.language, `the page is in ${spoken}`);
    expect((await this.page.locator("main h1").count()) === 1, "a page has one heading");
    expect((await this.page.locator("main .expected").count()) > 0, `${who} is not told what is expected today`);
    return this.page;
  }

  async go(path) {
    const answer = await this.page.goto(this.city.url + path);
    expect(answer.status() < 400, `${path} answered ${answer.status()}`);
    await this.prove();
  }

  /** Sends a form and waits for the page that comes. */
  async send(button) {
    const before = this.page.url();
    const sent = this.page.waitForResponse((response) => response.request().method() === "POST", { timeout: 90_000 });
    await Promise.all([sent, button.click()]);
    await this.page.waitForLoadState("load");
    if (this.page.url() === before) await this.page.locator("main h1").waitFor();
    await this.prove();
    const wrong = this.page.locator(".error-summary");
    expect((await wrong.count()) === 0, `refused: ${(await wrong.allInnerTexts()).join(" ")}`);
  }

  /** Where the office asks who is there before it goes on, the password is given once more. */
  async prove() {
    while (new URL(this.page.url()).pathname === "/proof") {
      await this.page.fill("#password", this.city.password);
      await this.page.locator("main form button").first().click();
      await this.page.waitForLoadState("load");
      await this.page.waitForURL((url) => url.pathname !== "/proof");
      const kept = this.page.locator('main form[action="/kept/send"] button');
      if (await kept.count()) await kept.first().click();
    }
  }

  async count(query) {
    await this.go(`/cases?${query}`);
    return this.page.locator('main th a[href^="/cases/"]').count();
  }

  first(query) {
    return firstCase(this.page, this.city, query);
  }

  /** Opens what stands behind words, where it is closed. */
  async open(selector) {
    const behind = this.page.locator("details:not([open])", { has: this.page.locator(selector) });
    for (let left = await behind.count(); left > 0; left = await behind.count()) await behind.first().locator("> summary").click();
  }

  async leave() {
    for (const context of this.contexts) await context.close();
  }
}

async function clerk(person) {
  const page = await person.signIn("clerk");
  const before = await person.count("state=with_manager");
  for (const outcome of ["corrected", "explained", "excluded"]) {
    await person.go(await person.first("state=with_handler"));
    expect((await page.locator("#rule").count()) === 1, "a case says which rule asks, and why");
    expect((await page.locator(".case-due").count()) === 1, "a case says until when, and how that was counted");
    await page.check(`input[name=outcome][value=${outcome}]`);
    await page.fill("#answer-text", "증빙을 대조해 확인했습니다.");
    if (outcome === "corrected") {
      await person.open("#answer-recovered");
      await page.fill("#answer-recovered", "350,000");
    }
    if (outcome === "excluded") {
      await page.fill("#answer-basis", "해치시 당직 및 비상근무 규칙");
      await page.fill("#answer-until", "2027-03-31");
    }
    await person.send(page.locator('form[action$="/answer"] button').last());
  }
  const after = await person.count("state=with_manager");
  expect(after === before + 3, `the manager has ${after} cases of the clerk, and had ${before}`);
}

async function manager(person) {
  const page = await person.signIn("manager");
  const before = await person.count("state=with_manager");
  expect(before >= 3, `only ${before} cases wait for the manager`);
  const boxes = page.locator("input[name=case]");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await person.open("button[name=do][value=approve]");
  await page.fill("textarea[name=reason]", "두 건 모두 증빙을 확인했습니다.");
  await person.send(page.locator("button[name=do][value=approve]"));
  expect((await page.locator("main .panel").count()) === 1, "it is not said what was done");
  await person.go(await person.first("state=with_manager"));
  await person.open('form[action$="/return"] textarea');
  await page.fill('form[action$="/return"] textarea', "참석자 명단을 붙여 주십시오.");
  await person.send(page.locator('form[action$="/return"] button'));
  const after = await person.count("state=with_manager");
  expect(after === before - 3, `${after} cases are left of ${before}`);
}

async function auditor(person) {
  const page = await person.signIn("auditor");
  const address = await person.first("state=with_audit&severity=medium");
  await person.go(address);
  await page.fill('form[action$="/confirmation"] textarea', "증빙과 맞습니다.");
  await person.send(page.locator('form[action$="/confirmation"] button'));
  await person.go(address);
  expect((await page.locator('form[action$="/confirmation"]').count()) === 0, "the case is not closed");
  await person.open('form[action$="/reopening"] textarea');
  await page.fill('form[action$="/reopening"] textarea', "다른 부서에도 같은 결제가 있어 다시 봅니다.");
  await person.send(page.locator('form[action$="/reopening"] button'));
  await person.go(address);
  expect((await page.locator('form[action$="/reopening"]').count()) === 0, "the case is not open again");
  // A pattern: other cases of the same rule, vendor or person stand beneath, and each rule says how often it asked rightly.
  const linked = page.locator('section[aria-labelledby=linked] a[href^="/cases/"]');
  expect((await linked.count()) > 0, "no linked case is shown");
  await person.go(await linked.first().getAttribute("href"));
  await person.go("/statistics");
  const behind = page.locator('main a[href^="/cases?"]');
  expect((await behind.count()) > 0, "no figure leads to its cases");
  await person.go(await behind.first().getAttribute("href"));
}

async function officer(person) {
  const page = await person.signIn("integrity officer");
  // Into the next month, so that November is over.
  await person.send(page.locator('form[action="/demo/day"] button[value="7"]'));
  await person.go("/statistics/sheets/2026-11");
  expect((await page.locator("textarea[name=note]").count()) === 1, `the month cannot be closed: ${await page.locator("main").innerText()}`);
  await page.fill("textarea[name=note]", "기한이 지난 사안은 12월 첫 점검일에 확인합니다.");
  await person.send(page.locator('form[action$="/close"] button'));
  await person.go("/statistics/sheets/2026-11");
  expect((await page.locator('form[action$="/close"]').count()) === 0, "the month is not closed");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator('main a[href$="/2026-11/xlsx"]').click()]);
  expect((await file.failure()) === null, "the sheet cannot be taken away");
}

async function administrator(person, city) {
  const page = await person.signIn("administrator");
  await person.go("/people/unit/new");
  await page.fill("#code", "9999777");
  await page.fill("#name_ko", "청렴추진단");
  await page.locator("#parent").selectOption("9999000");
  await person.send(page.locator('form[action="/people/unit/new"] button'));
  await person.go("/people");
  expect((await page.locator("main").innerText()).includes("청렴추진단"), "the unit is not in the tree");
  await person.go("/people/grants");
  await page.fill("#employee_no", "2014-0033");
  await page.locator("#role").selectOption("inspector");
  await page.fill('form[action="/people/grants"] #reason', "의회 자료 열람");
  await person.send(page.locator('form[action="/people/grants"] button'));
  expect((await page.locator("main").innerText()).includes("의회 자료 열람"), "the role is not among those given");

  await person.go("/scenarios");
  const scenario = await page.locator('main th a[href^="/scenarios/"], main td a[href^="/scenarios/"]').first().getAttribute("href");
  await person.go(`${scenario}?change=min_payments`);
  await page.fill("#value", "3");
  await page.fill("#reason", "두 건은 거의 모두 정당했습니다.");
  await person.send(page.locator(`form[action="${scenario}"] button`));
  expect((await page.locator('form[action$="/decide"]').count()) === 0, "who proposed may decide");
  expect((await page.locator('form[action$="/withdraw"]').count()) === 1, "what was proposed cannot be taken back");

  // A second person.
  const second = await person.signIn("integrity officer");
  await person.go("/scenarios");
  await second.fill('form[action$="/decide"] input[name=answer]', "확인했습니다.");
  await person.send(second.locator('form[action$="/decide"] button[value=approve]'));
  await person.go(scenario);
  const row = await second.locator("main table").first().innerText();
  expect(/3/.test(row), `the new value is not shown: ${row}`);
  expect(city.process.exitCode === null, "the office has ended");
}

try {
  for (const language of ["ko", "en"]) {
    for (const scripts of [true, false]) {
      const how = `${language}, ${scripts ? "with" : "without"} scripts`;
      const told = [clerk, manager, auditor, officer, administrator].filter((day) => `${day.name} ${how}`.includes(only));
      if (told.length === 0) continue;
      const city = await showcase(words[0], "--demo");
      try {
        // One city for all of them: what the clerk answered is what the manager finds.
        for (const day of told) {
          days += 1;
          const person = new Person(city, language, scripts);
          try {
            await day(person, city);
          } catch (error) {
            troubles.push(`${day.name}, ${how}: ${error.message}`);
          }
          await person.leave();
        }
      } finally {
        end(city);
      }
    }
  }
} finally {
  await browser.close();
}
for (const trouble of troubles) console.error(trouble);
console.log(`roles: ${days} days, ${troubles.length} troubles`);
process.exitCode = troubles.length === 0 ? 0 : 1;
