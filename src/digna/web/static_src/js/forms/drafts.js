// Forms begun and not sent, each where it was left: drafts of the field app as any other, sealed where
// their person has a PIN. And the forms themselves, so that a draft opens with the version it was begun
// with: those hold nothing of anybody's. The only module that knows where they lie.
import { openDB } from 'idb';

import { draftsOf, dropDraft, loadDraft, saveDraft } from '../field/drafts.js';
import { tell } from '../field/rows.js';

const ACTION = 'surveys.submission.received';
const XML = 'xml_submission_file';
const keyOf = (id) => `f:${id}`;
const written = new Map(); // which files of a draft are on the disk already

let opened;

function store() {
  opened ??= openDB('digna-forms', 1, {
    upgrade: (db) => void db.createObjectStore('definitions', { keyPath: 'hash' }),
    blocking(_now, _next, event) {
      event.target.close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

// draft: {id, person, form, hash, title, name, at, page, language, parts: [{field, name, type, blob}]}.
// The answers are in the draft's own row, whole or not at all; files are written again only when they change.
// Returns whether it is kept: not while the telephone is locked.
export async function save({ id, person, form, hash, title, name, page, language, parts }) {
  const [xml, ...files] = parts;
  const names = files.map((file) => file.name).join('\n');
  const values = { form, hash, title, name, at: page, language, xml: await xml.blob.text() };
  const about = [title, name].filter(Boolean).join(' · ');
  const place = `${location.pathname}#borrador=${id}`;
  const isSame = written.get(id) === names;
  const isKept = await saveDraft({ key: keyOf(id), person, page: place, about, action: ACTION, values, files: isSame ? undefined : files });
  if (isKept) written.set(id, names);
  if (isKept && !isSame) tell();
  return isKept;
}

export async function load(id) {
  const row = await loadDraft(keyOf(id));
  if (!row) return null;
  const { form, hash, title, name, at, language, xml } = row.values;
  const first = { field: XML, name: XML, type: 'text/xml', blob: new Blob([xml], { type: 'text/xml' }) };
  return { id, person: row.person, form, hash, title, name, page: at, language, parts: [first, ...row.files] };
}

export async function forget(id) {
  written.delete(id);
  await dropDraft(keyOf(id));
}

export async function list(person, form) {
  const found = [];
  for (const row of await draftsOf(person)) {
    if (row.droppedAt || row.locked || row.action !== ACTION || row.values.form !== form) continue;
    found.push({ id: row.key.slice(2), name: row.values.name, at: row.at });
  }
  return found.sort((a, b) => b.at - a.at);
}

export const keepDefinition = async (definition) => (await store()).put('definitions', definition);
export const definition = async (hash) => (await store()).get('definitions', hash);
