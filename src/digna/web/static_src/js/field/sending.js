// Sending: oldest first, one tab at a time, until the line breaks. What the server puts off or asks
// about lets the next ones pass; only a broken line stops the round. Runs in pages and in the worker.
import { keyOf } from './lock.js';
import { ahead, asked, Broken } from './parts.js';
import { deviceOf, grantOf, revoke } from './people.js';
import { keepRoom } from './room.js';
import { change, clearRows, filesOf, opened, remove, tell } from './rows.js';
import { amend, meta, setMeta, store } from './store.js';

const KEEP_SENT = 30 * 24 * 3600 * 1000;
const SOON = 5 * 60_000;
const LATE = 6 * 3600_000;
const STUMBLES = 3;
const ASK_EACH = 3600_000;
const MOST_IDS = 500;
const STATES = ['done', 'refused', 'later', 'question', 'parts'];

async function body(item, { parts, inline }) {
  const form = new FormData();
  form.append('id', item.id);
  form.append('action', item.action);
  form.append('at', item.at);
  form.append('values', JSON.stringify(item.values));
  if (item.base) form.append('base', JSON.stringify(item.base));
  if (item.after?.length) form.append('after', JSON.stringify(item.after));
  form.append('device', await deviceOf(item.person));
  if (item.seq) form.append('seq', String(item.seq));
  form.append('waiting', String(await waitingOf(item.person)));
  form.append('sent', new Date().toISOString()); // this clock now: the server puts `at` right by it
  if (parts.length) form.append('parts', JSON.stringify(parts));
  for (const file of inline) form.append(file.field, file.blob, file.name);
  return form;
}

const waitingOf = async (person) => (await clearRows(person)).filter((row) => row.state === 'waiting').length;

// Who sends, and what was last seen of the server: one that was put back from a copy notices by it.
async function headers(grant) {
  const seen = await meta('seen');
  return { ...(grant ? { Authorization: `Bearer ${grant}` } : {}), ...(seen ? { 'X-Digna-Seen': seen } : {}) };
}

async function read(answer, began) {
  if (answer.status === 413) return { status: 413, state: 'refused', code: 'field.sync.large' };
  if (![200, 401, 422].includes(answer.status)) throw new Broken(answer.status);
  let told;
  try {
    told = await answer.json();
  } catch {
    throw new Broken(); // a hotel's wifi answers 200 to everything
  }
  if (answer.status === 200 && !STATES.includes(told.state)) throw new Broken();
  await learnHour(told.now, began);
  return { status: answer.status, ...told };
}

// How far the server's clock is ahead of this telephone's, in milliseconds, half the journey allowed for.
async function learnHour(now, began) {
  const server = Date.parse(now || '');
  if (Number.isNaN(server)) return;
  await setMeta('skew', Math.round(server - (began + Date.now()) / 2));
}

const sizeOf = (files) => files.reduce((sum, { blob }) => sum + blob.size, 0);

async function post(item, grant) {
  const files = await filesOf(item);
  for (let time = 0; time < 2; time += 1) {
    const pieces = await ahead(files, grant);
    if (pieces.refused) return pieces.refused;
    const began = Date.now();
    const told = await read(await asked('/field/sync', { method: 'POST', body: await body(item, pieces), headers: await headers(grant) }, sizeOf(pieces.inline)), began);
    if (told.state !== 'parts') return told; // else the server has let go of a piece: once more
  }
  return { status: 200, state: 'later', code: 'field.parts.missing' };
}

async function send(item, grant) {
  try {
    return await post(item, grant);
  } catch (problem) {
    if (problem instanceof Broken) return { broken: true, isFall: problem.status === 500 }; // it stays
    throw problem;
  }
}

const later = (tries) => Date.now() + Math.min(SOON * 2 ** Math.min(tries, 8), LATE) * (0.75 + Math.random() / 2);

async function settle(item, answer) {
  const { status, server, now, ...said } = answer;
  if (status === 401) return signInAgain(item.person, said.code);
  if (said.state === 'done') await change(item.n, { state: 'sent', answer: said, sentAt: Date.now(), notBefore: 0, stumbles: 0 });
  else if (said.state === 'later') await change(item.n, { answer: said, tries: item.tries + 1, notBefore: later(item.tries) });
  else await change(item.n, { state: said.state === 'question' ? 'question' : 'refused', answer: said });
  if (server) await noteServer(item.person, server);
  return undefined;
}

async function signInAgain(person, code) {
  if (code === 'field.device.revoked') await revoke(person);
  else await amend('people', person, { needsSignIn: true });
}

// A mark that changed says that a copy of before was put back: everything sent is asked for again.
async function noteServer(person, { id, mark, seen }) {
  if (seen) await setMeta('seen', seen);
  const now = `${id} ${mark}`;
  await amend('people', person, (who) => (!who.mark ? { mark: now } : who.mark === now ? {} : { newMark: now }));
}

