// The service worker: the shell and every page's files from the start; pages taken along when there is no
// signal, and only those of the person who is using the telephone now.
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { createPartialResponse } from 'workbox-range-requests';

import { isLocked } from './lock.js';
import { keepPage, readPage } from './pages.js';
import { flush } from './sending.js';
import { current, meta, setMeta } from './store.js';

const { kept, shell } = self.DIGNA;
const SHELL = 'digna-shell';
const PATIENCE = 4000;

self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(kept.map(({ url, revision }) => ({ url, revision })));

// The shell's page holds nothing of anybody's; it is kept in each language, to be changed without signal.
const LANGUAGES = ['es-bo', 'en'];
const shellIn = (language) => `${shell}?idioma=${language}`;
async function keepShell() {
  const cache = await caches.open(SHELL);
  await Promise.all(LANGUAGES.map(async (language) => cache.put(shellIn(language), await fetch(shellIn(language)))));
  await cache.delete(shell); // of a version before
}
self.addEventListener('install', (event) => event.waitUntil(keepShell()));

// Only what the person who uses the telephone now took along, and only while they are open. A store that
// does not open (a page of a newer version changed it) keeps nobody from the network.
async function taken(request) {
  try {
    const person = await current();
    const path = new URL(request.url);
    return person ? await readPage(person, path.pathname + path.search) : undefined;
  } catch {
    return undefined;
  }
}

async function keepFresh(request, answer) {
  if (!answer.ok || answer.redirected) return;
  const person = await current();
  if (!person || (await isLocked(person)) || !(await taken(request))) return;
  const path = new URL(request.url);
  const text = await answer.clone().text();
  // Only a page of the same person takes the place of the one that was taken along.
  if (text.includes(person)) await keepPage(person, path.pathname + path.search, answer);
}

// A copy must be made before the page reads the answer; it is put away after.
function asking(event, keep) {
  let keeping;
  const asked = fetch(event.request).then((fresh) => {
    keeping = keep(fresh.clone());
    return fresh;
  });
  event.waitUntil(asked.then(() => keeping).catch(() => {}));
  return asked;
}

async function page(event) {
  const { request } = event;
  if (new URL(request.url).pathname === shell) return home(event);
  const copy = await taken(request);
  if (!copy) return fetch(request).catch(async () => (await shellPage()) || Response.error());
  const asked = asking(event, (fresh) => keepFresh(request, fresh));
  const late = new Promise((done) => setTimeout(done, PATIENCE, copy));
  return Promise.race([asked, late]).catch(() => copy);
}

async function shellPage() {
  const cache = await caches.open(SHELL);
  return (await cache.match(shellIn((await meta('language').catch(() => '')) || LANGUAGES[0]))) || cache.match(shellIn(LANGUAGES[0]));
}

function home(event) {
  const keep = async (fresh) => {
    const language = fresh.headers.get('content-language');
    if (!fresh.ok || fresh.redirected || !LANGUAGES.includes(language)) return;
    await (await caches.open(SHELL)).put(shellIn(language), fresh);
    await setMeta('language', language).catch(() => {});
  };
  return asking(event, keep).catch(async () => (await shellPage()) || Response.error());
}

// Pictures and sound of a course that was taken along never travel twice.
async function piece(request) {
  const copy = await taken(request);
  if (copy) return request.headers.has('range') ? createPartialResponse(request, copy) : copy;
  try {
    return await fetch(request);
  } catch (problem) {
    return (await sameFileOfNow(request)) || Promise.reject(problem);
  }
}

// Lists and forms that a page reads by itself: as fresh as the line allows, else as taken along.
async function data(request) {
  const copy = await taken(request);
  if (!copy) return fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE, copy));
  return Promise.race([fetch(request), late]).catch(() => copy);
}

// An old page asks for digna.<hash>.css of its day: the one of today serves it.
function sameFileOfNow(request) {
  const name = new URL(request.url).pathname.match(/\/(digna|field|icons)\.[^/]*(css|js|svg)$/);
  const now = name && kept.find(({ url }) => url.includes(`/${name[1]}.`) && url.endsWith(name[2]));
  return now ? matchPrecache(now.url) : undefined;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (/^\/(field|xapi|contenido)\//.test(url.pathname) || url.pathname === '/sw.js') return;
  if (request.headers.has('x-along') || request.headers.has('hx-request')) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (request.destination) event.respondWith(piece(request));
  else event.respondWith(data(request));
});

// Where the browser offers it: sending with the page closed, as far as whoever did it is open.
for (const kind of ['sync', 'periodicsync']) {
  self.addEventListener(kind, (event) => event.waitUntil(flush()));
}
