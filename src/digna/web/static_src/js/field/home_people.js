// Who uses this telephone and what each took along. Who has a PIN shows their name only until it is given.
import { putAway } from './along.js';
import { act, copy, on, put, show, when } from './home_rows.js';
import { isOpen, lock } from './lock.js';
import { askPin, choosePin, renewPin } from './pin.js';
import { canSeal } from './seal.js';
import { current, setCurrent, store } from './store.js';
import { takenRows } from './taken.js';
import { say, size } from './words.js';

function noteOf(who, here, isShut) {
  if (who.revoked) return say('revoked');
  if (who.needsSignIn) return say('signInAgain');
  if (isShut) return say('locked');
  return who.id === here ? say('usingNow') : '';
}

async function go(event, row, href) {
  event.preventDefault();
  await setCurrent(row.person);
  location.assign(href);
}

function taken(row, draw) {
  const node = copy('course-row');
  const link = node.querySelector('a');
  const isWeek = row.kind === 'week';
  link.textContent = isWeek ? say('myWeek') : row.title;
  link.href = isWeek && row.home === '/campo/' ? '/campo/hoy' : row.home;
  if (isWeek) link.classList.add('button--primary');
  link.addEventListener('click', (event) => go(event, row, link.href));
  put(node, 'note', `${size(row.bytes)} · ${when(row.takenAt)}`);
  on(node, 'away', async () => {
    await putAway(row);
    draw();
  });
  return node;
}

function forms(row) {
  return (row.urls || []).filter((one) => one.kind === 'form' && one.label).map((one) => {
    const node = copy('form-row');
    const link = node.querySelector('a');
    link.textContent = one.label;
    link.href = one.url;
    link.addEventListener('click', (event) => go(event, row, one.url));
    return node;
  });
}

const weekFirst = (a, b) => (b.kind === 'week') - (a.kind === 'week') || b.takenAt - a.takenAt;

async function rowOf(who, here, draw) {
  const node = copy('person-row');
  const isShut = !(await isOpen(who.id));
  put(node, 'name', who.name);
  put(node, 'note', noteOf(who, here, isShut));
  show(node, 'use', who.id !== here && !isShut);
  show(node, 'open', isShut);
  show(node, 'lock', Boolean(who.lock) && !isShut);
  show(node, 'change-pin', Boolean(who.lock) && !isShut);
  show(node, 'set-pin', !who.lock && canSeal() && Boolean(who.grant));
  on(node, 'use', () => setCurrent(who.id).then(draw));
  on(node, 'open', () => askPin(who.id).then(draw));
  on(node, 'lock', () => lock().then(draw));
  on(node, 'set-pin', () => choosePin(who.id).then(draw));
  on(node, 'change-pin', () => renewPin(who.id).then(draw));
  act(node, 'open')?.setAttribute('aria-label', say('openOf', { name: who.name }));
  const rows = isShut ? [] : (await takenRows(who.id)).filter((row) => !row.locked).sort(weekFirst);
  node.querySelector('[data-list=courses]').append(...rows.map((row) => taken(row, draw)), ...rows.flatMap(forms));
  return node;
}

export async function people(root, draw) {
  const here = await current();
  const nodes = [];
  for (const who of await (await store()).getAll('people')) nodes.push(await rowOf(who, here, draw));
  root.querySelector('[data-list=people]').replaceChildren(...nodes);
  root.querySelector('[data-when=nobody]').hidden = nodes.length > 0;
}
