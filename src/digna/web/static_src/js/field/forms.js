// <form data-intention="room.noun.verbed">: written to the outbox first, then sent if there is signal.
// Without JavaScript it is an ordinary form; the server decides either way.
import { handedOver, stateOf as draftOf } from './drafting.js';
import { contents } from './fields.js';
import { add, born, flush } from './outbox.js';
import { itemById } from './rows.js';
import { personOfPage } from './store.js';
import { say } from './words.js';

const PROBLEMS = { QuotaExceededError: 'full', Locked: 'lockedHere' };

// Where the form says what became of it.
function tell(form, kind, text) {
  let line = form.querySelector('[data-intended], [data-said]');
  if (!line) {
    line = document.createElement('p');
    line.dataset.said = '';
    line.setAttribute('role', 'status');
    form.append(line);
  }
  line.className = kind ? `message message--${kind}` : 'intended muted';
  line.textContent = text;
}

// Quiet forms stay on their page: what they changed is on it already.
const isQuiet = (form) => !form.dataset.next && !form.querySelector('[type=file], textarea');

function after(form, item) {
  if (['refused', 'question'].includes(item?.state)) return tell(form, 'warning', item.answer?.message || say(item.state));
  const isSent = item?.state === 'sent';
  if (!isSent) tell(form, 'info', say('kept'));
  else if (isQuiet(form)) tell(form, '', item.answer?.receipt?.note || say('saved'));
  else location.assign(form.dataset.next || location.href.split('#')[0]);
  if (!isSent && form.dataset.next) setTimeout(() => location.assign(form.dataset.next), 900);
  return undefined;
}

function intentionOf(form, { values, files }) {
  const draft = draftOf(form);
  const kind = form.dataset.born;
  return {
    person: personOfPage(), action: form.dataset.intention, values, files, page: location.pathname,
    about: form.dataset.about || document.title, base: draft?.base, after: draft?.follows ? [draft.follows] : [],
    ...(kind ? { id: draft?.reserved || undefined, born: kind, bornName: (values[form.dataset.bornName] || []).join(' ') } : {}),
  };
}

async function keep(form, submitter) {
  const buttons = form.querySelectorAll('[type=submit]');
  for (const button of buttons) button.disabled = true;
  try {
    const said = await contents(form, submitter);
    const id = await add(intentionOf(form, said));
    await handedOver(form, said.values, id);
    await flush();
    after(form, await itemById(id));
  } catch (problem) {
    tell(form, 'warning', say(PROBLEMS[problem.name] || 'notKept'));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

// <select data-born-here="firm">: what was made on this telephone can be chosen before it was sent.
export async function offerBorn(root) {
  for (const select of root.querySelectorAll('select[data-born-here]')) {
    for (const { value, name } of await born(personOfPage(), select.dataset.bornHere)) {
      if ([...select.options].some((one) => one.value === value)) continue;
      select.append(new Option(`${name} · ${say('provisional')}`, value));
    }
  }
}

// A page's own script may grade or check first: it offers the form as `digna:intend`.
export function intentions(root) {
  if (!('indexedDB' in window)) return;
  root.addEventListener('digna:intend', (event) => {
    event.preventDefault();
    keep(event.detail.form, event.detail.submitter);
  });
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.dataset?.intention) return;
    event.preventDefault();
    keep(form, event.submitter);
  });
}
