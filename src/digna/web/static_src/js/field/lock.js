// Who may read this telephone now. A person with a PIN is open while their key stands in `meta`;
// it goes on «Bloquear», on another person, and after a quarter of an hour without a touch.
import { asKey, newRaw, unwrap, wrap } from './seal.js';
import { amend, current, meta, newId, setCurrent, store } from './store.js';

export const IDLE = 15 * 60 * 1000;
const FREE_TRIES = 4;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3600_000;

export class Locked extends Error {
  constructor() {
    super('locked');
    this.name = 'Locked';
  }
}

export const isPin = (text) => /^\d{6}$/.test(text);
// What anybody tries first.
export const isGuessed = (pin) => /^(\d)\1{5}$/.test(pin) || '0123456789'.includes(pin) || '9876543210'.includes(pin);
export const personRow = async (person) => (await store()).get('people', person);
export const hasPin = async (person) => Boolean(person && (await personRow(person))?.lock);

// The open person's key, or null. A deadline too far ahead is a clock that was turned back: over too.
export async function keyOf(person) {
  const open = await meta('key');
  if (!open || open.person !== person) return null;
  const left = open.until - Date.now();
  if (left > 0 && left <= IDLE) return open.key;
  await lock();
  return null;
}

// What to seal under: null for somebody without a PIN. Throws `Locked`.
export async function sealerOf(person) {
  if (!(await hasPin(person))) return null;
  const key = await keyOf(person);
  if (!key) throw new Locked();
  return key;
}

export const isOpen = async (person) => !(await hasPin(person)) || Boolean(await keyOf(person));
export const isLocked = async (person) => !(await isOpen(person));

async function open(person, raw) {
  const key = await asKey(raw);
  await setCurrent(person);
  await (await store()).put('meta', { person, key, until: Date.now() + IDLE }, 'key');
}

export async function lock() {
  await (await store()).delete('meta', 'key');
}

// A touch puts the deadline off; it never opens what was locked meanwhile.
export async function touch() {
  const write = (await store()).transaction('meta', 'readwrite');
  const open_ = await write.store.get('key');
  const left = open_ ? open_.until - Date.now() : 0;
  if (left > 0 && left <= IDLE) await write.store.put({ ...open_, until: Date.now() + IDLE }, 'key');
  await write.done;
}

const waitAfter = (tries) => (tries <= FREE_TRIES ? 0 : Math.min(FIRST_WAIT * 2 ** (tries - FREE_TRIES - 1), LONGEST_WAIT));

// How long until the next try, in milliseconds.
export async function waitOf(person) {
  const { blockedUntil = 0, tries = 0 } = (await personRow(person)) || {};
  return Math.max(0, Math.min(blockedUntil - Date.now(), waitAfter(tries)));
}

// The try is counted before it is made: closing the browser saves nobody a wait.
async function countTry(person) {
  let tries = 0;
  await amend('people', person, (row) => {
    tries = (row.tries || 0) + 1;
    return { tries, blockedUntil: Date.now() + waitAfter(tries) };
  });
  return tries;
}

async function rawUnder(person, pin) {
  if (await waitOf(person)) return null;
  await countTry(person);
  const raw = await unwrap((await personRow(person)).lock, pin, person);
  if (raw) await amend('people', person, { tries: 0, blockedUntil: 0 });
  return raw;
}

// Returns the raw data key, for whoever must hand it on at once (deposit), or null.
export async function unlock(person, pin) {
  const raw = await rawUnder(person, pin);
  if (raw) await open(person, raw);
  return raw;
}

// A first PIN, or one after «Olvidé mi PIN» (`raw` from the server).
export async function setPin(person, pin, raw = newRaw()) {
  const before = (await personRow(person)) || { id: person, name: '', grant: '' };
  const kept = { deposited: Boolean(before.lock?.deposited), pages: before.lock?.pages || newId() };
  await (await store()).put('people', { ...before, lock: { ...(await wrap(raw, pin, person)), ...kept }, tries: 0, blockedUntil: 0 });
  await open(person, raw);
  return raw;
}

export async function changePin(person, before, pin) {
  const raw = await rawUnder(person, before);
  if (!raw) return false;
  await setPin(person, pin, raw);
  return true;
}

// Asks on the page, where there is one and its offline face is awake. Returns whether it is open now.
export async function askToOpen(person) {
  if (await isOpen(person)) return true;
  if (typeof document === 'undefined') return false;
  const asking = new CustomEvent('digna:locked', { cancelable: true, detail: { person, answer: null } });
  return document.dispatchEvent(asking) ? false : asking.detail.answer;
}

export const openPerson = async () => {
  const person = await current();
  return (await isOpen(person)) ? person : '';
};
