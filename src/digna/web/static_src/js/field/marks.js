// A page taken along is as old as the day it was taken: what was done since is marked on it.
import { changed, flush, items } from './outbox.js';
import { clearRows } from './rows.js';
import { personOfPage } from './store.js';
import { say } from './words.js';

const WORDS = { refused: 'refused', question: 'question' };

function mark(element, item) {
  let badge = element.querySelector('[data-here]');
  if (!badge) {
    badge = document.createElement('span');
    badge.dataset.here = '';
    badge.className = 'badge badge--info';
    element.append(' ', badge);
  }
  badge.textContent = say(WORDS[item.state] || 'toSend');
}

// data-done-by="action value": the element that an intention with that value marks as done.
async function marks(root) {
  if (!root.querySelector('[data-done-by]')) return;
  const person = personOfPage();
  for (const item of (await items(person)).filter((one) => one.state !== 'sent' && !one.locked)) {
    for (const element of root.querySelectorAll(`[data-done-by^="${item.action} "]`)) {
      const value = element.dataset.doneBy.slice(item.action.length + 1);
      if (Object.values(item.values).some((given) => given.includes(value))) mark(element, item);
    }
  }
  // Nothing is left to do here: what follows from it is the server's to say, and provisional until then.
  const isLeft = [...root.querySelectorAll('[data-done-by]')].some((one) => !one.querySelector('[data-here]'));
  for (const note of root.querySelectorAll('[data-all-done]')) note.hidden = isLeft;
}

async function counter() {
  const count = (await clearRows()).filter((item) => item.state !== 'sent').length;
  for (const link of document.querySelectorAll('[data-outbox]')) {
    link.hidden = count === 0 || Boolean(document.querySelector('[data-field-home]')); // there it is the page
    link.textContent = say(count === 1 ? 'oneWaits' : 'manyWait', { count });
  }
}

export function outboxMarks(root) {
  const draw = () => Promise.all([marks(root), counter()]);
  changed.addEventListener('change', draw);
  addEventListener('online', () => flush());
  addEventListener('pageshow', draw);
  document.addEventListener('visibilitychange', () => document.hidden || flush());
  draw();
}
