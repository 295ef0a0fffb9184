// Proves that the gates of check.mjs can fail: each copy of the report is broken in one way on
// purpose, and its gate has to name that very fault.
//   node prove.mjs FILE.html [WORD…]     only the proofs whose names contain a word
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "./check.mjs";
import { launch } from "./browser.mjs";

/** Replaces the first occurrence, or all of them for a global pattern; must find one. */
const swap = (from, to) => (html) => {
  const broken = html.replace(from, to);
  if (broken === html) throw new Error(`${from} is not in the report; mend the proof`);
  return broken;
};

/** A change of the style or script that the policy is made to allow, so that only the change counts. */
const allowed = (change) => (html) => {
  let broken = change(html);
  for (const tag of ["style", "script"]) {
    const text = broken.match(new RegExp(`<${tag}>(.*?)</${tag}>`, "su"))[1];
    const hash = createHash("sha256").update(text).digest("base64");
    broken = broken.replace(new RegExp(`${tag}-src '[^']*'`, "u"), `${tag}-src 'sha256-${hash}'`);
  }
  return broken;
};
const css = (rules) => allowed(swap("</style>", () => `${rules}\n</style>`));
const script = (from, to) => allowed(swap(from, to));

// [what is broken, how, the gate, the fault it has to name]
const PROOFS = [
  ["stray end tag", swap("</main>", "</div></main>"), "nu", /Stray end tag/u],
  ["unclosed element", swap("</dl>", ""), "nu", /Unclosed element/u],
  ["inline style", swap("<h1>", '<h1 style="color:red">'), "html-validate", /no-inline-style/u],
  ["button without type", swap(' type="reset"', ""), "html-validate", /no-implicit-button-type/u],
  ["low contrast", css(":root { --tlumeny: #a8b0b8; }"), "axe-light", /color-contrast/u],
  ["low contrast in the dark", css("@media (prefers-color-scheme: dark) { :root { --text: #4a545f; } }"), "axe-dark", /color-contrast/u],
  ["low contrast on small screens", css("@media (max-width: 400px) { .popisek { color: #bbb; } }"), "axe-320", /color-contrast/u],
  ["small targets", css(".mrizka a { line-height: 1; padding: 0; min-width: 0; font-size: .6rem; } .mrizka ul { gap: 0; }"), "axe-light", /target-size/u],
  ["field without label", swap('<label for="filtr-text">Text</label>', ""), "axe-light", /label/u],
  ["picture without name", swap(/ aria-labelledby="graf-celek-nazev"(.*?)<title.*?<\/title>/su, "$1"), "axe-light", /svg-img-alt/u],
  ["unnamed scrolling region", swap('role="region" tabindex="0"', ""), "axe-320", /scrollable-region-focusable/u],
  ["external image", swap("<h1>", '<img src="https://example.org/znak.png" alt="Znak"><h1>'), "network", /example\.org/u],
  ["external style sheet", swap("<style>", '<link rel="stylesheet" href="https://example.org/s.css"><style>'), "network", /example\.org/u],
  ["external font", css('@font-face { font-family: x; src: url("https://example.org/f.woff2"); }'), "network", /example\.org/u],
  ["error in the script", script('"use strict";', '"use strict"; setTimeout(() => { throw new Error("proof"); });'), "console", /proof/u],
  ["script that the policy does not allow", swap("</main>", "<script>void 0</script></main>"), "console", /Content Security Policy/u],
  ["style changed after hashing", swap("<style>", "<style> "), "csp", /hash of <style>/u],
  ["policy loosened", swap("default-src 'none'", "default-src 'unsafe-inline'"), "csp", /unsafe/u],
  ["wide element", css(".ke-dni { width: 40rem; }"), "overflow", /at 320 px/u],
  ["th without scope", swap('<th scope="col">', "<th>"), "structure", /has no scope/u],
  ["table without caption", swap(/<caption.*?<\/caption>/su, ""), "structure", /has no caption/u],
  ["empty cell", swap("<td>109</td>", "<td></td>"), "structure", /is empty/u],
  ["duplicate id", swap('id="shrnuti"', 'id="uvod"'), "structure", /is there twice/u],
  ["heading level skipped", swap(/<h3 id="neplni-se">(.*?)<\/h3>/u, '<h4 id="neplni-se">$1</h4>'), "structure", /h4 follows h2/u],
  ["link to nowhere", swap('<a href="#okruh-1">', '<a href="#okruh-99">'), "structure", /leads nowhere/u],
  ["permalink missing", swap(/<a class="trvaly" href="#opatreni-1-1">(.*?)<\/a>/u, "$1"), "structure", /has no permalink/u],
  ["contents incomplete", swap('<li><a href="#gestori">Přehled podle gestorů</a></li>', ""), "structure", /table of contents lacks gestori/u],
  ["status not in words", swap(/(<p class="stav-radek">.*?<span class="stav [^>]*>)[^<]*/u, "$1–"), "structure", /no status in words/u],
  ["picture without description", swap(/<desc id="graf-terminy-popis">.*?<\/desc>/su, ""), "pictures", /lacks its desc/u],
  ["pale shapes", css(":root { --castecne: #f3d98a; }"), "pictures", /dilek-castecne has contrast/u],
  ["pale numbers", css(".graf .v-dilku-castecne { fill: #fff; }"), "pictures", /numbers in v-dilku-castecne/u],
  ["headline missing", swap(/<figcaption><strong>.*?<\/strong>/su, "<figcaption>"), "pictures", /has no headline/u],
  ["filter needs diacritics", script('replace(/\\p{M}/gu, "")', 'replace("x", "x")'), "filter", /^text .*shown instead/u],
  ["filter ignores the status", script("(!wanted.stav || measure.stav === wanted.stav)", "true"), "filter", /and status/u],
  ["number not announced", script("if (message.textContent !== text) message.textContent = text;", ""), "filter", /should be announced/u],
  ["address forgets the choice", script("history.replaceState", "void "), "filter", /does not keep the choice/u],
  ["address does not bring the choice back", script("parameters.get(name) ??", ""), "filter", /does not bring the choice back/u],
  ["links to hidden measures are dead", script('addEventListener("hashchange", follow);', ""), "filter", /leads nowhere/u],
  ["reset does nothing", script('form.addEventListener("reset"', 'form.addEventListener("nic"'), "filter", /^reset/u],
  ["skip link removed", swap(/<a class="preskocit".*?<\/a>/u, ""), "skip-link", /first stop/u],
  ["skip link out of sight", css(".preskocit:focus { left: -100vw; }"), "skip-link", /not seen when it has the focus/u],
  ["skip link moves nothing", swap('<main id="hlavni" tabindex="-1">', "<main>"), "skip-link", /does not move/u],
  ["focus not seen", css(":focus-visible { outline: none !important; }"), "skip-link", /focus is not seen/u],
  ["filter shown without a script", swap(/(<section id="hledani".*?) hidden>/u, "$1>"), "no-script", /#filtr is shown/u],
  ["measures hidden without a script", swap('<article class="opatreni"', '<article hidden class="opatreni"'), "no-script", /shown without JavaScript/u],
  ["no page numbers", script('counter(page) " z " counter(pages)', '"z"'), "print", /has no number/u],
  ["numbers of a list outside the page", css("@media print { ol { padding-left: 1em; } }"), "print", /cuts off 1\./u],
  ["lines longer than the page", css("@media print { .komentar p { white-space: nowrap; } }"), "print", /cuts off/u],
  ["no running title", script('@top-left { content: "Informace', '@top-left { content: "'), "print", /has no running title/u],
  ["head left alone on a page", css("@media print { .hlava { break-inside: auto; break-after: auto; } h3, dt, .hlava * { break-after: auto; break-inside: auto; } .komentar { break-inside: avoid; } }"), "print", /ends with a measure's head/u],
  ["filter printed", css("@media print { .hledani { display: block; } }"), "print", /#filtr is printed/u],
  ["dark paper", css("@media print { :root { --papir: #14181d; } }"), "print", /printed on/u],
];

const [file, ...words] = process.argv.slice(2);
if (!file) {
  console.error("usage: node prove.mjs FILE.html [WORD…]");
  process.exit(2);
}
const html = await readFile(file, "utf8");
const folder = await mkdtemp(join(tmpdir(), "plneni-proofs-"));
const chosen = PROOFS.filter(([what]) => words.length === 0 || words.some((word) => what.includes(word)));
const waiting = chosen.entries();
let nFailed = 0;

/** Takes one proof after another that nobody has taken yet. Only one page of a browser can have the focus. */
async function work() {
  const browser = await launch();
  try {
    for (const [index, [what, breakIt, gate, fault]] of waiting) {
      const broken = join(folder, `broken-${index}.html`);
      let problems;
      try {
        await writeFile(broken, breakIt(html));
        problems = (await check(broken, [gate], browser))[gate].problems;
      } catch (error) {
        problems = [String(error)];
      }
      const isNamed = problems.some((problem) => fault.test(problem));
      if (!isNamed) nFailed += 1;
      console.log(`${isNamed ? "ok  " : "FAIL"} ${gate}: ${what}`);
      if (!isNamed) console.log(`       said: ${problems.slice(0, 3).join(" | ").slice(0, 300) || "nothing"}`);
    }
  } finally {
    await browser.close();
  }
}

try {
  await Promise.all(Array.from({ length: availableParallelism() }, work));
} finally {
  await rm(folder, { recursive: true });
}
console.log(`${chosen.length - nFailed} of ${chosen.length} faults found`);
process.exit(nFailed ? 1 : 0);
