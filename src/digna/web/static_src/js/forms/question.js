// One question: its words, its control by kind, its fault; bound together for hand, eye and ear.
import { controlOf } from './controls/controls.js';
import { idOf, make } from './elements.js';
import { put } from './text.js';
import { say } from './words.js';

const SOON = 200;

export function question(node, screen) {
  const { form } = screen;
  const id = idOf(node);
  const control = controlOf(node, screen, id);
  const isGroup = Boolean(control.isGroup);
  const words = make('span', { class: 'ask__words' });
  const star = make('span', { class: 'ask__must', 'aria-hidden': 'true', text: '*', hidden: true });
  const title = make(isGroup ? 'legend' : 'label', { class: 'field__label', for: isGroup ? undefined : `${id}-in` }, words, ' ', star);
  const hint = make('div', { class: 'field__help', id: `${id}-hint` });
  const fault = make('p', { class: 'field__error', id: `${id}-fault`, role: 'alert' });
  const element = make(isGroup ? 'fieldset' : 'div', { class: 'field ask', id, 'data-ref': node.currentState.reference },
    control.isBare ? null : title, hint, control.element, fault);
  let touched = false;
  let told = null;

  // What the control itself cannot read comes first; then what the form says.
  function wrong() {
    const local = control.fault?.();
    if (local) return local;
    const violation = node.validationState?.violation;
    if (!violation || !touched) return '';
    return violation.message?.asString || say(violation.condition === 'required' ? 'required' : 'constraint');
  }

  function showFault() {
    const text = element.hidden ? '' : wrong();
    if (text === told) return;
    told = text;
    fault.textContent = text;
    element.classList.toggle('field--error', Boolean(text));
    for (const input of control.inputs?.() || []) {
      input.toggleAttribute('aria-invalid', Boolean(text));
      if (text) input.setAttribute('aria-invalid', 'true');
    }
  }

  function update() {
    const state = node.currentState;
    element.hidden = !state.relevant;
    if (element.hidden) return showFault();
    if (!put(words, state.label, form)) words.textContent = state.label ? '' : node.definition?.nodeset?.split?.('/').pop() || '';
    star.hidden = !state.required;
    hint.hidden = !put(hint, state.hint, form);
    element.classList.toggle('ask--still', state.readonly && node.nodeType !== 'note');
    control.update(state);
    const described = [hint.hidden ? '' : hint.id, fault.id].filter(Boolean).join(' ');
    for (const input of control.inputs?.() || []) {
      if (input.getAttribute('aria-describedby') !== described) input.setAttribute('aria-describedby', described);
      if (!isGroup) input.toggleAttribute('required', false);
      if (!isGroup && state.required) input.setAttribute('aria-required', 'true');
    }
    return showFault();
  }

  // A fault that appears moves what is below it: not while a thumb is on its way there.
  const soon = () => setTimeout(() => {
    touched = true;
    showFault();
  }, SOON);
  element.addEventListener('focusout', () => hasAnswer(node) && soon());
  element.addEventListener('change', ({ target }) => {
    if (!target.matches('input:not([type=radio]):not([type=checkbox]), textarea')) touched = true;
    soon();
  });
  return {
    node,
    element,
    update,
    touch() {
      touched = true;
      showFault();
    },
    hasFault: () => Boolean(!element.hidden && wrong()),
    focus() {
      const input = (control.inputs?.() || [])[0];
      (input || element).focus?.();
      element.scrollIntoView?.({ block: 'center' });
    },
  };
}

const hasAnswer = (node) => {
  const { value } = node.currentState;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== '' && value !== undefined;
};
