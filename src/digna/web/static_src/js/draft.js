// A quiet local draft for <form data-draft>: what was typed survives a crash or a lost signal.
// Kept on this device, apart for each person, for a week; forgotten on signing out and once sent.

const PREFIX = 'borrador:';
const WEEK = 7 * 24 * 3600 * 1000;
const SKIPPED = ['password', 'file', 'hidden', 'submit', 'button'];

// The words come with the page, in its language.
const words = () => document.getElementById('problems')?.dataset || {};

function keyOf(form) {
  const person = document.body.dataset.person || 'nadie';
  return `${PREFIX}${person}:${location.pathname}:${form.dataset.draft || form.id || ''}`;
}
function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
function save(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false; // a full or forbidden store: the form works as before
  }
}
function forget(rule) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && rule(load(key), key)) localStorage.removeItem(key);
    }
  } catch {
    // no store, nothing to forget
  }
}

const inputsOf = (form) => [...form.elements].filter((e) => e.name && !SKIPPED.includes(e.type));
const isChoice = (input) => ['checkbox', 'radio'].includes(input.type);

function valuesOf(form) {
  return inputsOf(form).map((e) => {
    if (isChoice(e)) return [e.name, e.value, e.checked];
    if (e.multiple) return [e.name, [...e.selectedOptions].map((o) => o.value), null];
    return [e.name, e.value, null];
  });
}
function put(form, values) {
  for (const [name, value, checked] of values) {
    for (const input of inputsOf(form).filter((e) => e.name === name)) {
      if (isChoice(input)) input.checked = input.value === value ? checked : input.checked;
      else if (input.multiple) for (const o of input.options) o.selected = value.includes(o.value);
      else input.value = value;
    }
  }
}

function sayer(form) {
  const line = document.createElement('p');
  line.className = 'draft';
  line.setAttribute('role', 'status');
  (form.querySelector('.buttons') || form).before(line);
  return line;
}

function offerToDrop(line, form, key, before) {
  line.textContent = words().draftBack;
  const drop = document.createElement('button');
  drop.type = 'button';
  drop.className = 'button button--quiet button--small';
  drop.textContent = words().draftDrop;
  drop.addEventListener('click', () => {
    put(form, before);
    localStorage.removeItem(key);
    line.textContent = '';
  });
  line.append(drop);
}

function keep(form) {
  const key = keyOf(form);
  const line = sayer(form);
  const before = valuesOf(form);
  const draft = load(key);
  const answered = form.querySelector('[data-summary]'); // the server's answer wins over a draft
  if (draft && !answered && JSON.stringify(draft.values) !== JSON.stringify(before)) {
    put(form, draft.values);
    offerToDrop(line, form, key, before);
  }
  let timer;
  const write = (sent) => save(key, { at: Date.now(), sent, values: valuesOf(form) });
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (write(false)) line.textContent = words().draftKept;
    }, 500);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    write(true);
  });
}

export function drafts(root) {
  const here = `:${location.pathname}:`;
  const done = root.querySelector('.message--success');
  forget((draft, key) => !draft || Date.now() - draft.at > WEEK || (draft.sent && (done || !key.includes(here))));
  for (const form of root.querySelectorAll('form[data-draft]:not([data-intention])')) keep(form);
  for (const form of root.querySelectorAll('form[data-forget]')) {
    form.addEventListener('submit', () => forget(() => true));
  }
}
