// Validates YAML files by the JSON Schemas that their modelines name, with a parser and a validator
// that are not the program's:
//   node validate-data.mjs DATA FAULTY PASSABLE
// Every file of DATA and of PASSABLE must pass, every file of FAULTY must fail.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import { parseDocument } from "yaml";

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true });
ajv.addVocabulary(["errorMessage"]); // editors show it; it decides nothing

const validators = new Map();

function validatorOf(path) {
  if (!validators.has(path)) {
    validators.set(path, ajv.compile(JSON.parse(readFileSync(path, "utf8"))));
  }
  return validators.get(path);
}

// What a schema has against a file; a file that cannot be read as YAML is a fault of another kind.
function faultsOf(file) {
  const text = readFileSync(file, "utf8");
  const schema = /^# yaml-language-server: \$schema=(\S+)\r?\n/.exec(text)?.[1];
  if (schema === undefined) {
    throw new Error(`${file}: the first line names no schema`);
  }
  const document = parseDocument(text, { version: "1.2", schema: "core" });
  if (document.errors.length > 0) {
    throw new Error(`${file}: ${document.errors[0].message}`);
  }
  // A frozen period keeps definitions as they stood, with the path to the schema that they had there.
  const place = file.replace(/obdobi[/\\][^/\\]+[/\\]definice[/\\]/, "");
  const validate = validatorOf(join(dirname(place), schema));
  return validate(document.toJS()) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

function yamlFiles(folder, { recursive }) {
  const files = readdirSync(folder, { recursive }).filter((name) => name.endsWith(".yaml"));
  if (files.length === 0) {
    throw new Error(`there is no YAML in ${folder}`);
  }
  return files.sort().map((name) => join(folder, name));
}

const [data, faulty, passable] = process.argv.slice(2);
const mustPass = [...yamlFiles(data, { recursive: true }), ...yamlFiles(passable, { recursive: false })];
const mustFail = yamlFiles(faulty, { recursive: false });
const complaints = [
  ...mustPass.flatMap((file) => faultsOf(file).map((fault) => `${file}: ${fault}`)),
  ...mustFail.filter((file) => faultsOf(file).length === 0).map((file) => `${file}: should fail, but passes`),
];
for (const complaint of complaints) {
  console.error(complaint);
}
console.log(`${mustPass.length} file(s) must pass, ${mustFail.length} must fail, ${complaints.length} complaint(s)`);
process.exit(complaints.length === 0 ? 0 : 1);
