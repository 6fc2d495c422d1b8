import standalone from 'h5p-standalone';

import { content, progress, tell, told } from './shell.js';

function heed() {
  window.H5P.externalDispatcher.on('xAPI', (event) => {
    const said = event.data.statement;
    if (said.result) progress({ statement: said });
  });
}

function grow() {
  tell({ kind: 'height', height: document.documentElement.offsetHeight });
}

const H5P = standalone.H5P ?? standalone;
new H5P(content, {
  h5pJsonPath: told.base,
  contentJsonPath: `${told.base}/content`,
  librariesPath: told.base,
  frameJs: content.dataset.frameJs,
  frameCss: content.dataset.frameCss,
  xAPIObjectIRI: told.activity,
  reportingIsEnabled: true,
}).then(() => {
  heed();
  new ResizeObserver(grow).observe(document.body);
});
