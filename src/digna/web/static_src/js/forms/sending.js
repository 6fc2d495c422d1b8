// A form filled whole becomes one intention of the outbox; its number is the instance's own, so that it
// counts once however often it is handed over.
import { add, flush, items } from '../field/outbox.js';
import { personOfPage } from '../field/store.js';
import { instanceId } from './engine.js';

const ACTION = 'surveys.submission.received';

export async function handOver(page, { parts, xml }, about) {
  const id = instanceId(xml);
  const values = { programme: [page.programme], form: [page.formId], version: [page.version] };
  if (page.isPaper) values.paper = ['1'];
  try {
    await add({ id, person: personOfPage(), action: ACTION, values, files: parts, page: location.pathname, about });
  } catch (problem) {
    if (problem.name !== 'ConstraintError') throw problem; // it is in the outbox already
  }
  return id;
}

// What became of it: sent, refused, or waiting for a signal.
export async function became(id) {
  await flush().catch(() => false);
  const item = (await items(personOfPage())).find((one) => one.id === id);
  return { state: item?.state || 'waiting', message: item?.answer?.message || '' };
}