// What may go now. One that stumbled thrice (the server fell over it) lets the others pass first.
async function queue(isByHand) {
  const rows = await clearRows();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const isFree = (row) => (row.after || []).every((id) => !byId.has(id) || byId.get(id).state === 'sent');
  const last = (row) => ((row.stumbles || 0) >= STUMBLES ? 1 : 0);
  const going = rows.filter((row) => row.state === 'waiting' && (isByHand || !(row.notBefore > Date.now())));
  return { going: going.sort((a, b) => last(a) - last(b) || a.n - b.n), isFree, byId };
}

async function senderOf(person) {
  const who = await (await store()).get('people', person);
  if (who?.needsSignIn || who?.revoked) return null;
  if (who?.lock && !(await keyOf(person))) return null;
  return { grant: who ? await grantOf(who) : '' };
}

async function round(isByHand) {
  const { going, isFree, byId } = await queue(isByHand);
  for (const row of going) {
    const sender = await senderOf(row.person);
    if (!sender || !isFree(row)) continue;
    const item = await opened(row);
    if (item.locked) continue;
    const answer = await send(item, sender.grant);
    if (answer.broken) {
      await change(row.n, { tries: (row.tries || 0) + 1, stumbles: (row.stumbles || 0) + (answer.isFall ? 1 : 0) });
      return false; // the order is kept: the next ones wait too
    }
    await settle(item, answer);
    byId.set(row.id, (await (await store()).get('outbox', row.n)) || row);
    tell();
  }
  return true;
}

// What became of these, by their ids; null where the line is broken or the server cannot say.
async function known(person, ids) {
  const sender = await senderOf(person);
  if (!sender?.grant) return null;
  const heads = { ...(await headers(sender.grant)), 'Content-Type': 'application/json', Accept: 'application/json' };
  const body_ = JSON.stringify({ ids, device: await deviceOf(person), waiting: String(await waitingOf(person)) });
  try {
    const answer = await asked('/field/known', { method: 'POST', headers: heads, body: body_ });
    const told = [200, 401].includes(answer.status) ? await answer.json() : null;
    if (answer.status === 401) await signInAgain(person, told.code);
    return answer.status === 200 ? told : null;
  } catch {
    return null;
  }
}

async function apply(row, said) {
  const answer = { state: said.state, message: said.message, code: said.code, receipt: said.receipt };
  if (said.state === 'unknown') await change(row.n, { state: 'waiting', notBefore: 0, sentAt: null });
  else if (said.state === 'done' && row.state !== 'sent') await change(row.n, { state: 'sent', answer, sentAt: Date.now() });
  else if (said.state === 'refused' || said.state === 'question') await change(row.n, { state: said.state, answer });
}

async function ask(person, rows) {
  let isAnswered = true;
  for (let from = 0; from === 0 || from < rows.length; from += MOST_IDS) {
    const some = rows.slice(from, from + MOST_IDS);
    const told = await known(person, some.map((row) => row.id));
    if (!told) isAnswered = false;
    if (told?.server) await noteServer(person, told.server);
    for (const row of some) if (told?.items?.[row.id]) await apply(row, told.items[row.id]);
  }
  if (rows.length) tell();
  return isAnswered;
}

// Asks for what a person must decide; and, once the mark changed, for all that was ever sent.
async function askFor(who, isByHand) {
  const mine = await clearRows(who.id);
  const questions = mine.filter((row) => row.state === 'question');
  const isDue = isByHand || Date.now() - (who.askedAt || 0) > ASK_EACH;
  if (mine.length && (questions.length || isDue) && (await ask(who.id, questions))) await amend('people', who.id, { askedAt: Date.now() });
  const now = await (await store()).get('people', who.id);
  if (!now?.newMark) return false;
  const sent = mine.filter((row) => row.state === 'sent' || row.state === 'question');
  if (!(await ask(who.id, sent))) return false;
  await amend('people', who.id, { mark: now.newMark, newMark: '' });
  return (await clearRows(who.id)).some((row) => row.state === 'waiting');
}

async function forgetOld() {
  for (const row of await clearRows()) {
    if (row.state === 'sent' && Date.now() - row.sentAt > KEEP_SENT) await remove(row.n);
  }
  await keepRoom();
}

async function flushAll(isByHand) {
  if (!(await round(isByHand))) return false;
  let isMore = false;
  for (const who of await (await store()).getAll('people')) isMore = (await askFor(who, isByHand)) || isMore;
  if (isMore && !(await round(isByHand))) return false;
  await forgetOld();
  return true;
}

const isOnWifi = () => ['wifi', 'ethernet'].includes(globalThis.navigator?.connection?.type);

// Returns whether everything that could go is gone. With few data, only by hand or over wifi.
export async function flush({ byHand = false } = {}) {
  if (!byHand && (await meta('lowData')) && !isOnWifi()) return false;
  if (!navigator.locks) return flushAll(byHand);
  return navigator.locks.request('digna-outbox', () => flushAll(byHand));
}
