// A form filled whole becomes one intention of the outbox; its number is the instance's own, so that it
// counts once however often it is handed over.
import { add, flush, items } from '../field/outbox.js';
import { personOfPage, store } from '../field/store.js';
import { instanceId } from './engine.js';

const ACTION = 'surveys.submission.received';
const LOOKS = 8;
const PAUSE = 700;

export async function handOver(page, { parts, xml }, about) {
  const id = instanceId(xml);
  const values = { programme: [page.programme], form: [page.formId], version: [page.version] };
  if (page.isPaper) values.paper = ['1'];
  await add({ id, person: personOfPage(), action: ACTION, values, files: parts, page: location.pathname, about });
  return id;
}

// Whether this telephone may send for the person by now; on a first visit leave is still on its way.
async function maySend() {
  const who = await (await store()).get('people', personOfPage());
  return Boolean(who) && who.grant !== '';
}

// What became of it: sent, refused, or waiting for a signal.
export async function became(id) {
  for (let look = 0; look < LOOKS; look += 1) {
    if (await maySend()) await flush().catch(() => false);
    const item = (await items(personOfPage())).find((one) => one.id === id);
    if (item && item.state !== 'waiting') return { state: item.state, message: item.answer?.message || '' };
    if (!navigator.onLine) break;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  return { state: 'waiting', message: '' };
}
