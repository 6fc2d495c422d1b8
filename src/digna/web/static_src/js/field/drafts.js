// What is half written, apart for each person and form; sealed where they have a PIN.
import { isLocked, sealerOf } from './lock.js';
import { closed, fileRow, filesOf, forgetFiles, opened, tell } from './rows.js';
import { canSeal, sha256Of } from './seal.js';
import { amend, store } from './store.js';

export const UNDO = 10_000;

// The key says nothing of the page.
export async function draftKey(person, page, form) {
  const text = `${person}|${page}|${form}`;
  return `d:${canSeal() ? await sha256Of(text) : text}`;
}

// `files` undefined: those of before stay. Returns whether it is kept (not while locked).
export async function saveDraft({ key, person, page, about, action, values, base, born, files, reserved }) {
  if (await isLocked(person)) return false;
  const db = await store();
  const seal = await sealerOf(person);
  const at = Date.now();
  const rows = [];
  if (files) for (const [i, { blob }] of files.entries()) rows.push(await fileRow(seal, { of: key, person, i, at, blob }));
  const before = files ? null : await db.get('drafts', key);
  const heads = files ? files.map(({ blob, ...file }) => ({ ...file, size: blob.size })) : (before && (await opened(before)).files) || [];
  const row = await closed(seal, { key, id: key, person, at, page, about, action, values, base, born, answer: reserved || '', files: heads });
  if (files) await forgetFiles(key);
  const write = db.transaction(['drafts', 'files'], 'readwrite');
  await Promise.all([write.objectStore('drafts').put(row), ...rows.map((one) => write.objectStore('files').put(one)), write.done]);
  return true;
}

export async function loadDraft(key) {
  const row = await (await store()).get('drafts', key);
  if (!row || row.droppedAt) return null;
  const draft = await opened(row);
  return draft.locked ? null : { ...draft, reserved: draft.answer, files: await filesOf(draft) };
}

export async function dropDraft(key) {
  await (await store()).delete('drafts', key);
  await forgetFiles(key);
  tell();
}

// «Quitar»: out of sight now, gone after ten seconds.
export async function layAside(key) {
  await amend('drafts', key, { droppedAt: Date.now() });
  tell();
}
export async function takeBack(key) {
  await amend('drafts', key, { droppedAt: 0 });
  tell();
}

export async function draftsOf(person) {
  const db = await store();
  const found = [];
  for (const row of person ? await db.getAllFromIndex('drafts', 'person', person) : await db.getAll('drafts')) {
    if (row.droppedAt && Date.now() - row.droppedAt > UNDO) await dropDraft(row.key);
    else found.push(await opened(row));
  }
  return found;
}
