// Seen and agreed.
import { make } from '../elements.js';
import { say } from '../words.js';

export function acknowledge(node, screen, id) {
  const input = make('input', { type: 'checkbox', id });
  input.addEventListener('change', () => node.setValue(input.checked));
  return {
    element: make('label', { class: 'choice' }, input, make('span', { text: say('seen') })),
    isGroup: true,
    inputs: () => [input],
    update(state) {
      input.checked = Boolean(state.value);
      input.disabled = state.readonly;
    },
  };
}
