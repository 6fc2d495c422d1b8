// Weighs the built files as they travel (brotli) and fails when one is over its budget.
import fs from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const folder = new URL('../static/web/dist/', import.meta.url);
const budget = { 'digna.css': 13_000, 'digna.js': 25_000, 'icons.svg': 8_000, 'field.js': 18_500, 'sw.js': 12_000, 'forms.js': 260_000 };
let over = 0;

for (const [name, limit] of Object.entries(budget)) {
  const size = brotliCompressSync(fs.readFileSync(new URL(name, folder))).length;
  const verdict = size <= limit ? 'ok' : 'OVER';
  over += size > limit;
  console.log(`${name.padEnd(10)} ${String(size).padStart(6)} of ${limit} bytes (br)  ${verdict}`);
}
process.exitCode = over ? 1 : 0;
