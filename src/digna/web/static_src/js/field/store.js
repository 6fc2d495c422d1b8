// What this telephone keeps, apart for each person: who uses it, what was taken along, the outbox, drafts.
// Stores of version 2 (the first had the first four, with an intention's files inside its row):
//   people  {id, name, grant | sealed, lock?, needsSignIn?, revoked?, mark?}    one row a person
//   taken   [person, course]     what was taken along
//   outbox  n                    intentions, without their files
//   files   "<id>/<i>"           the files of an intention or of a draft
//   drafts  key                  what is half written
//   kept    [person, address]    the revision of each page and picture that is kept
//   meta    current, key, device, seq, skew, lowData, language
import { openDB } from 'idb';

const NAME = 'digna-field';
const VERSION = 2;
let opened;

function first(db) {
  db.createObjectStore('people', { keyPath: 'id' });
  db.createObjectStore('taken', { keyPath: ['person', 'course'] });
  const outbox = db.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
  outbox.createIndex('id', 'id', { unique: true });
  outbox.createIndex('person', 'person');
  db.createObjectStore('meta');
}

// Nothing but this transaction is waited for: it is whole, or the telephone stays as it was.
async function second(db, move) {
  for (const [name, keyPath] of [['files', 'key'], ['drafts', 'key'], ['kept', ['person', 'address']]]) {
    db.createObjectStore(name, { keyPath }).createIndex('person', 'person');
  }
  const files = move.objectStore('files');
  for (let row = await move.objectStore('outbox').openCursor(); row; row = await row.continue()) {
    const item = row.value;
    const about = [];
    for (const [i, { blob, ...file }] of (item.files || []).entries()) {
      await files.put({ key: `${item.id}/${i}`, of: item.id, person: item.person, at: Date.parse(item.at) || 0, size: blob.size, content: blob });
      about.push({ ...file, size: blob.size });
    }
    await row.update({ ...item, files: about, after: [], bytes: about.reduce((sum, one) => sum + one.size, 0) });
  }
  for (let row = await move.objectStore('taken').openCursor(); row; row = await row.continue()) {
    await row.update({ ...row.value, urls: row.value.urls.map((url) => ({ url })) });
  }
}

export function store() {
  opened ??= openDB(NAME, VERSION, {
    async upgrade(db, before, _now, move) {
      if (before < 1) first(db);
      if (before < 2) await second(db, move);
    },
    // Another tab brings a newer version: let go, and open again when asked.
    blocking(_now, _next, event) {
      event.target.close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  }).catch((problem) => {
    opened = undefined; // asked again, it may open
    throw problem;
  });
  return opened;
}

export const meta = async (name) => (await store()).get('meta', name);
export const setMeta = async (name, value) => (await store()).put('meta', value, name);

export const cacheOf = (person) => `digna-along:${person}`;

export async function setCurrent(person) {
  const db = await store();
  if ((await db.get('meta', 'current')) === person) return; // a full telephone opens its pages too
  const write = db.transaction('meta', 'readwrite');
  const key = await write.store.get('key');
  if (key && key.person !== person) await write.store.delete('key'); // another person's things are locked at once
  await write.store.put(person, 'current');
  await write.done;
}
export async function current() {
  return (await meta('current')) || '';
}

// Changes one row in one step: what another tab wrote meanwhile is not undone.
export async function amend(name, key, values) {
  const write = (await store()).transaction(name, 'readwrite');
  const row = await write.store.get(key);
  if (row) await write.store.put({ ...row, ...(typeof values === 'function' ? values(row) : values) });
  await write.done;
  return Boolean(row);
}

// Who this page is for: an account that is signed in, or the learner of a personal link.
export function personOfPage() {
  const bearer = document.querySelector('[data-learner]');
  return bearer?.dataset.learner || document.body.dataset.person || '';
}
export const isByLink = () => Boolean(document.querySelector('[data-learner][data-link]'));

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
