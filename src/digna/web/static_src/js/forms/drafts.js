// Forms begun and not sent, each where it was left, apart for each person; and the forms themselves, so
// that a draft opens with the version it was begun with. The only module that knows where they lie.
import { openDB } from 'idb';

let opened;

function store() {
  opened ??= openDB('digna-forms', 1, {
    upgrade(db) {
      const drafts = db.createObjectStore('drafts', { keyPath: 'id' });
      drafts.createIndex('person', 'person');
      db.createObjectStore('definitions', { keyPath: 'hash' });
    },
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

// draft: {id, person, form, hash, name, at, page, language, parts: [{field, name, type, blob}]}
export async function save(draft) {
  const write = (await store()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([write.store.put(draft), write.done]);
}
export const load = async (id) => (await store()).get('drafts', id);
export const forget = async (id) => (await store()).delete('drafts', id);

export async function list(person, form) {
  const mine = await (await store()).getAllFromIndex('drafts', 'person', person);
  return mine.filter((draft) => draft.form === form).sort((a, b) => b.at - a.at);
}

export const keepDefinition = async (definition) => (await store()).put('definitions', definition);
export const definition = async (hash) => (await store()).get('definitions', hash);
