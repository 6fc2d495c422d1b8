// Builds the service worker: one classic script, served by Digna itself at /sw.js.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: here('src/digna/web/static/web/dist'),
    emptyOutDir: false,
    target: ['chrome80', 'firefox78', 'safari13.1'],
    lib: { entry: here('src/digna/web/static_src/js/field/sw.js'), formats: ['iife'], name: 'dignaWorker' },
    rollupOptions: { output: { entryFileNames: 'sw.js' } },
  },
});
