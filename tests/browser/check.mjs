// The gates that the HTML report has to pass, in a real browser:
//   node check.mjs FILE.html [GATE…]
// Prints one line a gate and ends with 1 when a gate finds a problem. Each gate is a function that
// returns its problems as texts; `prove.mjs` shows that each of them can fail.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import axe from "axe-core";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import vnu from "vnu-jar";
import { launch, urlOf } from "./browser.mjs";

const run = promisify(execFile);
const WIDTHS = [320, 600, 768, 1100, 1200, 1280];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens the file, hands the page to `act` and closes it again. */
async function withPage({ browser, file }, options, act, fragment = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const seen = { requests: [], messages: [] };
    page.on("request", (request) => seen.requests.push(request.url()));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) seen.messages.push(message.text());
    });
    page.on("pageerror", (error) => seen.messages.push(String(error)));
    await page.goto(urlOf(file) + fragment);
    return await act(page, seen);
  } finally {
    await context.close();
  }
}

const axeGate = (options) => (env) =>
  withPage(env, options, async (page) => {
    await page.evaluate(axe.source);
    const results = await page.evaluate(
      (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }),
      AXE_TAGS,
    );
    env.notes.push(`${results.passes.length} rules passed`);
    return results.violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0]?.html.slice(0, 120)})`,
    );
  });

async function nu({ file, notes }) {
  const { stderr } = await run("java", ["-jar", vnu, "--format", "json", "--exit-zero-always", resolve(file)], {
    maxBuffer: 1 << 26,
  });
  const { messages } = JSON.parse(stderr);
  notes.push(`${messages.length} messages`);
  return messages.map((message) => `${message.lastLine}: ${message.message}`);
}

async function htmlValidate({ file }) {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const validate = new HtmlValidate(new FileSystemConfigLoader(JSON.parse(await readFile(join(folder, "htmlvalidate.json")))));
  const report = await validate.validateString(await readFile(file, "utf8"), join(folder, "report.html"));
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${message} (${ruleId})`),
  );
}

