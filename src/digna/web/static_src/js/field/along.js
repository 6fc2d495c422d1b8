// <button data-take-along="course" data-manifest="/address">: the size first, then everything of a course into this
// telephone's own store, with progress; again to bring it up to date; and away again.
import { cacheOf, personOfPage, store } from './store.js';
import { say, size } from './words.js';

async function manifestOf(url) {
  const answer = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function fetchAll(manifest, cache, onStep) {
  let bytes = 0;
  for (const { url, bytes: weight } of manifest.urls) {
    const answer = await fetch(url, { headers: { 'X-Along': '1' } });
    if (!answer.ok || answer.redirected) throw new Error(url);
    await cache.put(url, answer);
    onStep((bytes += weight), manifest.total_bytes);
  }
}

export async function take(manifest, source, onStep) {
  const person = personOfPage() || manifest.person;
  const cache = await caches.open(cacheOf(person));
  await fetchAll(manifest, cache, onStep);
  const row = {
    person, course: manifest.course, title: manifest.title, version: manifest.version, source,
    home: manifest.urls.find((one) => one.kind === 'course').url, urls: manifest.urls.map((one) => one.url), bytes: manifest.total_bytes,
    takenAt: Date.now(), progress: manifest.progress,
  };
  const db = await store();
  const before = await db.get('taken', [person, manifest.course]);
  await db.put('taken', row);
  await leave(cache, person, (before?.urls || []).filter((url) => !row.urls.includes(url)));
  navigator.storage?.persist?.();
}

async function leave(cache, person, urls) {
  const others = (await (await store()).getAll('taken')).filter((one) => one.person === person);
  const used = new Set(others.flatMap((one) => one.urls));
  for (const url of urls) if (!used.has(url)) await cache.delete(url);
}

export async function putAway(person, course) {
  const db = await store();
  const row = await db.get('taken', [person, course]);
  await db.delete('taken', [person, course]);
  await leave(await caches.open(cacheOf(person)), person, row?.urls || []);
}

async function run(button, line) {
  const url = button.dataset.manifest;
  button.disabled = true;
  try {
    const manifest = await manifestOf(url);
    if (!button.dataset.agreed) {
      button.dataset.agreed = '1';
      button.textContent = say('takeNow', { size: size(manifest.total_bytes) });
      line.textContent = say('takeAsk', { size: size(manifest.total_bytes), count: manifest.urls.length });
      return;
    }
    await take(manifest, url, (done, all) => {
      line.textContent = say('taking', { done: size(done), all: size(all) });
    });
    line.textContent = say('taken', { size: size(manifest.total_bytes) });
    button.hidden = true;
  } catch (problem) {
    line.textContent = problem.name === 'QuotaExceededError' ? say('full') : say('takeFailed');
  } finally {
    button.disabled = false;
  }
}

export function takers(root) {
  for (const button of root.querySelectorAll('[data-take-along]')) {
    if (!('serviceWorker' in navigator) || !('caches' in window)) continue;
    const line = document.createElement('p');
    line.className = 'small muted';
    line.setAttribute('role', 'status');
    button.hidden = false;
    button.after(line);
    button.addEventListener('click', () => run(button, line));
    store()
      .then((db) => db.getAll('taken'))
      .then((rows) => {
        const mine = rows.find((row) => row.source === button.dataset.manifest && row.person === personOfPage());
        if (mine) line.textContent = say('takenOn', { size: size(mine.bytes), day: new Date(mine.takenAt).toLocaleDateString(document.documentElement.lang) });
      });
  }
}
