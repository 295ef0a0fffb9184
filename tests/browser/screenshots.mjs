// Pictures of the report, for the README and for looking at it:
//   node screenshots.mjs FILE.html --readme OUT.png     the picture of the README
//   node screenshots.mjs FILE.html --all FOLDER         light, dark, 320 px and the printed PDF
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, urlOf } from "./browser.mjs";

const [file, mode, target] = process.argv.slice(2);
if (!target || !["--readme", "--all"].includes(mode)) {
  console.error("usage: node screenshots.mjs FILE.html (--readme OUT.png | --all FOLDER)");
  process.exit(2);
}

const browser = await launch();
const shoot = async (options, path) => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1500 }, ...options });
  await page.goto(urlOf(file));
  await page.screenshot({ path, fullPage: true });
  await page.close();
};

if (mode === "--readme") {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1500 } });
  await page.goto(urlOf(file));
  // From the sentence with the counts on: the pictures are what the README wants to show.
  await page.evaluate(() => scrollTo(0, document.querySelector(".hlavni-veta").getBoundingClientRect().top - 24));
  await page.screenshot({ path: target });
} else {
  mkdirSync(target, { recursive: true });
  await shoot({}, join(target, "light.png"));
  await shoot({ colorScheme: "dark" }, join(target, "dark.png"));
  await shoot({ viewport: { width: 320, height: 640 } }, join(target, "narrow.png"));
  const page = await browser.newPage();
  await page.goto(urlOf(file));
  await page.pdf({ path: join(target, "print.pdf"), preferCSSPageSize: true, printBackground: false });
}
await browser.close();