async function network(env) {
  return withPage(env, {}, async (page, { requests }) => {
    const own = urlOf(env.file);
    const embedded = await page.evaluate(() => [
      ...Array.from(document.querySelectorAll("[src], [srcset], [data], link[href], image, use, iframe"), (e) => e.outerHTML),
      ...Array.from(document.querySelectorAll("style"), (e) => e.textContent.match(/@import|url\(\s*["']?(?!["']?#)[^)]*/gu) ?? []).flat(),
    ]);
    return [...requests.filter((url) => url !== own).map((url) => `request to ${url}`), ...embedded.map((it) => `embeds ${it.slice(0, 120)}`)];
  });
}

const consoleGate = (env) =>
  withPage(env, {}, async (page, { messages }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.keyboard.press("Tab");
    return messages;
  });

async function csp({ file }) {
  const html = (await readFile(file, "utf8")).replace(/\r\n?/gu, "\n");
  const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/u)?.[1] ?? "";
  const problems = [];
  for (const directive of ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]) {
    if (!policy.split("; ").includes(directive)) problems.push(`the policy lacks ${directive}`);
  }
  if (policy.includes("unsafe")) problems.push("the policy allows something unsafe");
  for (const tag of ["style", "script"]) {
    const blocks = [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gsu"))].map(([, text]) => text);
    if (blocks.length !== 1) problems.push(`${blocks.length} <${tag}> instead of one`);
    for (const text of blocks) {
      const hash = createHash("sha256").update(text).digest("base64");
      if (!policy.includes(`${tag}-src 'sha256-${hash}'`)) problems.push(`the policy does not name the hash of <${tag}>`);
    }
  }
  return problems;
}

async function overflow(env) {
  const problems = [];
  for (const width of WIDTHS) {
    await withPage(env, { viewport: { width, height: 800 } }, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) problems.push(`at ${width} px the page is ${wide} px too wide`);
    });
  }
  return problems;
}

const structure = (env) =>
  withPage(env, {}, (page) =>
    page.evaluate(() => {
      const problems = [];
      const all = (selector) => Array.from(document.querySelectorAll(selector));
      if (document.documentElement.lang !== "cs") problems.push('the language is not "cs"');
      const levels = all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.localName[1]));
      if (levels.filter((level) => level === 1).length !== 1) problems.push("there is not exactly one h1");
      levels.forEach((level, at) => {
        if (at > 0 && level > levels[at - 1] + 1) problems.push(`h${level} follows h${levels[at - 1]}`);
      });
      for (const landmark of ["header", "nav", "main", "footer"]) {
        if (all(`body > ${landmark}, body > div > ${landmark}`).length !== 1) problems.push(`there is not one ${landmark}`);
      }
      const ids = all("[id]").map((element) => element.id);
      for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) problems.push(`id ${id} is there twice`);
      for (const link of all('a[href^="#"]')) {
        if (!document.getElementById(link.getAttribute("href").slice(1))) problems.push(`${link.outerHTML} leads nowhere`);
      }
      for (const article of all("article.opatreni")) {
        if (!/^opatreni-\d+-\d+$/u.test(article.id)) problems.push(`id of a measure: ${article.id}`);
        if (!article.querySelector(`h3 a[href="#${article.id}"]`)) problems.push(`${article.id} has no permalink`);
        if (!all(`nav a, .mrizka a`).some((a) => a.hash === `#${article.id}`)) problems.push(`the grid lacks ${article.id}`);
        if (!/SPLNĚNO|PLNĚNO|ČÁSTEČNĚ|NEPLNĚNO/u.test(article.querySelector(".stav")?.textContent ?? ""))
          problems.push(`${article.id} has no status in words`);
      }
      for (const section of all("h2[id]")) {
        if (section.id !== "obsah" && !section.closest("search, #hledani") && !document.querySelector(`nav a[href="#${section.id}"]`))
          problems.push(`the table of contents lacks ${section.id}`);
      }
      for (const table of all("table")) {
        const name = table.caption?.textContent.trim() || "a table";
        if (!table.caption?.textContent.trim()) problems.push(`${name} has no caption`);
        for (const th of table.querySelectorAll("th:not([scope])")) problems.push(`${name}: ${th.outerHTML} has no scope`);
      }
      for (const cell of all("th, td, dt, dd, li, h1, h2, h3, h4, p")) {
        if (!cell.textContent.trim()) problems.push(`${cell.outerHTML.slice(0, 120)} is empty`);
      }
      return problems;
    }),
  );

