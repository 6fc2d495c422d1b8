// Puts what H5P loads by address beside the bundles: its core, its styles and their fonts.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

function files(folder, under = '') {
  return readdirSync(join(folder, under)).flatMap((name) => {
    const path = under ? `${under}/${name}` : name;
    return statSync(join(folder, path)).isDirectory() ? files(folder, path) : [path];
  });
}

export function frames({ from, to }) {
  return {
    name: 'digna-frames',
    generateBundle() {
      for (const path of files(from)) {
        if (!/\.(js|css|woff2?|svg|gif)$/.test(path) || path === 'main.bundle.js') continue;
        this.emitFile({ type: 'asset', fileName: `${to}/${path}`, source: readFileSync(join(from, path)) });
      }
    },
  };
}
