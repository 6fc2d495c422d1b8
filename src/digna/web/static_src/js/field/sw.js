// The service worker: the shell and every page's files from the start; pages taken along when there is no
// signal, and only those of the person who is using the telephone now.
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { createPartialResponse } from 'workbox-range-requests';

import { cacheOf, current } from './store.js';

const { kept, shell } = self.DIGNA;
const SHELL = 'digna-shell';
const PATIENCE = 4000;

self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(kept.map(({ url, revision }) => ({ url, revision })));

// The shell's page holds nothing of anybody's; it is asked for in the language of this browser.
const keepShell = async () => (await caches.open(SHELL)).put(shell, await fetch(shell));
self.addEventListener('install', (event) => event.waitUntil(keepShell()));

async function taken(request) {
  const person = await current();
  const path = new URL(request.url);
  if (!person) return undefined;
  return (await caches.open(cacheOf(person))).match(path.pathname + path.search, { ignoreVary: true });
}

async function keepFresh(request, answer) {
  if (!answer.ok || answer.redirected) return;
  const person = await current();
  if (!person) return;
  const cache = await caches.open(cacheOf(person));
  const path = new URL(request.url);
  const text = await answer.clone().text();
  // Only a page of the same person takes the place of the one that was taken along.
  if ((await cache.match(path.pathname + path.search, { ignoreVary: true })) && text.includes(person)) {
    await cache.put(path.pathname + path.search, answer);
  }
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

const shellPage = () => caches.match(shell, { cacheName: SHELL });

function home(event) {
  const keep = async (fresh) => fresh.ok && (await caches.open(SHELL)).put(shell, fresh);
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
  if (request.headers.has('x-along')) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  // A form's questions and lists are asked by its own script: no destination says what they are.
  else if (request.destination || url.pathname.startsWith('/campo/formularios/')) event.respondWith(piece(request));
});
