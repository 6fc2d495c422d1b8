// A scale: few steps are buttons side by side, many are a slider that says its figure.
import { button, make } from '../elements.js';
import { say } from '../words.js';

const FEW = 11;
const places = (step) => (String(step).split('.')[1] || '').length;

function stepsOf(node) {
  const { start, end, step } = node.definition.bounds;
  const [from, to] = [Number(start), Number(end)];
  const by = Math.abs(Number(step)) * (to < from ? -1 : 1);
  const count = by ? Math.floor(Math.abs((to - from) / by) + 1e-9) : 0;
  const digits = Math.max(places(Number(start)), places(Number(step)));
  return { from, by, count, at: (n) => Number((from + n * by).toFixed(digits)) };
}

const valueOf = (state) => (state.value === null || state.value === undefined ? null : Number(state.value));

export function range(node, screen, id) {
  const steps = stepsOf(node);
  return steps.count + 1 <= FEW ? marks(node, screen, id, steps) : slider(node, screen, id, steps);
}

function marks(node, screen, id, steps) {
  const inputs = Array.from({ length: steps.count + 1 }, (_, n) => make('input', { type: 'radio', name: id, id: `${id}-${n}`, value: String(steps.at(n)) }));
  for (const input of inputs) input.addEventListener('change', () => node.setValue(input.value));
  const element = make('div', { class: 'ask-marks' }, ...inputs.map((input) => make('label', { class: 'ask-mark' }, input, make('span', { text: input.value }))));
  return {
    element,
    isGroup: true,
    inputs: () => inputs,
    update(state) {
      const value = valueOf(state);
      for (const input of inputs) {
        input.checked = value !== null && Number(input.value) === value;
        input.disabled = state.readonly;
      }
    },
  };
}

function slider(node, screen, id, steps) {
  const input = make('input', { type: 'range', id, class: 'ask__slider', min: '0', max: String(steps.count), step: '1' });
  const figure = make('output', { class: 'ask__figure', for: id });
  const keep = (n) => node.setValue(String(steps.at(Math.max(0, Math.min(steps.count, n)))));
  input.addEventListener('input', () => keep(Number(input.value)));
  const nudge = (by) => () => {
    keep(Number(input.value) + by);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const less = button('−', nudge(-1), { kind: 'button--small', 'aria-label': say('less') });
  const more = button('+', nudge(1), { kind: 'button--small', 'aria-label': say('more') });
  const element = make('div', { class: 'ask-slider' }, figure, make('div', { class: 'ask-slider__line' }, less, input, more));
  return {
    element,
    inputs: () => [input],
    update(state) {
      const value = valueOf(state);
      const n = value === null ? 0 : Math.round((value - steps.from) / steps.by);
      if (input.value !== String(n)) input.value = String(n);
      figure.textContent = value === null ? say('noAnswer') : value.toLocaleString(document.documentElement.lang);
      input.setAttribute('aria-valuetext', figure.textContent);
      for (const one of [input, less, more]) one.disabled = state.readonly;
    },
  };
}
