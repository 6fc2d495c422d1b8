// A PIN was set: all that its person kept before is sealed, row by row. It can stop anywhere and goes
// on at the next opening.
import { keyOf } from './lock.js';
import { sealPages } from './pages.js';
import { sealGrant } from './people.js';
import { closed, clearRows, fileRow } from './rows.js';
import { amend, store } from './store.js';
import { sealTaken } from './taken.js';

async function sealFiles(person, key) {
  const db = await store();
  for (const row of await db.getAllFromIndex('files', 'person', person)) {
    if (row.sealed) continue;
    const blob = row.content instanceof Blob ? row.content : new Blob([row.content]);
    const [of, i] = [row.key.slice(0, row.key.lastIndexOf('/')), row.key.slice(row.key.lastIndexOf('/') + 1)];
    await db.put('files', await fileRow(key, { of, person, i, at: row.at, blob }));
  }
}

async function sealRows(name, rows, key) {
  for (const row of rows) {
    if (row.sealed) continue;
    const shut = await closed(key, row);
    await (await store()).put(name, shut);
  }
}

async function sealAll(person) {
  const key = await keyOf(person);
  if (!key) return;
  await sealGrant(person);
  await sealFiles(person, key);
  await sealRows('outbox', await clearRows(person), key);
  await sealRows('drafts', await (await store()).getAllFromIndex('drafts', 'person', person), key);
  await sealTaken(person);
  if (globalThis.caches) await sealPages(person);
  await amend('people', person, { isSealed: true });
}

// Nobody sends meanwhile: a row is either as it was or sealed.
export async function sealBefore(person) {
  if (!navigator.locks) return sealAll(person);
  return navigator.locks.request('digna-outbox', () => sealAll(person));
}
