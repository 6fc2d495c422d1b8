// An order of preference: each may be moved up or down, by thumb or by key.
import { button, make } from '../elements.js';
import { say } from '../words.js';

export function rank(node, screen) {
  const list = make('ol', { class: 'ask-rank' });
  const live = make('p', { class: 'for-readers', role: 'status' });
  const agree = button(say('rankAgree'), () => keep(order()), { kind: 'button--small' });
  const element = make('div', {}, list, agree, live);
  let drawn = '';

  const labelOf = (value) => node.getValueLabel(value)?.asString || value;
  // Nothing is answered until somebody says so: the order of the list is only where one begins.
  function order() {
    const { value, valueOptions } = node.currentState;
    const all = valueOptions.map((one) => one.value);
    return value.length ? [...value, ...all.filter((one) => !value.includes(one))] : all;
  }
  function keep(values) {
    node.setValues(values);
    element.dispatchEvent(new Event('change', { bubbles: true }));
    screen.refresh();
  }
  function move(value, by) {
    const values = order();
    const at = values.indexOf(value);
    const to = at + by;
    if (node.currentState.readonly || to < 0 || to >= values.length) return;
    values.splice(to, 0, ...values.splice(at, 1));
    keep(values);
    live.textContent = say('ranked', { name: labelOf(value), n: to + 1, all: values.length });
    const row = list.children[to];
    (row.querySelector(`[data-by="${by}"]:not(:disabled)`) || row.querySelector('button:not(:disabled)'))?.focus();
  }
  function row(value, at, all) {
    const name = labelOf(value);
    const way = (by, word, sign, isEnd) =>
      button(sign, () => move(value, by), { kind: 'button--small ask-rank__move', 'aria-label': `${say(word)}: ${name}`, 'data-by': String(by), disabled: isEnd || node.currentState.readonly });
    return make('li', { class: 'ask-rank__one', 'data-value': value }, make('span', { text: name }), way(-1, 'up', '↑', at === 0), way(1, 'down', '↓', at === all - 1));
  }
  return {
    element,
    isGroup: true,
    inputs: () => [...list.querySelectorAll('button:not(:disabled)')],
    update(state) {
      const values = order();
      const key = `${screen.form.language}\n${state.readonly}\n${values.map((one) => `${one}\t${labelOf(one)}`).join('\n')}`;
      if (key !== drawn) {
        drawn = key;
        list.replaceChildren(...values.map((value, at) => row(value, at, values.length)));
      }
      list.classList.toggle('ask-rank--open', !state.value.length);
      agree.hidden = state.value.length > 0 || state.readonly;
    },
  };
}
