// Sealing: AES-GCM-256 under a person's data key; the data key itself is sealed under their PIN.
// Every seal has its own random 12 bytes and is bound to what it is about: a row moved to another
// place or person does not open.
const ROUNDS = 600_000; // PBKDF2-SHA-256, as OWASP asks since 2023

const written = new TextEncoder();
const read = new TextDecoder();
const random = (count) => crypto.getRandomValues(new Uint8Array(count));

export const canSeal = () => Boolean(globalThis.crypto?.subtle);
export const newRaw = () => random(32);
// Not extractable: a script can use the key while it is open, and never read or carry it away.
export const asKey = (raw) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

export async function seal(key, bytes, about) {
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: written.encode(about) }, key, bytes);
  return { iv, data };
}

// Throws an OperationError where the key or the place is another's.
export const unseal = (key, { iv, data }, about) =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: written.encode(about) }, key, data);

export const sealed = (key, value, about) => seal(key, written.encode(JSON.stringify(value)), about);
export const unsealed = async (key, row, about) => JSON.parse(read.decode(await unseal(key, row, about)));

async function underPin(pin, salt, rounds) {
  const word = await crypto.subtle.importKey('raw', written.encode(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, word, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export async function wrap(raw, pin, person) {
  const salt = random(16);
  return { salt, rounds: ROUNDS, ...(await seal(await underPin(pin, salt, ROUNDS), raw, person)) };
}

// Returns the raw data key, or null where the PIN is another.
export async function unwrap(lock, pin, person) {
  try {
    return new Uint8Array(await unseal(await underPin(pin, lock.salt, lock.rounds), lock, person));
  } catch {
    return null;
  }
}

export const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, '0')).join('');
export const sha256 = async (bytes) => hex(await crypto.subtle.digest('SHA-256', bytes));
export const sha256Of = (text) => sha256(written.encode(text));

export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
