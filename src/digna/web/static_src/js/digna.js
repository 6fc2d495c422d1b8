// Everything here improves pages that already work without it.
import '../css/digna.css';
import htmx from 'htmx.org';

import { copyButtons } from './copy.js';
import { drafts } from './draft.js';
import { offlineFace } from './face.js';
import { focusOnProblems } from './focus.js';
import { grids } from './grid.js';
import { guards } from './guard.js';
import { lessons } from './lessons.js';
import { menus } from './menu.js';
import { pageButtons } from './buttons.js';
import { needs } from './needs.js';
import { passwords } from './password.js';
import { failures } from './failures.js';
import { search } from './search.js';
import { textSizes } from './textsize.js';
import { themeSwitch } from './theme.js';
import { writing } from './writing.js';

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0;
// A refused form (422) is shown where it stood; other problems go to the alert at the top.
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '422', swap: true },
  { code: '4..', swap: true, target: '#problems', swapOverride: 'innerHTML' },
  { code: '...', swap: false, error: true },
];

document.documentElement.classList.add('js');
for (const start of [
  offlineFace, search, menus, themeSwitch, drafts, guards, grids, copyButtons, pageButtons, passwords, focusOnProblems, lessons,
  writing, needs, textSizes,
]) {
  start(document);
}
failures(document);
