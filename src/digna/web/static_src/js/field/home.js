// /campo/: who uses this telephone, what each took along, what waits to be sent, and the telephone itself.
// Works offline.
import { outbox, wireOutbox } from './home_outbox.js';
import { people } from './home_people.js';
import { phone, wirePhone } from './home_phone.js';
import { hasPin, isLocked } from './lock.js';
import { changed } from './outbox.js';
import { askPin, recover } from './pin.js';
import { current } from './store.js';

// One drawing at a time, and once more if something changed meanwhile: rows are never drawn twice.
function drawer(root) {
  let drawing = null;
  let isStale = false;
  const once = async () => {
    await Promise.all([people(root, draw), outbox(root, draw), phone(root)]);
    drawing = null;
    if (isStale) draw();
  };
  function draw() {
    if (drawing) isStale = true;
    else {
      isStale = false;
      drawing = once();
    }
    return drawing;
  }
  return draw;
}

async function entrance(draw) {
  const person = await current();
  const asked = new URLSearchParams(location.search).get('pin');
  if (asked && (await hasPin(person))) {
    history.replaceState(null, '', location.pathname);
    await recover(person);
  } else if (await isLocked(person)) await askPin(person);
  await draw();
  // The worker showed this page in the place of one that is shut: open, it can be shown.
  if (!asked && location.pathname !== '/campo/' && person && !(await isLocked(person)) && (await hasPin(person))) location.reload();
}

export function fieldHome(document_) {
  const root = document_.querySelector('[data-field-home]');
  if (!root) return;
  const draw = drawer(root);
  changed.addEventListener('change', draw);
  wireOutbox(root, draw);
  wirePhone(root, draw);
  draw();
  entrance(draw);
}
