// The outbox as a file: for the programme's office, and for another telephone of the same person.
// Its values are readable, because an office without this telephone and its PIN must read them: it
// is made only of who is open now, and the page says to hand it over and delete it.
import { isOpen } from './lock.js';
import { grantOf } from './people.js';
import { filesOf, itemById, items, tell, write } from './rows.js';
import { store } from './store.js';

const KIND = 'digna-outbox';
const CARRIED = ['id', 'person', 'at', 'state', 'seq', 'device', 'after', 'action', 'values', 'base', 'page', 'about', 'answer', 'born', 'bornName'];
const STATES = ['waiting', 'refused', 'question'];

const asText = (blob) =>
  new Promise((good, bad) => {
    const reader = new FileReader();
    reader.onload = () => good(reader.result);
    reader.onerror = () => bad(reader.error);
    reader.readAsDataURL(blob);
  });

const asBlob = (text, type) => new Blob([Uint8Array.from(atob(text.split(',')[1] || ''), (one) => one.charCodeAt(0))], { type });

async function carried(item) {
  const row = Object.fromEntries(CARRIED.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
  const files = await filesOf(item);
  const who = await (await store()).get('people', item.person);
  const texts = await Promise.all(files.map(async ({ blob, ...file }) => ({ ...file, blob: await asText(blob) })));
  return { ...row, name: who?.name || '', files: texts, grant: who ? await grantOf(who) : '' };
}

// Everything not sent of whoever has no PIN or is open.
export async function asFile() {
  const out = [];
  for (const item of await items()) if (item.state !== 'sent' && !item.locked) out.push(await carried(item));
  return new Blob([JSON.stringify({ kind: KIND, version: 1, items: out })], { type: 'application/json' });
}

const isWhole = (item) => Boolean(item?.id && item.action && item.at && item.values && Array.isArray(item.files));

// The grant of the file lets this telephone send for its person; an open one of here is not replaced.
async function meet({ person, name, grant }) {
  const db = await store();
  const who = await db.get('people', person);
  if (!who) await db.put('people', { id: person, name: name || '', grant: grant || '' });
}

// Takes in a file of another telephone, under the same ids: {taken, known, shut}, in intentions.
// Throws where it is not such a file.
export async function takeIn(file) {
  const found = JSON.parse(await file.text());
  if (found.kind !== KIND || !Array.isArray(found.items) || !found.items.every(isWhole)) throw new Error(KIND);
  const count = { taken: 0, known: 0, shut: 0 };
  for (const { files, grant, name, answer = null, ...item } of found.items) {
    await meet({ person: item.person, name, grant });
    if (await itemById(item.id)) count.known += 1;
    else if (!(await isOpen(item.person))) count.shut += 1;
    else {
      const state = STATES.includes(item.state) ? item.state : 'waiting';
      await write({ ...item, state, answer, tries: 0, after: item.after || [] }, files.map(({ blob, ...one }) => ({ ...one, blob: asBlob(blob, one.type) })));
      count.taken += 1;
    }
  }
  tell();
  return count;
}
