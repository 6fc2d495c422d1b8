import standalone from 'h5p-standalone';

import { content, progress, tell, told } from './shell.js';

// A private window keeps other sites' storage shut, and H5P asks for it without asking whether.
function storage() {
  try {
    return window.localStorage;
  } catch {
    const held = new Map();
    const value = {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, text) => held.set(key, String(text)),
      removeItem: (key) => held.delete(key),
    };
    return Object.defineProperty(window, 'localStorage', { value }).localStorage;
  }
}

function heed() {
  window.H5P.externalDispatcher.on('xAPI', (event) => {
    const said = event.data.statement;
    if (said.result) progress({ statement: said });
  });
}

function grow() {
  tell({ kind: 'height', height: document.documentElement.offsetHeight });
}

storage();
const H5P = standalone.H5P ?? standalone;
new H5P(content, {
  h5pJsonPath: told.base,
  contentJsonPath: `${told.base}/content`,
  librariesPath: told.base,
  frameJs: content.dataset.frameJs,
  frameCss: content.dataset.frameCss,
  xAPIObjectIRI: told.activity,
  reportingIsEnabled: true,
  embedType: 'div',
}).then(() => {
  heed();
  new ResizeObserver(grow).observe(document.body);
});
