// Builds what every screen loads: digna.js, digna.css and icons.svg, under names without hashes
// (Django's manifest storage adds them).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { frames } from './src/digna/web/static_src/player/frames.js';
import { sprite } from './src/digna/web/static_src/sprite.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [
    sprite({ list: here('src/digna/web/static_src/icons.txt') }),
    frames({ from: here('node_modules/h5p-standalone/dist'), to: 'h5p' }),
  ],
  build: {
    outDir: here('src/digna/web/static/web/dist'),
    emptyOutDir: true,
    // Phones of 2020 are in the field: their browsers set the target.
    target: ['chrome80', 'firefox78', 'safari13.1'],
    cssTarget: ['chrome80', 'firefox78', 'safari13.1'],
    modulePreload: false,
    rollupOptions: {
      // htmx keeps an eval behind `allowEval`, which digna.js turns off and the CSP forbids.
      onwarn: (warning, warn) => warning.code === 'EVAL' || warn(warning),
      // The player and its runtimes are loaded where a package is played, never with digna.js.
      input: {
        digna: here('src/digna/web/static_src/js/digna.js'),
        field: here('src/digna/web/static_src/js/field/field.js'),
        player: here('src/digna/web/static_src/player/player.js'),
        upload: here('src/digna/web/static_src/player/upload.js'),
        shell_scorm12: here('src/digna/web/static_src/player/shell_scorm12.js'),
        shell_scorm2004: here('src/digna/web/static_src/player/shell_scorm2004.js'),
        shell_h5p: here('src/digna/web/static_src/player/shell_h5p.js'),
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
});
