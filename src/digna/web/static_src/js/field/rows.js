// The rows of the outbox as they lie on the disk: what sends them is in the clear, what was said is
// sealed where its person has a PIN. Files lie apart, so that a list of a hundred photographs is light.
import { keyOf, sealerOf } from './lock.js';
import { seal, sealed, unseal, unsealed } from './seal.js';
import { amend, meta, newId, setMeta, store } from './store.js';

const SECRET = ['action', 'values', 'files', 'base', 'page', 'about', 'answer', 'born', 'bornName'];
const aboutOf = ({ id, person }) => `${id}|${person}`;

// Other tabs, the worker and a form's own script have their own copy of this module: all are told.
export const changed = new EventTarget();
const channel = globalThis.BroadcastChannel ? new BroadcastChannel('digna-outbox') : null;
if (channel) channel.onmessage = () => changed.dispatchEvent(new Event('change'));
export function tell() {
  changed.dispatchEvent(new Event('change'));
  channel?.postMessage('change');
}

export async function deviceId() {
  const known = await meta('device');
  if (known) return known;
  const id = newId();
  await setMeta('device', id);
  return id;
}

function apart(item) {
  const clear = { ...item };
  const secret = {};
  for (const name of SECRET) {
    if (name in clear) secret[name] = clear[name];
    delete clear[name];
  }
  return { clear, secret };
}

export async function closed(key, item) {
  if (!key) return item;
  const { clear, secret } = apart(item);
  return { ...clear, sealed: await sealed(key, secret, aboutOf(item)) };
}

// A row as its person may read it; `locked` where it stays shut.
export async function opened(row, key) {
  if (!row.sealed) return row;
  const mine = key === undefined ? await keyOf(row.person) : key;
  if (!mine) return { ...row, locked: true, files: [], values: {}, about: '' };
  try {
    const { sealed: shut, ...clear } = row;
    return { ...clear, ...(await unsealed(mine, shut, aboutOf(row))) };
  } catch {
    return { ...row, locked: true, files: [], values: {}, about: '' };
  }
}

export async function fileRow(key, { of, person, i, at, blob }) {
  const row = { key: `${of}/${i}`, of, person, at, size: blob.size };
  if (!key) return { ...row, content: blob };
  return { ...row, sealed: await seal(key, await blob.arrayBuffer(), `${row.key}|${person}`) };
}

// The files of an intention or a draft, as blobs; those that were let go for room are left out.
export async function filesOf(owner) {
  const db = await store();
  const found = [];
  for (const [i, file] of (owner.files || []).entries()) {
    const row = await db.get('files', `${owner.id}/${i}`);
    if (!row) continue;
    found.push({ ...file, blob: await contentOf(row, file.type) });
  }
  return found;
}

async function contentOf(row, type) {
  if (!row.sealed) return row.content instanceof Blob ? row.content : new Blob([row.content], { type });
  const key = await sealerOf(row.person);
  return new Blob([await unseal(key, row.sealed, `${row.key}|${row.person}`)], { type });
}

// Written whole or not at all; `durability: strict` returns once it is on the disk.
export async function write(item, files) {
  const key = await sealerOf(item.person);
  const about = files.map(({ blob, ...file }) => ({ ...file, size: blob.size }));
  const bytes = about.reduce((sum, one) => sum + one.size, JSON.stringify(item.values).length);
  const at = Date.now();
  const rows = [];
  for (const [i, { blob }] of files.entries()) rows.push(await fileRow(key, { of: item.id, person: item.person, i, at, blob }));
  const device = item.device || (await deviceId());
  const shut = await closed(key, { ...item, files: about, bytes, device });
  const db = await store();
  const move = db.transaction(['outbox', 'files', 'meta'], 'readwrite', { durability: 'strict' });
  const box = move.objectStore('outbox');
  const before = await box.index('id').get(item.id);
  if (before && before.state !== 'refused') return before; // pressed twice: it is there already
  const seq = item.seq || ((await move.objectStore('meta').get('seq')) || 0) + 1;
  const waits = [box.put({ ...shut, seq, ...(before ? { n: before.n } : {}) }), ...rows.map((row) => move.objectStore('files').put(row))];
  if (!item.seq) waits.push(move.objectStore('meta').put(seq, 'seq'));
  await Promise.all([...waits, move.done]);
  return null;
}

export const clearRows = async (person) => {
  const db = await store();
  return person === undefined ? db.getAll('outbox') : db.getAllFromIndex('outbox', 'person', person);
};

export async function items(person) {
  const keys = new Map();
  const found = [];
  for (const row of await clearRows(person)) {
    if (row.sealed && !keys.has(row.person)) keys.set(row.person, await keyOf(row.person));
    found.push(await opened(row, keys.get(row.person)));
  }
  return found;
}

export async function itemById(id) {
  const row = await (await store()).getFromIndex('outbox', 'id', id);
  return row ? opened(row) : undefined;
}

// What the sender learned; `answer` is sealed with the rest.
export async function change(n, { answer, ...clear }) {
  const row = await (await store()).get('outbox', n);
  if (!row) return;
  if (row.sealed && answer !== undefined) {
    const whole = await opened(row);
    if (!whole.locked) clear.sealed = (await closed(await keyOf(row.person), { ...whole, answer })).sealed;
  } else if (answer !== undefined) clear.answer = answer;
  await amend('outbox', n, clear);
}

export async function remove(n) {
  const db = await store();
  const row = await db.get('outbox', n);
  if (!row) return;
  await forgetFiles(row.id);
  await db.delete('outbox', n);
}

export async function forgetFiles(of) {
  const db = await store();
  for (const key of await db.getAllKeys('files', IDBKeyRange.bound(`${of}/`, `${of}/\uffff`))) await db.delete('files', key);
}
