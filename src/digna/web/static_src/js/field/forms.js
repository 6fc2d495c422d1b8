// <form data-intention="room.noun.verbed">: written to the outbox first, then sent if there is signal.
// Without JavaScript it is an ordinary form; the server decides either way.
import { add, flush, items } from './outbox.js';
import { personOfPage } from './store.js';
import { smaller } from './photo.js';
import { say } from './words.js';

async function contents(form, submitter) {
  const values = {};
  const files = [];
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  for (const [name, value] of data) {
    if (name === 'csrfmiddlewaretoken' || name === 'intention') continue;
    if (typeof value === 'string') (values[name] ??= []).push(value);
    else if (value.size) files.push({ field: name, ...(await smaller(value)) });
  }
  return { values, files };
}

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

// What the server said of this one, once it was asked.
async function stateOf(id) {
  return (await items()).find((item) => item.id === id);
}

// Quiet forms stay on their page: what they changed is on it already.
const isQuiet = (form) => !form.dataset.next && !form.querySelector('[type=file], textarea');

function after(form, item) {
  if (item?.state === 'refused') return tell(form, 'warning', item.answer.message);
  const isSent = item?.state === 'sent';
  if (!isSent) tell(form, 'info', say('kept'));
  else if (isQuiet(form)) tell(form, '', item.answer.receipt?.note || say('saved'));
  else location.assign(form.dataset.next || location.href.split('#')[0]);
  if (!isSent && form.dataset.next) setTimeout(() => location.assign(form.dataset.next), 900);
  return undefined;
}

async function keep(form, submitter) {
  const buttons = form.querySelectorAll('[type=submit]');
  for (const button of buttons) button.disabled = true;
  try {
    const { values, files } = await contents(form, submitter);
    const id = await add({
      person: personOfPage(), action: form.dataset.intention, values, files,
      page: location.pathname, about: form.dataset.about || document.title,
    });
    await flush();
    after(form, await stateOf(id));
  } catch (problem) {
    tell(form, 'warning', say(problem.name === 'QuotaExceededError' ? 'full' : 'notKept'));
  } finally {
    for (const button of buttons) button.disabled = false;
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
