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

function lineOf(form) {
  let line = form.querySelector('[data-said]');
  if (!line) {
    line = document.createElement('p');
    line.dataset.said = '';
    line.setAttribute('role', 'status');
    form.append(line);
  }
  return line;
}

// What the server said of this one, once it was asked.
async function stateOf(id) {
  return (await items()).find((item) => item.id === id);
}

function after(form, item) {
  const line = lineOf(form);
  if (item?.state === 'refused') {
    line.className = 'message message--warning';
    line.textContent = item.answer.message;
    return;
  }
  form.dispatchEvent(new CustomEvent('digna:kept', { bubbles: true, detail: item }));
  if (item?.state === 'sent') {
    location.assign(form.dataset.next || location.href.split('#')[0]);
    return;
  }
  line.className = 'message message--info';
  line.textContent = say('kept');
  if (form.dataset.next) setTimeout(() => location.assign(form.dataset.next), 900);
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
    const line = lineOf(form);
    line.className = 'message message--warning';
    line.textContent = problem.name === 'QuotaExceededError' ? say('full') : say('notKept');
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

export function intentions(root) {
  if (!('indexedDB' in window)) return;
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.dataset?.intention) return;
    event.preventDefault();
    keep(form, event.submitter);
  });
}
