// <button data-take-along="course" data-manifest="/address">: the size first, then everything into this telephone's
// own store, with progress; only what changed when it is taken again; and away again. What was fetched is kept at
// once: a cut line goes on where it stopped.
import { askToOpen, hasPin, Locked } from './lock.js';
import { dropPage, hasPage, keepPage } from './pages.js';
import { canSeal } from './seal.js';
import { cacheOf, meta, personOfPage } from './store.js';
import { dropTaken, putTaken, takenRow, takenRows } from './taken.js';
import { say, size } from './words.js';

const HOMES = ['home', 'week', 'course'];
const HEAVY = ['image', 'video', 'audio'];

async function manifestOf(url) {
  const answer = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// What is to be kept, and what of it must travel now.
async function planOf(manifest, person) {
  const few = await meta('lowData');
  const urls = manifest.urls.filter((one) => !few || !HEAVY.includes(one.kind));
  const missing = [];
  for (const one of urls) if (!(await hasPage(person, one.url, one.revision))) missing.push(one);
  return { urls, missing, together: manifest.pages, bytes: missing.reduce((sum, one) => sum + one.bytes, 0) };
}

// Small pages come several in one answer: a slow line pays for one question rather than for twenty-five.
const AT_ONCE = 25;
const TOGETHER = ['course', 'page', 'data'];

async function fetchSome(person, address, some) {
  const query = some.map(({ url }) => `u=${encodeURIComponent(url)}`).join('&');
  const answer = await fetch(`${address}?${query}`, { headers: { 'X-Along': '1', Accept: 'application/json' } });
  if (!answer.ok || answer.redirected) throw new Error(address);
  const { pages } = await answer.json();
  const found = new Map(pages.map((page) => [page.url, page]));
  const policy = answer.headers.get('content-security-policy');
  for (const { url, revision } of some) {
    const page = found.get(url);
    if (!page) continue; // gone since the list was made: the next list will not have it
    const headers = new Headers({ 'content-type': page.type });
    if (policy) headers.set('content-security-policy', policy);
    await keepPage(person, url, new Response(page.body, { headers }), revision);
  }
}

async function fetchOne(person, { url, revision }) {
  const answer = await fetch(url, { headers: { 'X-Along': '1' } });
  if (!answer.ok || answer.redirected) throw new Error(url);
  await keepPage(person, url, answer, revision);
}

async function fetchAll(person, plan, onStep) {
  const isTogether = (one) => plan.together && TOGETHER.includes(one.kind);
  const small = plan.missing.filter(isTogether);
  let bytes = 0;
  const step = (weight) => onStep((bytes += weight), plan.bytes);
  for (let at = 0; at < small.length; at += AT_ONCE) {
    const some = small.slice(at, at + AT_ONCE);
    await fetchSome(person, plan.together, some);
    step(some.reduce((sum, one) => sum + one.bytes, 0));
  }
  for (const one of plan.missing.filter((each) => !isTogether(each))) {
    await fetchOne(person, one);
    step(one.bytes);
  }
}

const isWeek = (manifest) => manifest.kind === 'week';
const whose = (manifest) => personOfPage() || manifest.person;

// A week's pack holds firms and people: it is taken under a PIN only.
async function isAllowed(manifest) {
  if (!isWeek(manifest) || !canSeal() || (await hasPin(whose(manifest)))) return true;
  const asking = new CustomEvent('digna:pin', { cancelable: true, detail: { person: whose(manifest), answer: null } });
  return !document.dispatchEvent(asking) && (await asking.detail.answer);
}

export async function take(manifest, source, onStep, plan) {
  const person = whose(manifest);
  await fetchAll(person, plan || (await planOf(manifest, person)), onStep);
  const urls = plan?.urls || manifest.urls;
  const before = await takenRow(person, manifest.course);
  await putTaken({
    person, course: manifest.course, kind: manifest.kind || 'course', title: manifest.title, version: manifest.version, source,
    label: manifest.label || '', home: manifest.urls.find((one) => HOMES.includes(one.kind))?.url || '/campo/',
    urls: urls.map(({ url, revision, kind, label }) => ({ url, revision, kind, label })), bytes: urls.reduce((sum, one) => sum + one.bytes, 0),
    takenAt: Date.now(), progress: manifest.progress,
  });
  await leave(person, (before?.urls || []).map((one) => one.url));
  navigator.storage?.persist?.();
}

// Lets go of pages that nothing taken along needs any more.
async function leave(person, urls) {
  const used = new Set((await takenRows(person)).flatMap((row) => (row.urls || []).map((one) => one.url)));
  for (const url of urls) if (!used.has(url)) await dropPage(person, url);
}

export async function putAway(row) {
  await dropTaken(row);
  await leave(row.person, (row.urls || []).map((one) => one.url));
  if (!(await takenRows(row.person)).length) await caches.delete(cacheOf(row.person));
}

function offerPin(line, person) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button--quiet button--small';
  button.textContent = say('setPin');
  button.addEventListener('click', () => {
    document.dispatchEvent(new CustomEvent('digna:pin', { cancelable: true, detail: { person, answer: null } }));
    button.remove();
  });
  line.after(button);
}

async function run(button, line) {
  const url = button.dataset.manifest;
  button.disabled = true;
  try {
    const manifest = await manifestOf(url);
    if (!(await isAllowed(manifest))) {
      line.textContent = say('pinNeeded');
      return;
    }
    if (!(await askToOpen(whose(manifest)))) throw new Locked();
    const plan = await planOf(manifest, whose(manifest));
    if (!button.dataset.agreed) {
      button.dataset.agreed = '1';
      button.textContent = say('takeNow', { size: size(plan.bytes) });
      line.textContent = say('takeAsk', { size: size(plan.bytes), count: plan.missing.length });
      return;
    }
    await take(manifest, url, (done, all) => {
      line.textContent = say('taking', { done: size(done), all: size(all) });
    }, plan);
    line.textContent = say('taken', { size: size(plan.bytes) });
    button.hidden = true;
    if (canSeal() && !document.querySelector('[data-link]') && !(await hasPin(whose(manifest)))) offerPin(line, whose(manifest));
  } catch (problem) {
    line.textContent = say({ QuotaExceededError: 'full', Locked: 'lockedHere' }[problem.name] || 'takeFailed');
  } finally {
    button.disabled = false;
  }
}

async function tellBefore(button, line) {
  const mine = (await takenRows(personOfPage())).find((row) => row.source === button.dataset.manifest);
  if (mine) line.textContent = say('takenOn', { size: size(mine.bytes), day: new Date(mine.takenAt).toLocaleDateString(document.documentElement.lang) });
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
    tellBefore(button, line);
  }
}
