// Words and numbers.
import { make } from '../elements.js';
import { say } from '../words.js';

const has = (node, name) => [...(node.appearances || [])].includes(name);

export function text(node, screen, id) {
  const rows = node.nodeOptions?.rows || (has(node, 'multiline') ? 4 : 0);
  const isNumbers = has(node, 'numbers');
  const input = rows
    ? make('textarea', { id, class: 'input', rows: String(rows) })
    : make('input', { id, class: 'input', type: 'text', autocomplete: 'off', inputmode: isNumbers ? 'numeric' : undefined });
  input.addEventListener('input', () => node.setValue(input.value));
  return {
    element: input,
    inputs: () => [input],
    update(state) {
      const value = state.value ?? '';
      if (input !== document.activeElement && input.value !== String(value)) input.value = value;
      input.readOnly = state.readonly;
    },
  };
}

const WHOLE = /^-?\d{1,10}$/;
const BROKEN = /^-?(\d+([.,]\d*)?|[.,]\d+)$/;
const MOST = 2_147_483_647; // what the standard calls an int

export function number(node, screen, id) {
  const isWhole = node.valueType === 'int';
  const input = make('input', { id, class: 'input ask__number', type: 'text', inputmode: isWhole ? 'numeric' : 'decimal', autocomplete: 'off' });
  let isOdd = false;
  input.addEventListener('input', () => {
    const told = input.value.trim();
    isOdd = Boolean(told) && !isReadable(told, isWhole);
    node.setValue(told && !isOdd ? told.replace(',', '.') : '');
    screen.refresh();
  });
  return {
    element: input,
    inputs: () => [input],
    fault: () => (isOdd ? say(isWhole ? 'wholeNumber' : 'decimalNumber') : ''),
    update(state) {
      if (input !== document.activeElement && !isOdd) {
        const value = state.value === null || state.value === undefined ? '' : String(state.value);
        if (input.value !== value) input.value = value;
      }
      input.readOnly = state.readonly;
    },
  };
}

const isReadable = (told, isWhole) => (isWhole ? WHOLE.test(told) && Math.abs(Number(told)) <= MOST : BROKEN.test(told));
