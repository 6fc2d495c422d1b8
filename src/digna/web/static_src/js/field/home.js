// /campo/: who uses this telephone, what each took along, and what waits to be sent. Works offline.
import { putAway } from './along.js';
import { asFile, changed, drop, flush, items, retry } from './outbox.js';
import { current, setCurrent, store } from './store.js';
import { say, size } from './words.js';

const copy = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);
const put = (node, name, text) => {
  const spot = node.querySelector(`[data-put=${name}]`);
  if (spot) spot.textContent = text;
};
const on = (node, name, act) => node.querySelector(`[data-act=${name}]`)?.addEventListener('click', act);
const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });

async function people(root) {
  const db = await store();
  const here = await current();
  const taken = await db.getAll('taken');
  const list = root.querySelector('[data-list=people]');
  list.replaceChildren();
  for (const who of await db.getAll('people')) {
    const node = copy('person-row');
    put(node, 'name', who.name);
    put(node, 'note', who.needsSignIn ? say('signInAgain') : who.id === here ? say('usingNow') : '');
    node.querySelector('[data-act=use]').hidden = who.id === here;
    on(node, 'use', () => setCurrent(who.id).then(() => draw(root)));
    const courses = node.querySelector('[data-list=courses]');
    for (const row of taken.filter((one) => one.person === who.id)) courses.append(course(root, row));
    list.append(node);
  }
  root.querySelector('[data-when=nobody]').hidden = list.children.length > 0;
}

function course(root, row) {
  const node = copy('course-row');
  const link = node.querySelector('a');
  link.textContent = row.title;
  link.href = row.home;
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    await setCurrent(row.person);
    location.assign(row.home);
  });
  put(node, 'note', `${size(row.bytes)} · ${when(row.takenAt)}`);
  on(node, 'away', async () => {
    await putAway(row.person, row.course);
    draw(root);
  });
  return node;
}

async function outbox(root) {
  const db = await store();
  const list = root.querySelector('[data-list=outbox]');
  const all = (await items()).filter((item) => item.state !== 'sent');
  list.replaceChildren();
  for (const item of all) {
    const node = copy('outbox-row');
    const who = await db.get('people', item.person);
    put(node, 'about', item.about);
    put(node, 'note', [who?.name, when(item.at)].filter(Boolean).join(' · '));
    put(node, 'state', item.state === 'refused' ? item.answer.message : say('waits'));
    for (const name of ['retry', 'drop']) node.querySelector(`[data-act=${name}]`).hidden = item.state !== 'refused';
    on(node, 'retry', () => retry(item.n));
    on(node, 'drop', () => confirm(say('dropAsk')) && drop(item.n));
    list.append(node);
  }
  root.querySelector('[data-when=sent]').hidden = all.length > 0;
  root.querySelector('[data-when=waits]').hidden = all.length === 0;
}

async function saveFile() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await asFile());
  link.download = `digna-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const draw = (root) => Promise.all([people(root), outbox(root)]);

export function fieldHome(document_) {
  const root = document_.querySelector('[data-field-home]');
  if (!root) return;
  changed.addEventListener('change', () => draw(root));
  on(root, 'send', async () => {
    const line = root.querySelector('[data-put=sent]');
    line.textContent = (await flush()) ? '' : say('noSignal');
    draw(root);
  });
  on(root, 'file', saveFile);
  draw(root);
}
