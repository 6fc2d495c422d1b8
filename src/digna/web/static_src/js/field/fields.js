// The fields of a form: what it says now, what it said when it was opened, and how to fill it again.
import { smaller } from './photo.js';

const OURS = ['csrfmiddlewaretoken', 'intention'];
const SKIPPED = ['file', 'password', 'submit', 'button', 'reset', 'image'];
const isChoice = (input) => ['checkbox', 'radio'].includes(input.type);
const named = (form) => [...form.elements].filter((one) => one.name && !OURS.includes(one.name) && !SKIPPED.includes(one.type));

// What the page set by itself is the page's to set again.
const typed = (form) => named(form).filter((one) => one.type !== 'hidden' || 'keep' in one.dataset);

function listed(pairs) {
  const values = {};
  for (const [name, value] of pairs) (values[name] ??= []).push(value);
  return values;
}

const chosen = (input) => [...input.options].filter((one) => one.selected).map((one) => [input.name, one.value]);

function first(input) {
  const marked = [...input.options].filter((one) => one.defaultSelected);
  if (marked.length || input.multiple) return marked;
  return input.options.length ? [input.options[0]] : [];
}

// As the form would send them, had nobody touched it: what an intention starts from.
export function startOf(form) {
  const pairs = named(form).filter((one) => !one.disabled).flatMap((one) => {
    if (isChoice(one)) return one.defaultChecked ? [[one.name, one.value]] : [];
    if (one.options) return first(one).map((option) => [one.name, option.value]);
    return [[one.name, one.defaultValue ?? one.value]];
  });
  return listed(pairs);
}

export function typedIn(form) {
  return listed(typed(form).flatMap((one) => {
    if (isChoice(one)) return one.checked ? [[one.name, one.value]] : [];
    return one.options ? chosen(one) : [[one.name, one.value]];
  }));
}

export function fill(form, values, files) {
  const places = {};
  for (const one of typed(form)) {
    const said = values[one.name] || [];
    if (isChoice(one)) one.checked = said.includes(one.value);
    else if (one.options && one.multiple) for (const option of one.options) option.selected = said.includes(option.value);
    else {
      places[one.name] = (places[one.name] ?? -1) + 1;
      const value = said[places[one.name]];
      if (value !== undefined) one.value = value;
    }
  }
  putFiles(form, files);
  form.dispatchEvent(new CustomEvent('digna:filled', { bubbles: true }));
}

// Made small already: they are not made smaller twice.
const small = new WeakSet();

function putFiles(form, files) {
  if (!files.length || !globalThis.DataTransfer) return;
  for (const input of [...form.elements].filter((one) => one.type === 'file' && one.name)) {
    const bag = new DataTransfer();
    for (const { field, name, type, blob } of files) {
      if (field !== input.name) continue;
      const file = new File([blob], name, { type });
      small.add(file);
      bag.items.add(file);
    }
    if (bag.files.length) input.files = bag.files;
  }
}

const shrunk = (file) => (small.has(file) ? { name: file.name, type: file.type, blob: file } : smaller(file));

export async function filesIn(form) {
  const files = [];
  for (const input of [...form.elements].filter((one) => one.type === 'file' && one.name)) {
    for (const file of input.files) if (file.size) files.push({ field: input.name, ...(await shrunk(file)) });
  }
  return files;
}

export async function contents(form, submitter) {
  const values = {};
  const files = [];
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  for (const [name, value] of data) {
    if (OURS.includes(name)) continue;
    if (typeof value === 'string') (values[name] ??= []).push(value);
    else if (value.size) files.push({ field: name, ...(await shrunk(value)) });
  }
  return { values, files };
}
