// Large files go ahead in pieces: a cut line loses at most one piece of 64 kB.
import { sha256 } from './seal.js';

export const PIECE = 65_536;
const PATIENCE = 60_000;

// No answer, or none that can be trusted.
export class Broken extends Error {
  constructor(status = 0) {
    super(`broken ${status}`);
    this.status = status;
  }
}
export class Unserved extends Error {} // a server of before: files travel inside the request

// Half a kilobyte a second is slow, not broken.
export async function asked(url, options, bytes = 0) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), PATIENCE + 2 * bytes);
  try {
    return await fetch(url, { credentials: 'omit', ...options, signal: gone.signal });
  } catch {
    throw new Broken();
  } finally {
    clearTimeout(timer);
  }
}

async function said(answer) {
  if (answer.status === 404 || answer.status === 405) throw new Unserved();
  if (![200, 401, 409, 422].includes(answer.status)) throw new Broken();
  try {
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    throw new Broken();
  }
}

// Returns an answer of 401 to be settled by the caller, else undefined once the server has it whole.
async function sendOne(blob, digest, grant) {
  const url = `/field/parts/${digest}`;
  const bearer = { Authorization: `Bearer ${grant}` };
  let told = await said(await asked(url, { headers: { ...bearer, Accept: 'application/json' } }));
  let starts = 0;
  while (told.status !== 401 && (told.have || 0) < blob.size) {
    const from = told.have || 0;
    const headers = { ...bearer, 'Upload-Offset': String(from), 'Upload-Length': String(blob.size), 'Content-Type': 'application/octet-stream' };
    told = await said(await asked(url, { method: 'PATCH', headers, body: blob.slice(from, from + PIECE) }, PIECE));
    if ((told.have || 0) <= from && (starts += 1) > 3) throw new Broken(); // it does not advance
  }
  return told.status === 401 ? told : undefined;
}

// What goes inside the request: all of it where nothing can go ahead, else as much as one piece holds.
function inside(files, grant) {
  if (!grant || !globalThis.crypto?.subtle) return files;
  let room = PIECE;
  return files.filter(({ blob }) => blob.size < room && (room -= blob.size) > 0);
}

// Sends the other files ahead. Returns {parts, inline} of the request, or {refused}.
export async function ahead(files, grant) {
  const inline = inside(files, grant);
  const parts = [];
  for (const { blob, ...file } of files.filter((one) => !inline.includes(one))) {
    const digest = await sha256(await blob.arrayBuffer());
    try {
      const refused = await sendOne(blob, digest, grant);
      if (refused) return { refused };
    } catch (problem) {
      if (problem instanceof Unserved) return { parts: [], inline: files };
      throw problem;
    }
    parts.push({ field: file.field, name: file.name, type: file.type, sha256: digest, size: blob.size });
  }
  return { parts, inline };
}
