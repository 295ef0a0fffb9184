// One way to start the real browser: Debian's Chromium, offline in its habits.
// Run by itself it says, with its exit code, whether there is one.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CANDIDATES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const executablePath = CANDIDATES.find((path) => path && existsSync(path));

export function launch() {
  if (!executablePath) throw new Error("no Chromium found; install Debian's package `chromium` or set CHROMIUM");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export const urlOf = (file) => pathToFileURL(resolve(file)).href;

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(executablePath ? 0 : 1);
