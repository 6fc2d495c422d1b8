// One of some, several of some; a search where there are many.
import { button, make } from '../elements.js';
import { put } from '../text.js';
import { say } from '../words.js';

const FEW = 12;
const SHOWN = 30;
const SEARCHED = ['minimal', 'autocomplete', 'search', 'quick-minimal'];
const bare = (told) => told.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function choice(node, screen, id) {
  const isOne = node.selectType === 'select1';
  const search = make('input', { type: 'search', class: 'input', id: `${id}-search`, autocomplete: 'off', 'aria-label': say('search'), placeholder: say('search'), 'data-passes': true });
  const count = make('p', { class: 'small muted', role: 'status' });
  const list = make('div', { class: 'choices ask__choices' });
  const none = make('p', { class: 'small muted', text: say('noChoices'), hidden: true });
  const clear = button(say('clear'), () => answer([]), { kind: 'button--quiet button--small' });
  const element = make('div', {}, search, count, list, none, clear);
  let options = [];
  let language = null;
  let drawn = '';

  function answer(values) {
    if (node.currentState.readonly) return;
    if (isOne) node.selectValue(values[0] ?? null);
    else node.selectValues(options.map((one) => one.value).filter((value) => values.includes(value)));
    element.dispatchEvent(new Event('change', { bubbles: true }));
    screen.refresh();
  }

  function pick(input) {
    const before = node.currentState.value;
    if (isOne) answer([input.value]);
    else answer(input.checked ? [...before, input.value] : before.filter((one) => one !== input.value));
  }

  const isLong = () => options.length > FEW || [...(node.appearances || [])].some((one) => SEARCHED.includes(one));

  // What was chosen stands first; of the others, those that fit what is looked for.
  function visible(chosen) {
    if (!isLong()) return options;
    const told = bare(search.value.trim());
    const fits = options.filter((one) => !chosen.includes(one.value) && (!told || bare(one.label.asString).includes(told)));
    count.textContent = say('choicesShown', { n: Math.min(fits.length, SHOWN), all: fits.length });
    return [...options.filter((one) => chosen.includes(one.value)), ...fits.slice(0, SHOWN)];
  }

  function row(one, at, chosen) {
    const input = make('input', { type: isOne ? 'radio' : 'checkbox', name: id, id: `${id}-${at}`, value: one.value, checked: chosen.includes(one.value), disabled: node.currentState.readonly });
    input.addEventListener('change', () => pick(input));
    const words = make('span');
    put(words, one.label, screen.form);
    return make('label', { class: 'choice' }, input, words);
  }

  function draw(state) {
    const chosen = [...state.value];
    const shown = visible(chosen);
    const key = `${state.readonly}\n${language}\n${shown.map((one) => `${one.value}\t${shown.length <= FEW ? one.label.asString : ''}`).join('\n')}`;
    if (key !== drawn) {
      drawn = key;
      const held = list.contains(document.activeElement) ? document.activeElement.value : null;
      list.replaceChildren(...shown.map((one, at) => row(one, at, chosen)));
      if (held !== null) [...list.querySelectorAll('input')].find((input) => input.value === held)?.focus();
    }
    for (const input of list.querySelectorAll('input')) input.checked = chosen.includes(input.value);
    none.hidden = options.length > 0;
    clear.hidden = !chosen.length || state.readonly || !isOne;
  }

  search.addEventListener('input', () => draw(node.currentState));
  return {
    element,
    isGroup: true,
    inputs: () => [...(isLong() ? [search] : []), ...list.querySelectorAll('input')],
    update(state) {
      options = state.valueOptions;
      language = screen.form.language;
      search.hidden = count.hidden = !isLong();
      draw(state);
    },
  };
}
