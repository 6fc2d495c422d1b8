// Every form of an intention is kept as it is typed, and is as it was left when its page opens again.
import { draftKey, dropDraft, loadDraft, saveDraft } from './drafts.js';
import { fill, filesIn, startOf, typedIn } from './fields.js';
import { items, tell } from './rows.js';
import { newId, personOfPage } from './store.js';

const PAUSE = 250;
const states = new WeakMap();

export const stateOf = (form) => states.get(form);
const words = () => document.getElementById('problems')?.dataset || {};

function nameOf(form) {
  if (form.dataset.draftName || form.id) return form.dataset.draftName || form.id;
  const alike = [...document.querySelectorAll(`form[data-intention="${form.dataset.intention}"]`)];
  return `${form.dataset.intention}#${alike.indexOf(form)}`;
}

function line(form) {
  let found = form.querySelector('[data-draft-line]');
  if (!found) {
    found = document.createElement('p');
    found.className = 'draft';
    found.dataset.draftLine = '';
    found.setAttribute('role', 'status');
    (form.querySelector('.buttons, [type=submit]') || form).before(found);
  }
  return found;
}

// A form that makes a record has its number from the start: others may speak of it at once.
function showReserved(form, state) {
  for (const spot of form.querySelectorAll('[data-provisional]')) spot.textContent = `P-${state.reserved.slice(0, 6).toUpperCase()}`;
}

async function save(form, state) {
  state.timer = undefined;
  const values = typedIn(form);
  const files = state.hasNewFiles ? await filesIn(form) : undefined;
  const isAsBefore = !state.isFilled && !state.hasFiles && JSON.stringify(values) === state.first;
  if (state.isSent) return;
  if (isAsBefore && !state.isKept) return;
  if (isAsBefore) return drop(form, state);
  const about = form.dataset.about || document.title;
  const page = location.pathname + location.search;
  const row = { key: state.key, person: personOfPage(), page, about, action: form.dataset.intention, values, base: state.base, reserved: state.reserved, files };
  try {
    if (!(await saveDraft(row))) return;
  } catch {
    return; // a full telephone is said when it is sent; what was typed stands in the form
  }
  if (state.isSent) return dropDraft(state.key);
  state.isKept = true;
  state.hasNewFiles = false;
  if (!state.isFilled) line(form).textContent = words().draftKept || '';
  tell();
}

async function drop(form, state) {
  state.isKept = false;
  state.isFilled = false;
  await dropDraft(state.key);
  line(form).textContent = '';
}

function offerToDrop(form, state) {
  const place = line(form);
  place.textContent = words().draftBack || '';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button--quiet button--small';
  button.textContent = words().draftDrop || '';
  button.addEventListener('click', () => {
    form.reset();
    state.hasFiles = false;
    drop(form, state);
  });
  place.append(' ', button);
}

export async function refill(form, state) {
  if (state.isKept || state.isFilled || JSON.stringify(typedIn(form)) !== state.first) return;
  const draft = await loadDraft(state.key);
  if (!draft || JSON.stringify(typedIn(form)) !== state.first) return;
  fill(form, draft.values, draft.files);
  Object.assign(state, { isFilled: true, isKept: true, hasFiles: draft.files.length > 0, base: draft.base || state.base });
  if (draft.reserved) state.reserved = draft.reserved;
  showReserved(form, state);
  offerToDrop(form, state);
}

// A page taken along does not know what was changed on it since: what still waits is shown, and the next
// change starts from there, not from the page's day.
async function catchUp(form, state) {
  if (!state.base) return;
  const isSame = (item) => item.action === form.dataset.intention && item.page === location.pathname && item.state === 'waiting';
  const last = (await items(personOfPage())).filter((item) => !item.locked && isSame(item)).pop();
  if (!last) return;
  fill(form, last.values, []);
  Object.assign(state, { base: last.values, follows: last.id, first: JSON.stringify(typedIn(form)) });
}

async function watch(form) {
  const isBorn = Boolean(form.dataset.born);
  const state = {
    key: await draftKey(personOfPage(), location.pathname, nameOf(form)), first: JSON.stringify(typedIn(form)),
    base: 'versioned' in form.dataset ? startOf(form) : undefined, reserved: isBorn ? newId() : '',
  };
  states.set(form, state);
  if (isBorn) showReserved(form, state);
  const soon = (event) => {
    if (event.target.type === 'file') Object.assign(state, { hasNewFiles: true, hasFiles: true });
    state.isSent = false;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form, state), PAUSE);
  };
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  const now = () => {
    if (!state.timer) return;
    clearTimeout(state.timer);
    save(form, state);
  };
  addEventListener('pagehide', now);
  document.addEventListener('visibilitychange', () => document.hidden && now());
  document.addEventListener('digna:opened', () => refill(form, state));
  await catchUp(form, state);
  await refill(form, state);
}

// The intention is in the outbox: its draft goes, and the next one starts afresh.
export async function handedOver(form, values, id) {
  const state = states.get(form);
  if (!state) return;
  clearTimeout(state.timer);
  Object.assign(state, { timer: undefined, isSent: true, isKept: false, isFilled: false, hasFiles: false, hasNewFiles: false, first: JSON.stringify(typedIn(form)) });
  if (state.reserved) state.reserved = newId();
  if (state.base) Object.assign(state, { base: values, follows: id });
  form.querySelector('[data-draft-line]')?.replaceChildren();
  await dropDraft(state.key);
}

export function drafting(root) {
  for (const form of root.querySelectorAll('form[data-intention]')) if (!states.has(form)) watch(form);
}
