// The telephone itself: room, whether the browser promises to keep it, few data, language.
// (The size of the text is textsize.js's, on every page.)
import { on, put } from './home_rows.js';
import { room } from './room.js';
import { clearRows } from './rows.js';
import { meta, setMeta } from './store.js';
import { say, size } from './words.js';

const FIVE_MINUTES = 5 * 60_000;
const YEAR = 365 * 24 * 3600;

async function tellRoom(root) {
  const now = await room();
  const place = root.querySelector('[data-put=room]');
  if (!now) {
    place.textContent = say('roomUnknown');
    return;
  }
  place.textContent = say('room', { used: size(now.used), all: size(now.all) });
  const meter = root.querySelector('[data-room]');
  meter.hidden = false;
  meter.value = Math.min(1, now.share);
  root.querySelector('[data-when=narrow]').hidden = !now.isNarrow;
}

async function tellPhotos(root) {
  const waiting = (await clearRows()).filter((row) => row.state !== 'sent');
  put(root, 'weight', waiting.length ? say('weight', { size: size(waiting.reduce((sum, row) => sum + (row.bytes || 0), 0)) }) : '');
}

async function tellPersistent(root) {
  const isKept = await navigator.storage?.persisted?.();
  put(root, 'persistent', isKept === undefined ? '' : say(isKept ? 'persistent' : 'notPersistent'));
  root.querySelector('[data-act=persist]').hidden = isKept !== false;
}

// A clock that is wrong dates everything wrong until it is sent; the server puts it right then.
async function tellClock(root) {
  const skew = (await meta('skew')) || 0;
  const isOff = Math.abs(skew) > FIVE_MINUTES;
  put(root, 'clock', isOff ? say(skew > 0 ? 'clockBehind' : 'clockAhead', { count: Math.round(Math.abs(skew) / 60_000) }) : '');
}

export async function phone(root) {
  await Promise.all([tellRoom(root), tellPhotos(root), tellPersistent(root), tellClock(root)]);
  root.querySelector('[data-low]').checked = Boolean(await meta('lowData'));
}

function languages(root) {
  for (const button of root.querySelectorAll('[data-language]')) {
    const isHere = document.documentElement.lang === button.dataset.language;
    button.setAttribute('aria-pressed', String(isHere));
    button.addEventListener('click', async () => {
      const secure = location.protocol === 'https:' ? '; secure' : '';
      document.cookie = `idioma=${button.dataset.language}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
      await setMeta('language', button.dataset.language); // the worker reads no cookies
      location.reload();
    });
  }
}

export function wirePhone(root, draw) {
  languages(root);
  root.querySelector('[data-low]').addEventListener('change', (event) => setMeta('lowData', event.target.checked));
  on(root, 'persist', async () => {
    const isKept = await navigator.storage.persist();
    put(root, 'persistAnswer', say(isKept ? 'persistYes' : 'persistNo'));
    draw();
  });
}
