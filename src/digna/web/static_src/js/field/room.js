// Room on the telephone: how much is left, and what goes first when it is short.
import { clearRows, forgetFiles } from './rows.js';
import { amend } from './store.js';

const NARROW = 0.8;
const FULL_AT = 'digna:lleno';
const DAY = 24 * 3600 * 1000;

// {used, all, share, isNarrow}, in bytes; null where the browser does not say.
export async function room() {
  if (!navigator.storage?.estimate) return null;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  if (!quota) return null;
  const wasFull = Date.now() - Number(globalThis.localStorage?.getItem(FULL_AT) || 0) < DAY;
  return { used: usage, all: quota, share: usage / quota, isNarrow: wasFull || usage / quota >= NARROW };
}

// Browsers of 2025 and later tell everybody the same quota: what they refused says more.
export function noteFull() {
  try {
    localStorage.setItem(FULL_AT, String(Date.now())); // not of the same quota
  } catch {
    // too full even for that: the form has said it
  }
}

// The photographs of what was sent longest ago are the first to go. Returns whether any went.
export async function makeRoom(bytes = Infinity) {
  let freed = 0;
  const sent = (await clearRows()).filter((row) => row.state === 'sent' && row.bytes > 0 && !row.filesGone);
  for (const row of sent.sort((a, b) => a.sentAt - b.sentAt)) {
    if (freed >= bytes) break;
    await forgetFiles(row.id);
    await amend('outbox', row.n, { filesGone: true });
    freed += row.bytes;
  }
  return freed > 0;
}

// Before it is full: old photographs go as soon as four fifths are used.
export async function keepRoom() {
  const now = await room();
  if (now?.isNarrow) await makeRoom(Math.max(0, now.used - now.all * NARROW));
}
