// What each person took along, by row; sealed where they have a PIN.
import { keyOf, sealerOf } from './lock.js';
import { addressOf } from './pages.js';
import { sealed, unsealed } from './seal.js';
import { store } from './store.js';

const about = ({ person, course }) => `taken|${person}|${course}`;

export async function putTaken(row) {
  const key = await sealerOf(row.person);
  const db = await store();
  if (!key) return db.put('taken', row);
  const shut = { person: row.person, course: await addressOf(row.person, row.course), takenAt: row.takenAt };
  return db.put('taken', { ...shut, sealed: await sealed(key, row, about(shut)) });
}

async function opened(row) {
  if (!row.sealed) return row;
  const key = await keyOf(row.person);
  return key ? { ...(await unsealed(key, row.sealed, about(row))), at: row.course } : { ...row, locked: true };
}

export async function takenRows(person) {
  const all = await (await store()).getAll('taken');
  return Promise.all(all.filter((row) => person === undefined || row.person === person).map(opened));
}

export const takenRow = async (person, course) => (await takenRows(person)).find((row) => row.course === course);

export async function dropTaken(row) {
  await (await store()).delete('taken', [row.person, row.at || row.course]);
}

export async function sealTaken(person) {
  for (const row of await (await store()).getAll('taken')) {
    if (row.person !== person || row.sealed) continue;
    await putTaken(row);
    await dropTaken(row);
  }
}