/** Contrast of what is drawn: 3:1 for shapes against the page, 4.5:1 for numbers inside of shapes. */
async function pictures(env) {
  const problems = [];
  for (const colorScheme of ["light", "dark"]) {
    await withPage(env, { colorScheme }, async (page) => {
      const found = await page.evaluate(() => {
        const problems = [];
        for (const figure of document.querySelectorAll("figure")) {
          if (!figure.querySelector("figcaption strong")?.textContent.trim()) problems.push(`${figure.id} has no headline`);
          if (!/n = \d+/u.test(figure.querySelector("figcaption").textContent.replaceAll("\u00A0", " "))) problems.push(`${figure.id} does not say n`);
        }
        for (const svg of document.querySelectorAll("svg:not([aria-hidden]):not(svg svg)")) {
          if (svg.getAttribute("role") !== "img") problems.push("a picture is not role=img");
          for (const part of ["title", "desc"]) {
            const id = svg.querySelector(`:scope > ${part}`)?.id;
            const attribute = part === "title" ? "aria-labelledby" : "aria-describedby";
            if (!id || svg.getAttribute(attribute) !== id) problems.push(`a picture lacks its ${part}`);
          }
        }
        const luminance = (color) => {
          const [r, g, b] = color.match(/[\d.]+/gu).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (a, b) => {
          const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
          return (light + 0.05) / (dark + 0.05);
        };
        const paper = getComputedStyle(document.body).backgroundColor;
        const patterns = (selector) => Array.from(document.querySelectorAll(selector), (e) => getComputedStyle(e).fill);
        const fills = (element) => {
          const { fill } = getComputedStyle(element);
          return fill.startsWith("url") ? patterns("pattern rect") : [fill];
        };
        const shapes = new Map(Array.from(document.querySelectorAll(".graf rect:not(.draha)"), (e) => [e.classList.value.match(/dilek-\w+/u)[0], fills(e)]));
        for (const [name, colors] of shapes) {
          const best = Math.max(...colors.map((color) => contrast(color, paper)));
          if (best < 3) problems.push(`${name} has contrast ${best.toFixed(2)}`);
        }
        for (const text of new Map(Array.from(document.querySelectorAll(".v-dilku"), (e) => [e.classList[1], e])).values()) {
          const colors = shapes.get(text.classList[1].replace("v-dilku", "dilek"));
          const worst = Math.min(...colors.map((color) => contrast(getComputedStyle(text).fill, color)));
          if (worst < 4.5) problems.push(`numbers in ${text.classList[1]} have contrast ${worst.toFixed(2)}`);
        }
        for (const text of document.querySelectorAll(".graf > text:not(.v-dilku)")) {
          const value = contrast(getComputedStyle(text).fill, paper);
          if (value < 4.5) problems.push(`the label ${text.textContent} has contrast ${value.toFixed(2)}`);
        }
        return problems;
      });
      problems.push(...found.map((problem) => `${colorScheme}: ${problem}`));
    });
  }
  return problems;
}

/** What the filter should find, computed without the filter's own code. */
const expected = (page, { text = "", stav = "" }) =>
  page.evaluate(
    ([text, stav]) => {
      const bare = (value) => value.normalize("NFD").replace(/[\u0300-\u036f]/gu, "").toLowerCase();
      return Array.from(document.querySelectorAll("article.opatreni")).filter(
        (article) => bare(article.textContent).includes(text) && (!stav || article.dataset.stav === stav),
      ).length;
    },
    [text, stav],
  );
const nShown = (page) => page.locator("article.opatreni:visible").count();

async function announced(page, count) {
  const live = page.locator("[aria-live]");
  const wanted = count === 0 ? /žádné/u : new RegExp(`\\b${count}\\s`, "u");
  for (let tries = 0; tries < 20; tries += 1) {
    if (wanted.test(await live.textContent({ timeout: 10_000 }))) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

const filter = (env) =>
  withPage(env, {}, async (page) => {
    const problems = [];
    const verify = async (what, criteria) => {
      // The script waits for the end of typing before it filters.
      await page.waitForTimeout(400);
      const count = await expected(page, criteria);
      if (!(await announced(page, count))) problems.push(`${what}: ${count} should be announced, not „${await page.locator("[aria-live]").textContent()}“`);
      const shown = await nShown(page);
      if (shown !== count) problems.push(`${what}: ${shown} shown instead of ${count}`);
      return count;
    };
    const total = await nShown(page);
    if (!(await page.locator("#filtr").isVisible())) return ["the filter is not there"];
    // A word with diacritics, written without them, and a status that only some of its measures have.
    const choice = await page.evaluate(() => {
      const bare = (value) => value.normalize("NFD").replace(/[\u0300-\u036f]/gu, "").toLowerCase();
      const measures = Array.from(document.querySelectorAll("article.opatreni"), (e) => ({ text: bare(e.textContent), stav: e.dataset.stav }));
      const words = document.querySelector("main").textContent.match(/\p{L}{6,}/gu).filter((word) => /[ěščřžýáíéúů]/iu.test(word));
      for (const word of new Set(words.map(bare))) {
        const found = measures.filter(({ text }) => text.includes(word));
        const stav = found.find((measure) => measure.stav !== found[0].stav)?.stav;
        if (stav && found.length < measures.length) return { word, stav };
      }
      return null;
    });
    if (!choice) return ["there is no word to try the filter with"];
    const { word, stav } = choice;
    await page.locator("#filtr-text").pressSequentially(word);
    const byText = await verify(`text „${word}“`, { text: word });
    if (byText === 0 || byText === total) problems.push(`text „${word}“ does not tell measures apart`);
    await page.locator("#filtr-stav").selectOption(stav);
    const both = await verify(`text „${word}“ and status ${stav}`, { text: word, stav });
    const { hash } = new URL(page.url());
    if (!hash.includes(word) || !hash.includes(stav)) problems.push(`the address does not keep the choice: ${hash}`);
    await withPage(env, {}, async (other) => {
      if (!(await announced(other, both)) || (await nShown(other)) !== both) problems.push("the address does not bring the choice back");
    }, hash);
    const hidden = await page.locator("article.opatreni[hidden]").first().getAttribute("id");
    await page.locator(`.mrizka a[href="#${hidden}"]`).click();
    // The page hears of the new address only after the click.
    const isShown = page.locator(`#${hidden}`).waitFor({ state: "visible", timeout: 5000 });
    if (!(await isShown.then(() => true, () => false))) problems.push("a link to a measure that is filtered out leads nowhere");
    if (!(await page.locator(`#${hidden} h3`).evaluate((e) => { const { top } = e.getBoundingClientRect(); return top >= 0 && top < innerHeight; })))
      problems.push("a link to a measure that is filtered out does not scroll to it");
    await page.locator("#filtr-text").fill("tohle v žádném opatření není");
    await verify("text that is nowhere", { text: "tohle v žádném opatření není" });
    await page.locator("#filtr button[type=reset]").click();
    await verify("reset", {});
    await page.locator("#filtr-text").fill(word);
    await page.locator("#filtr-text").press("Enter");
    await verify("Enter", { text: word });
    return problems;
  });

const skipLink = (env) =>
  withPage(env, {}, async (page) => {
    const problems = [];
    const active = () =>
      page.evaluate(() => {
        const { top, left, width } = document.activeElement.getBoundingClientRect();
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { href: document.activeElement.getAttribute("href"), name: document.activeElement.localName, isSeen: top >= 0 && left >= 0 && width > 0, outline: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
      });
    await page.keyboard.press("Tab");
    const first = await active();
    if (first.href !== "#hlavni") return ["the first stop is not the skip link"];
    if (!first.isSeen) problems.push("the skip link is not seen when it has the focus");
    if (!first.outline) problems.push("the focus is not seen");
    await page.keyboard.press("Enter");
    if ((await active()).name !== "main") problems.push("the skip link does not move the focus to main");
    await page.keyboard.press("Tab");
    if (!(await active()).outline) problems.push("the focus is not seen in the text");
    return problems;
  });

const noScript = (env) =>
  withPage(env, { javaScriptEnabled: false }, async (page) => {
    const problems = [];
    const [all, shown] = [await page.locator("article.opatreni").count(), await nShown(page)];
    if (all === 0 || shown !== all) problems.push(`${shown} of ${all} measures shown without JavaScript`);
    for (const selector of ["#filtr", "[aria-live]", 'nav a[href="#hledani"]']) {
      if (await page.locator(selector).isVisible()) problems.push(`${selector} is shown without JavaScript`);
    }
    return problems;
  });

/** Words that stand beyond the edges of the running head, where the page cuts them off. */
const cutOff = async (pdf) => {
  const { stdout } = await run("pdftotext", ["-bbox", pdf, "-"], { maxBuffer: 1 << 28 });
  return stdout.split("<page ").slice(1).flatMap((page, at) => {
    const words = [...page.matchAll(/<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="[^"]*">(.*)<\/word>/gu)];
    const boxes = words.map(([, left, top, right, text]) => ({ left: +left, top: +top, right: +right, text }));
    const head = boxes.filter((box) => box.top < boxes[0].top + 2);
    const [from, to] = [head[0].left - 1, Math.max(...head.map((box) => box.right)) + 1];
    const cut = boxes.filter((box) => box.left < from || box.right > to);
    return cut.slice(0, 2).map((box) => `page ${at + 1} cuts off ${box.text}`);
  });
};

const print = (env) =>
  withPage(env, { colorScheme: "dark" }, async (page) => {
    const problems = [];
    await page.emulateMedia({ media: "print" });
    for (const selector of ["#filtr", ".preskocit"]) {
      if (await page.locator(selector).isVisible()) problems.push(`${selector} is printed`);
    }
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    if (background !== "rgb(255, 255, 255)") problems.push(`printed on ${background}`);
    const folder = await mkdtemp(join(tmpdir(), "plneni-print-"));
    try {
      const pdf = join(folder, "report.pdf");
      await writeFile(pdf, await page.pdf({ preferCSSPageSize: true }));
      const { stdout } = await run("pdftotext", ["-layout", pdf, "-"], { maxBuffer: 1 << 26 });
      const pages = stdout.split("\f").slice(0, -1).map((text) => text.split("\n").filter((line) => line.trim()));
      env.notes.push(`${pages.length} pages`);
      pages.forEach((lines, at) => {
        const head = lines[0] ?? "";
        const foot = lines.at(-1) ?? "";
        if (!head.includes("Informace o naplňování")) problems.push(`page ${at + 1} has no running title`);
        if (!foot.includes(`strana ${at + 1} z ${pages.length}`)) problems.push(`page ${at + 1} has no number`);
        // Under the status stand two pairs of labels and values; a line of the body has to follow.
        const last = lines.findLastIndex((line) => /^\s*Stav:/u.test(line));
        if (last >= 0 && lines.length - 1 - last <= 5) problems.push(`page ${at + 1} ends with a measure's head: ${lines[last].trim()}`);
      });
      problems.push(...(await cutOff(pdf)));
    } catch (error) {
      if (error.code !== "ENOENT" || process.env.PLNENI_REQUIRE_BROWSER === "1") throw error;
      env.notes.push("pages not read, pdftotext is missing");
    } finally {
      await rm(folder, { recursive: true });
    }
    return problems;
  });

export const GATES = {
  "nu": nu,
  "html-validate": htmlValidate,
  "axe-light": axeGate({ colorScheme: "light" }),
  "axe-dark": axeGate({ colorScheme: "dark" }),
  "axe-320": axeGate({ viewport: { width: 320, height: 640 } }),
  "network": network,
  "console": consoleGate,
  "csp": csp,
  "overflow": overflow,
  "structure": structure,
  "pictures": pictures,
  "filter": filter,
  "skip-link": skipLink,
  "no-script": noScript,
  "print": print,
};

/** Problems by gate, for the gates asked for. */
export async function check(file, names = Object.keys(GATES), browser = null) {
  const own = browser ?? (await launch());
  const found = {};
  try {
    for (const name of names) {
      const notes = [];
      found[name] = { problems: await GATES[name]({ browser: own, file, notes }), notes };
    }
  } finally {
    if (!browser) await own.close();
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...names] = process.argv.slice(2);
  const unknown = names.find((name) => !GATES[name]);
  if (!file || unknown) {
    console.error(unknown ? `no gate ${unknown}` : `usage: node check.mjs FILE.html [GATE…]\ngates: ${Object.keys(GATES).join(" ")}`);
    process.exit(2);
  }
  let nProblems = 0;
  for (const [name, { problems, notes }] of Object.entries(await check(file, names.length ? names : undefined))) {
    console.log(`${problems.length ? "FAIL" : "ok  "} ${name}${notes.length ? ` (${notes.join(", ")})` : ""}`);
    for (const problem of problems.slice(0, 20)) console.log(`       ${problem}`);
    nProblems += problems.length;
  }
  process.exit(nProblems ? 1 : 0);
}
