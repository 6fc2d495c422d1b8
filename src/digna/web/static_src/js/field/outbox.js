// The outbox: what was done is written here first and sent after; nothing is taken out before the
// server answered. One tab sends at a time; an intention that goes twice counts once.
import { store } from './store.js';

const KEEP_SENT = 30 * 24 * 3600 * 1000;
const PATIENCE = 60_000; // a photograph over a slow line
export const changed = new EventTarget();
const tell = () => changed.dispatchEvent(new Event('change'));

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

// Returns once it is on the telephone's disk. Throws when the disk is full: the form stays as it is.
export async function add({ id = newId(), person, action, values, files, page, about }) {
  const item = {
    id, person, action, values, files, page, about,
    at: new Date().toISOString(), state: 'waiting', answer: null, tries: 0,
  };
  const db = await store();
  const write = db.transaction('outbox', 'readwrite', { durability: 'strict' });
  await Promise.all([write.store.add(item), write.done]);
  navigator.storage?.persist?.();
  tell();
  return id;
}

export async function items(person) {
  const db = await store();
  return person === undefined ? db.getAll('outbox') : db.getAllFromIndex('outbox', 'person', person);
}

export async function waiting() {
  return (await items()).filter((item) => item.state === 'waiting');
}

async function change(n, values) {
  const db = await store();
  const write = db.transaction('outbox', 'readwrite');
  const item = await write.store.get(n);
  if (item) await write.store.put({ ...item, ...values });
  await write.done;
}

function body(item) {
  const form = new FormData();
  form.append('id', item.id);
  form.append('action', item.action);
  form.append('at', item.at);
  form.append('values', JSON.stringify(item.values));
  for (const file of item.files) form.append(file.field, file.blob, file.name);
  return form;
}

async function send(item, grant) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), PATIENCE);
  try {
    const answer = await fetch('/field/sync', {
      method: 'POST',
      body: body(item),
      headers: grant ? { Authorization: `Bearer ${grant}` } : {},
      credentials: 'omit',
      signal: gone.signal,
    });
    if (![200, 401, 422].includes(answer.status)) return null;
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return null; // no signal, or the server is away: it stays
  } finally {
    clearTimeout(timer);
  }
}

async function flushAll() {
  const db = await store();
  for (const item of await waiting()) {
    const who = await db.get('people', item.person);
    if (who?.needsSignIn) continue;
    const answer = await send(item, who?.grant);
    if (!answer) {
      await change(item.n, { tries: item.tries + 1 });
      return false; // the order is kept: the next ones wait too
    }
    if (answer.status === 401) await db.put('people', { ...who, needsSignIn: true });
    else if (answer.state === 'done') await change(item.n, { state: 'sent', answer, files: [], sentAt: Date.now() });
    else if (answer.state === 'refused') await change(item.n, { state: 'refused', answer });
    tell();
  }
  await forgetOld();
  return true;
}

async function forgetOld() {
  const db = await store();
  for (const item of await items()) {
    if (item.state === 'sent' && Date.now() - item.sentAt > KEEP_SENT) await db.delete('outbox', item.n);
  }
}

// Returns whether everything that could go is gone.
export async function flush() {
  if (!navigator.locks) return flushAll();
  return navigator.locks.request('digna-outbox', flushAll);
}

export async function drop(n) {
  await (await store()).delete('outbox', n);
  tell();
}

export async function retry(n) {
  await change(n, { state: 'waiting' });
  tell();
  return flush();
}

const asText = (blob) =>
  new Promise((good, bad) => {
    const reader = new FileReader();
    reader.onload = () => good(reader.result);
    reader.onerror = () => bad(reader.error);
    reader.readAsDataURL(blob);
  });

// Everything not sent, as a file that the programme's office can take in.
export async function asFile() {
  const out = [];
  for (const item of (await items()).filter((one) => one.state !== 'sent')) {
    const files = await Promise.all(item.files.map(async (f) => ({ ...f, blob: await asText(f.blob) })));
    const who = await (await store()).get('people', item.person);
    out.push({ ...item, files, grant: who?.grant || '' });
  }
  return new Blob([JSON.stringify({ kind: 'digna-outbox', version: 1, items: out })], { type: 'application/json' });
}
