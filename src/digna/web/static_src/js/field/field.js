// The offline face, fetched by face.js where it is wanted. Everything works without it while there is signal.
import { takers } from './along.js';
import { days, keepHash } from './days.js';
import { drafting } from './drafting.js';
import { intentions, offerBorn } from './forms.js';
import { fieldHome } from './home.js';
import { outboxMarks } from './marks.js';
import { nearOnes } from './near.js';
import { flush } from './outbox.js';
import { welcome } from './people.js';
import { pins } from './pin.js';
import { typedForms } from '../keyboard.js';
import { amend, isByLink, personOfPage, setCurrent, store } from './store.js';

async function register() {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/sw.js', { scope: '/' });
}

async function byLink(person) {
  const bearer = document.querySelector('[data-learner]');
  const name = bearer.dataset.learnerName || '';
  const isKnown = await amend('people', person, { name });
  if (!isKnown) await (await store()).put('people', { id: person, name, grant: '' });
}

// While somebody is signed in, this telephone gets leave to send for them later.
async function remember(person) {
  if (!person || !document.querySelector('[data-take-along], [data-intention]')) return;
  if (isByLink()) await byLink(person);
  else await welcome(person);
}

// Nothing that is typed waits for the line.
async function start() {
  days(document);
  intentions(document);
  takers(document);
  nearOnes(document);
  register();
  const person = personOfPage();
  if (person) await setCurrent(person); // whoever signed in last: the worker never serves another's pages
  fieldHome(document);
  outboxMarks(document);
  const met = remember(person);
  await pins(document);
  await offerBorn(document);
  keepHash(document);
  typedForms(document);
  drafting(document);
  await met;
  await flush();
}

start();
