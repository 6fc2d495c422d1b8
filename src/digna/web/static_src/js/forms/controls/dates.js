// A day, an hour, both; written as ODK Collect writes them, with the offset of this telephone.
import { make } from '../elements.js';

const has = (node, name) => [...(node.appearances || [])].includes(name);
const two = (n) => String(n).padStart(2, '0');

function offset(date) {
  const minutes = -date.getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function dated(node, id, { type, shown, kept, ...more }) {
  const input = make('input', { id, class: 'input ask__date', type, ...more });
  const keep = () => node.setValue(input.value ? kept(input.value) : null);
  input.addEventListener('change', keep);
  input.addEventListener('input', keep);
  return {
    element: input,
    inputs: () => [input],
    update(state) {
      const value = state.value ? shown(String(state.value)) : '';
      if (input !== document.activeElement && input.value !== value) input.value = value;
      input.readOnly = state.readonly;
    },
  };
}

export function day(node, screen, id) {
  if (has(node, 'year')) {
    const kept = (told) => (/^\d{4}$/.test(told) ? `${told}-01-01` : null);
    return dated(node, id, { type: 'text', inputmode: 'numeric', maxlength: '4', shown: (v) => v.slice(0, 4), kept });
  }
  if (has(node, 'month-year')) {
    return dated(node, id, { type: 'month', shown: (v) => v.slice(0, 7), kept: (told) => `${told}-01` });
  }
  return dated(node, id, { type: 'date', max: '9999-12-31', shown: (v) => v.slice(0, 10), kept: (told) => told });
}

export function hour(node, screen, id) {
  const kept = (told) => `${told}:00.000${offset(new Date())}`;
  return dated(node, id, { type: 'time', shown: (v) => v.slice(0, 5), kept });
}

export function instant(node, screen, id) {
  const kept = (told) => `${told}:00.000${offset(new Date(told))}`;
  return dated(node, id, { type: 'datetime-local', max: '9999-12-31T23:59', shown: (v) => v.slice(0, 16), kept });
}
