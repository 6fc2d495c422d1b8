// Makes icons.svg at build time: one <symbol> for each name in icons.txt, drawn by Lucide (ISC).
// Colours and stroke come from the page's CSS, so the sprite carries shapes only.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const need = createRequire(import.meta.url);

/** Return the names in the list: one a line, `#` begins a comment. */
export function namesIn(list) {
  return fs
    .readFileSync(list, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean);
}

function symbol(name, folder) {
  const source = fs.readFileSync(path.join(folder, `${name}.svg`), 'utf8');
  const shapes = source
    .replace(/<!--.*?-->/gs, '')
    .replace(/^.*?<svg[^>]*>/s, '')
    .replace(/<\/svg>.*$/s, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/\s*\/>/g, '/>');
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

/** Vite plugin: emit the sprite beside the bundle; an unknown name stops the build. */
export function sprite({ list }) {
  const folder = path.join(path.dirname(need.resolve('lucide-static/package.json')), 'icons');
  return {
    name: 'digna-sprite',
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const symbols = namesIn(list).map((name) => symbol(name, folder));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
      this.emitFile({ type: 'asset', fileName: 'icons.svg', source });
    },
  };
}
