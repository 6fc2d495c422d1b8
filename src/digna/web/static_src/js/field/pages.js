// Pages and pictures taken along. With a PIN they lie sealed, at addresses that say nothing.
import { keyOf, personRow, sealerOf } from './lock.js';
import { fromBase64, seal, sha256Of, toBase64, unseal } from './seal.js';
import { cacheOf, store } from './store.js';

const SHUT = 'x-digna-iv';
const TRAVELS = ['content-type', 'content-language', 'content-security-policy', 'x-content-type-options', 'permissions-policy'];

export async function addressOf(person, url) {
  const shut = (await personRow(person))?.lock;
  return shut ? `/sealed/${await sha256Of(`${shut.pages}|${person}|${url}`)}` : url;
}

const about = (person, url) => `${person}|${url}`;

// Throws `Locked`, and `QuotaExceededError` where the telephone is full.
export async function keepPage(person, url, answer, revision) {
  const key = await sealerOf(person);
  const address = await addressOf(person, url);
  const body = await answer.arrayBuffer();
  const headers = new Headers();
  for (const name of TRAVELS) if (answer.headers.get(name)) headers.set(name, answer.headers.get(name));
  let kept = body;
  if (key) {
    const { iv, data } = await seal(key, body, about(person, url));
    headers.set(SHUT, toBase64(iv));
    kept = data;
  }
  await (await caches.open(cacheOf(person))).put(address, new Response(kept, { headers }));
  await (await store()).put('kept', { person, address, revision: revision || '', bytes: body.byteLength });
}

// The page as it was taken, or undefined: not kept, or shut.
export async function readPage(person, url) {
  const answer = await (await caches.open(cacheOf(person))).match(await addressOf(person, url), { ignoreVary: true });
  if (!answer?.headers.has(SHUT)) return answer;
  const key = await keyOf(person);
  if (!key) return undefined;
  const headers = new Headers(answer.headers);
  const iv = fromBase64(headers.get(SHUT));
  headers.delete(SHUT);
  return new Response(await unseal(key, { iv, data: await answer.arrayBuffer() }, about(person, url)), { headers });
}

export async function hasPage(person, url, revision) {
  const address = await addressOf(person, url);
  const row = await (await store()).get('kept', [person, address]);
  if (!revision || row?.revision !== revision) return false;
  return Boolean(await (await caches.open(cacheOf(person))).match(address, { ignoreVary: true }));
}

export async function dropPage(person, url) {
  const address = await addressOf(person, url);
  await (await caches.open(cacheOf(person))).delete(address, { ignoreVary: true });
  await (await store()).delete('kept', [person, address]);
}

// What lies in the clear from before the PIN.
export async function sealPages(person) {
  const cache = await caches.open(cacheOf(person));
  const db = await store();
  for (const request of await cache.keys()) {
    const answer = await cache.match(request, { ignoreVary: true });
    if (answer.headers.has(SHUT)) continue;
    const { pathname, search } = new URL(request.url);
    const before = await db.get('kept', [person, pathname + search]);
    await keepPage(person, pathname + search, answer, before?.revision);
    await cache.delete(request, { ignoreVary: true });
    await db.delete('kept', [person, pathname + search]);
  }
}
