// Builds forms.js: the questionnaires' engine and its controls, fetched by the pages of one form only.
// Apart from the rest, so that no other page shares a piece with it and none grows.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    outDir: here('src/digna/web/static/web/dist'),
    emptyOutDir: false,
    // The engine waits for its parser at its top level: Chrome 89 and its like (2021) do that.
    target: ['chrome89', 'firefox89', 'safari15'],
    modulePreload: false,
    rollupOptions: {
      // What the parser's runtime keeps behind `eval` is for other places; the CSP forbids it.
      onwarn: (warning, warn) => ['EVAL', 'MODULE_LEVEL_DIRECTIVE'].includes(warning.code) || warn(warning),
      input: { forms: here('src/digna/web/static_src/js/forms/forms.js') },
      output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]', codeSplitting: false },
    },
  },
});
