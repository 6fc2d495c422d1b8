// <input data-near="/address.json" data-near-kind="firm">: as a name is written, the likely same ones that are
// known already are shown below, from the index that was taken along. Rows: {id, name, place, kind, keys?, url?}.
import { say } from './words.js';

const MOST = 5;
const LIKE = 0.5;
const PAUSE = 120;
const FORMS = new Set(['srl', 'sa', 'sam', 'ltda', 'asoc', 'asociacion', 'coop', 'cooperativa', 'empresa', 'emp', 'unipersonal', 'cia', 'compania', 'de', 'del', 'la', 'el', 'los', 'las', 'y']);

// Without accents, case and order; a firm's legal form says little.
export function plain(name) {
  const text = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/\b([a-z])\.(?=[a-z]\b)/g, '$1').replace(/[^a-z0-9ñ]+/g, ' ').trim();
  const words = text.split(' ').filter(Boolean);
  const telling = words.filter((word) => !FORMS.has(word));
  return (telling.length ? telling : words).sort().join(' ');
}

function pairs(text) {
  const found = new Map();
  const edged = ` ${text} `;
  for (let i = 0; i < edged.length - 1; i += 1) {
    const two = edged.charCodeAt(i) * 65_536 + edged.charCodeAt(i + 1);
    found.set(two, (found.get(two) || 0) + 1);
  }
  return found;
}

const count = (found) => [...found.values()].reduce((sum, one) => sum + one, 0);

// Dice's share of common pairs of letters, from 0 to 1.
function share(one, other, ofOne, ofOther) {
  let common = 0;
  for (const [two, times] of one) common += Math.min(times, other.get(two) || 0);
  return (2 * common) / (ofOne + ofOther || 1);
}

const digits = (text) => String(text).replace(/\D/g, '');

// Rows made ready once; asked at each letter.
export function indexOf(rows) {
  return rows.map((row) => {
    const found = pairs(plain(row.name));
    return { row, found, size: count(found), keys: (row.keys || []).map(digits).filter((one) => one.length >= 5) };
  });
}

// The likely same ones, best first: alike in name, or with the same telephone, NIT or identity card.
export function likely(index, name, numbers = [], kind = '') {
  const asked = pairs(plain(name));
  const size = count(asked);
  const keys = numbers.map(digits).filter((one) => one.length >= 5);
  const found = [];
  for (const one of index) {
    if (kind && one.row.kind && one.row.kind !== kind) continue;
    const isSame = keys.some((key) => one.keys.includes(key));
    // No common pairs can lift a name of half the length above the mark: most rows are left at once.
    const most = (2 * Math.min(size, one.size)) / (size + one.size || 1);
    const like = name.length < 3 || most < LIKE ? 0 : share(asked, one.found, size, one.size);
    if (isSame || like >= LIKE) found.push({ row: one.row, like: isSame ? 1 + like : like, isSame });
  }
  return found.sort((a, b) => b.like - a.like).slice(0, MOST);
}

async function rowsAt(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } });
    if (!answer.ok) return [];
    const told = await answer.json();
    return Array.isArray(told) ? told : told.rows || [];
  } catch {
    return []; // not taken along: the server asks the same question when it arrives
  }
}

function entry({ row, isSame }) {
  const item = document.createElement('li');
  item.className = 'near__one';
  const name = document.createElement('strong');
  name.textContent = row.name;
  const place = document.createElement('span');
  place.className = 'muted small';
  place.textContent = [row.place, isSame ? say('nearSame') : ''].filter(Boolean).join(' · ');
  item.append(name, ' ', place);
  if (row.url) {
    const link = document.createElement('a');
    link.className = 'button button--small';
    link.href = row.url;
    link.textContent = say('nearThis');
    item.append(' ', link);
  }
  return item;
}

function show(list, found) {
  list.hidden = found.length === 0;
  if (!found.length) return list.replaceChildren();
  const head = document.createElement('p');
  head.textContent = say('nearHead');
  const rows = document.createElement('ul');
  rows.className = 'plain stack';
  rows.setAttribute('role', 'list');
  rows.append(...found.map(entry));
  return list.replaceChildren(head, rows);
}

function watch(input) {
  const list = document.createElement('div');
  list.className = 'near';
  list.hidden = true;
  list.setAttribute('role', 'status');
  (input.closest('.field') || input).after(list);
  let index;
  let timer;
  const form = input.form;
  const look = async () => {
    index ??= rowsAt(input.dataset.near).then(indexOf);
    const numbers = [...(form?.querySelectorAll('[data-near-key]') || [])].map((one) => one.value);
    const rows = await index;
    performance.mark('digna:near-from');
    const found = likely(rows, input.value, numbers, input.dataset.nearKind);
    performance.measure('digna:near', 'digna:near-from');
    show(list, found);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };
  input.addEventListener('input', soon);
  for (const key of form?.querySelectorAll('[data-near-key]') || []) key.addEventListener('input', soon);
}

export function nearOnes(root) {
  for (const input of root.querySelectorAll('input[data-near]')) watch(input);
}
