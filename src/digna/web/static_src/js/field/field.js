// The offline face, fetched by face.js where it is wanted. Everything works without it while there is signal.
import { takers } from './along.js';
import { days } from './days.js';
import { intentions } from './forms.js';
import { fieldHome } from './home.js';
import { outboxMarks } from './marks.js';
import { flush } from './outbox.js';
import { isByLink, personOfPage, setCurrent, store } from './store.js';

async function register() {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/sw.js', { scope: '/' });
}

// While somebody is signed in, this telephone gets leave to send for them later.
async function remember() {
  const person = personOfPage();
  if (!person) return;
  await setCurrent(person); // whoever signed in last: the worker never serves another's pages
  if (!document.querySelector('[data-take-along], [data-intention]')) return;
  const db = await store();
  if (isByLink()) {
    const bearer = document.querySelector('[data-learner]');
    await db.put('people', { id: person, name: bearer.dataset.learnerName || '', grant: '' });
    return;
  }
  try {
    const answer = await fetch('/field/grant', { headers: { Accept: 'application/json' } });
    if (!answer.ok || answer.redirected) return;
    const { name, grant } = await answer.json();
    await db.put('people', { id: person, name, grant, at: Date.now() });
  } catch {
    // no signal: what was granted before still holds
  }
}

days(document);
intentions(document);
takers(document);
fieldHome(document);
outboxMarks(document);
register();
remember().then(flush);
