// The outbox: what was done is written here first and sent after; nothing is taken out before the
// server answered. An intention that goes twice counts once.
import { askToOpen, Locked } from './lock.js';
import { makeRoom, noteFull } from './room.js';
import { change, changed, itemById, items, remove, tell, write } from './rows.js';
import { flush as send } from './sending.js';
import { newId } from './store.js';

export { asFile, takeIn } from './outfile.js';
export { changed, items, newId };

const REFERENCE = /^@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 600_000;

// The ids of this telephone's own intentions that these values speak of (`@<uuid>`).
async function spokenOf(values) {
  const found = new Set();
  for (const one of Object.values(values).flat()) {
    const id = REFERENCE.exec(one)?.[1].toLowerCase();
    if (id && (await itemById(id))) found.add(id);
  }
  return [...found];
}

async function written(item, files) {
  try {
    return await write(item, files);
  } catch (problem) {
    if (problem.name !== 'QuotaExceededError') throw problem;
    noteFull();
    if (!(await makeRoom())) throw problem;
    return write(item, files);
  }
}

// Returns its id once it is on the telephone's disk. Throws `QuotaExceededError` where the disk is full
// and `Locked` where the PIN was not given: the form stays as it is.
export async function add({ person, action, values, files = [], page, about, base, after = [], id = newId(), born, bornName }) {
  if (!(await askToOpen(person))) throw new Locked();
  const item = {
    id, person, action, values, page, about, base, born, bornName, at: new Date().toISOString(), state: 'waiting', answer: null, tries: 0,
    after: [...new Set([...after, ...(await spokenOf(values))])].filter((one) => one !== id),
  };
  await written(item, files);
  navigator.storage?.persist?.();
  tell();
  sendSoon();
  return id;
}

// Where the browser can, it sends later with the page closed.
async function sendSoon() {
  try {
    await (await navigator.serviceWorker?.ready)?.sync?.register('digna-outbox');
  } catch {
    // not offered, or not allowed: opening any page sends too
  }
}

let timer;
let breaks = 0;

// Tries again by itself after a broken line: later each time, and never all telephones at once.
export async function flush(how) {
  clearTimeout(timer);
  const isGone = await send(how);
  breaks = isGone ? 0 : breaks + 1;
  if (!isGone) timer = setTimeout(flush, Math.min(FIRST_WAIT * 2 ** breaks, LONGEST_WAIT) * (0.5 + Math.random()));
  return isGone;
}

export async function drop(n) {
  await remove(n);
  tell();
}

export async function retry(n) {
  await change(n, { state: 'waiting', notBefore: 0 });
  tell();
  return flush({ byHand: true });
}

// What was born on this telephone and may be spoken of already: [{value: '@<uuid>', name}].
export async function born(person, kind) {
  const mine = (await items(person)).filter((item) => item.born === kind && item.state !== 'refused' && !item.locked);
  return mine.map((item) => ({ value: `@${item.id}`, name: item.bornName || item.about }));
}
