// What this telephone keeps, apart for each person: who uses it, what was taken along, the outbox.
import { openDB } from 'idb';

const NAME = 'digna-field';
let opened;

export function store() {
  opened ??= openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('people', { keyPath: 'id' });
      db.createObjectStore('taken', { keyPath: ['person', 'course'] });
      const outbox = db.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      outbox.createIndex('person', 'person');
      db.createObjectStore('meta');
    },
    // Another tab brings a newer version: let go, and open again when asked.
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

export const cacheOf = (person) => `digna-along:${person}`;

export async function setCurrent(person) {
  await (await store()).put('meta', person, 'current');
}
export async function current() {
  return (await (await store()).get('meta', 'current')) || '';
}

// Who this page is for: an account that is signed in, or the learner of a personal link.
export function personOfPage() {
  const bearer = document.querySelector('[data-learner]');
  return bearer?.dataset.learner || document.body.dataset.person || '';
}
export const isByLink = () => Boolean(document.querySelector('[data-learner][data-link]'));
