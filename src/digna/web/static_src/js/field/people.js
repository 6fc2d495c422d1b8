// Who uses this telephone, and the grant that lets it send for each. With a PIN the grant is sealed too.
import { isLocked, keyOf, lock, personRow } from './lock.js';
import { deviceId } from './rows.js';
import { sealed, toBase64, unsealed } from './seal.js';
import { amend, cacheOf, newId, store } from './store.js';

const DAY = 24 * 3600 * 1000;
const about = (person) => `grant|${person}`;

export async function grantOf(who) {
  if (!who.sealedGrant) return who.grant || '';
  const key = await keyOf(who.id);
  return key ? unsealed(key, who.sealedGrant, about(who.id)) : '';
}

async function closedGrant(person, grant) {
  const key = await keyOf(person);
  return key ? { grant: '', sealedGrant: await sealed(key, grant, about(person)) } : { grant, sealedGrant: null };
}

// A PIN was set on somebody who was open before.
export async function sealGrant(person) {
  const who = await personRow(person);
  if (who?.grant) await amend('people', person, await closedGrant(person, who.grant));
}

export async function remember({ person, name, grant, server }) {
  const db = await store();
  const before = (await db.get('people', person)) || { id: person };
  const mark = server ? `${server.id} ${server.mark}` : '';
  const marks = !mark || before.mark === mark ? {} : before.mark ? { newMark: mark } : { mark };
  const shut = before.lock ? await closedGrant(person, grant) : { grant };
  if (before.lock && (await isLocked(person))) return; // it cannot be sealed now; the next opening asks again
  await db.put('people', { ...before, name, ...shut, ...marks, at: Date.now(), needsSignIn: false, revoked: false });
}

const cookie = (name) => document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))?.split('=')[1] || '';
const csrf = () => document.querySelector('[name=csrfmiddlewaretoken]')?.value || cookie('csrf');

function kindOfPhone() {
  const agent = navigator.userAgent;
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Windows/.test(agent) ? 'Windows' : /Mac/.test(agent) ? 'macOS' : 'Linux';
  const browser = /Firefox/.test(agent) ? 'Firefox' : /Edg/.test(agent) ? 'Edge' : /Chrom/.test(agent) ? 'Chrome' : 'Safari';
  return `${system} · ${browser}`;
}

// As whoever is signed in. Returns the answer's JSON, `null` without signal, `{status}` where the server says no.
export async function postAsSignedIn(url, values) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': csrf() };
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(values), redirect: 'manual' });
    const told = await answer.json().catch(() => ({}));
    return answer.ok ? told : { ...told, status: answer.status };
  } catch {
    return null;
  }
}

export async function plainGrant() {
  try {
    const answer = await fetch('/field/grant', { headers: { Accept: 'application/json' } });
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}

export const deviceOf = async (person) => (await personRow(person))?.device || deviceId();

// Makes this telephone known for the person who is signed in; a server of before gives a plain grant.
// One that was revoked stays so for ever: whoever signs in on it again with their password gets a new number.
async function register(person, raw) {
  const recovery = raw ? toBase64(raw) : '';
  const ask = async () => postAsSignedIn('/field/device', { device: await deviceOf(person), name: kindOfPhone(), recovery });
  let told = await ask();
  if (told?.code === 'field.device.revoked' && (await amend('people', person, { device: newId() }))) {
    await amend('people', person, (who) => (who.lock ? { lock: { ...who.lock, deposited: Boolean(recovery) } } : {}));
    told = await ask();
  }
  if (told?.grant) return { ...told, isDeposited: Boolean(recovery) };
  return told && [404, 405].includes(told.status) ? plainGrant() : null;
}

// While somebody is signed in, this telephone gets leave to send for them later: once a day is enough.
export async function welcome(person, { raw = null } = {}) {
  const who = await personRow(person);
  const isFresh = who && Date.now() - (who.at || 0) < DAY && !who.needsSignIn && !who.revoked && (who.grant || who.sealedGrant);
  if (isFresh && !raw) return;
  // A page taken along bears its owner's name whoever is signed in: the key goes to its own person only.
  if (raw && (await plainGrant())?.person !== person) return;
  const told = await register(person, raw);
  if (!told?.grant) return;
  await remember(told);
  if (told.isDeposited && told.person === person) {
    await amend('people', person, ({ lock: shut }) => ({ lock: { ...shut, deposited: true } }));
  }
}

// The telephone was taken from this person's list: what was taken along goes, what was done stays, shut.
export async function revoke(person) {
  const db = await store();
  for (const row of (await db.getAll('taken')).filter((one) => one.person === person)) await db.delete('taken', [row.person, row.course]);
  for (const key of await db.getAllKeysFromIndex('kept', 'person', person)) await db.delete('kept', key);
  await caches?.delete(cacheOf(person));
  await amend('people', person, { revoked: true, needsSignIn: true, grant: '', sealedGrant: null });
  await lock();
}
