// Validates the machine-readable findings by schemas that the program had no hand in:
//   node validate-findings.mjs FORMAT=FILE…
// SARIF by the official schema as Microsoft's matchers carry it, GitLab's Code Quality and our own
// JSON by the schemas in this repository. What a schema cannot say is checked below it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const here = (name) => new URL(name, import.meta.url);

const schemas = {
  json: () => compiled(Ajv, read(here("../schema/nalezy.schema.json"))),
  gitlab: () => compiled(Ajv, read(here("schemas/gitlab-code-quality.schema.json"))),
  sarif: () => compiled(AjvDraft04, read(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))),
};

function compiled(Validator, schema) {
  // A pattern of the SARIF schema is no regular expression under the flag of Unicode.
  const validator = new Validator({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(validator);
  return validator.compile(schema);
}

const checks = {
  json(report) {
    const { souhrn, nalezy } = report;
    const nOf = (weight) => nalezy.filter((finding) => finding.zavaznost === weight).length;
    const unlike = [
      ["chyby", nOf("chyba")],
      ["varovani", nOf("varovani")],
      ["poznamky", nOf("poznamka")],
      ["prijate", nalezy.filter((finding) => finding.prijato !== null).length],
    ].filter(([key, count]) => souhrn[key] !== count);
    return [
      ...unlike.map(([key, count]) => `souhrn.${key} is ${souhrn[key]}, the findings say ${count}`),
      ...repeated(nalezy.map((finding) => finding.otisk)),
    ];
  },
  gitlab(issues) {
    return repeated(issues.map((issue) => issue.fingerprint));
  },
  sarif({ runs: [run] }) {
    const { rules } = run.tool.driver;
    const faults = run.results
      .filter((result) => rules[result.ruleIndex]?.id !== result.ruleId)
      .map((result) => `ruleIndex ${result.ruleIndex} is not ${result.ruleId}`);
    const backwards = run.results.filter(({ locations: [{ physicalLocation: { region } }] }) =>
      region.endLine < region.startLine ||
      (region.endLine === region.startLine && region.endColumn < region.startColumn));
    faults.push(...backwards.map((result) => `a region of ${result.ruleId} ends before it begins`));
    faults.push(...repeated(run.results.map((result) => result.partialFingerprints["plneni/v1"])));
    return faults;
  },
};

function repeated(names) {
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `fingerprint ${name} stands twice`);
}

const validators = {};
let nFaults = 0;
const outputs = process.argv.slice(2).map((argument) => argument.split(/=(.*)/s));
for (const [format, path] of outputs) {
  validators[format] ??= schemas[format]();
  const validate = validators[format];
  const output = read(path);
  const faults = validate(output)
    ? checks[format](output)
    : validate.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  for (const fault of faults) {
    console.error(`${format} ${path}: ${fault}`);
  }
  nFaults += faults.length;
}
console.log(`validate-findings: ${outputs.length} output(s), ${nFaults} fault(s)`);
process.exit(outputs.length === 0 || nFaults > 0 ? 1 : 0);
