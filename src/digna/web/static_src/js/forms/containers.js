// What holds questions: a run of them, a group inside a page, the turns of a repeat.
import { button, idOf, make } from './elements.js';
import { isShown } from './pages.js';
import { question } from './question.js';
import { put } from './text.js';
import { say } from './words.js';

const isRepeat = (node) => node.nodeType.startsWith('repeat-range');

function mount(node, screen) {
  if (isRepeat(node)) return repeat(node, screen);
  if (node.nodeType === 'group') return group(node, screen);
  return question(node, screen);
}

// Keeps one element for each node, made when it is first seen, in the order of the form.
export function run(element, screen, nodesNow) {
  const mounted = new Map();
  function update() {
    const nodes = nodesNow().filter((node) => mounted.has(node.nodeId) || isShown(node));
    const ids = new Set(nodes.map((node) => node.nodeId));
    for (const [id, one] of mounted) {
      if (!ids.has(id)) {
        one.element.remove();
        mounted.delete(id);
      }
    }
    let before = null;
    for (const node of nodes) {
      if (!mounted.has(node.nodeId)) mounted.set(node.nodeId, mount(node, screen));
      const one = mounted.get(node.nodeId);
      const after = before ? before.nextSibling : element.firstChild;
      if (one.element !== after) element.insertBefore(one.element, after);
      one.update();
      before = one.element;
    }
  }
  return { element, update, *questions() {
    for (const one of mounted.values()) {
      if (one.questions) yield* one.questions();
      else yield one;
    }
  } };
}

function group(node, screen) {
  const heading = make('h3', { class: 'ask-group__title' });
  const body = make('div');
  const element = make('section', { class: 'ask-group', id: idOf(node) }, heading, body);
  const inside = run(body, screen, () => node.currentState.children);
  return {
    element,
    questions: inside.questions,
    update() {
      element.hidden = !isShown(node);
      heading.hidden = !put(heading, node.currentState.label, screen.form);
      inside.update();
    },
  };
}

function repeat(node, screen) {
  const isFree = node.nodeType === 'repeat-range:uncontrolled';
  const title = () => node.currentState.label?.asString || say('turn');
  const list = make('div', { class: 'ask-turns' });
  const add = button('', () => {
    node.addInstances();
    screen.refresh();
    turns.get(node.currentState.children.at(-1).nodeId)?.focus();
  }, { kind: 'ask-turns__add' });
  const none = make('p', { class: 'muted', text: say('noTurns') });
  const element = make('section', { class: 'ask-repeat', id: idOf(node) }, none, list, isFree ? add : null);
  const turns = new Map();

  function remove(one) {
    const at = node.currentState.children.findIndex((child) => child.nodeId === one.nodeId);
    if (at < 0 || !confirm(say('removeTurn', { name: title(), n: at + 1 }))) return;
    node.removeInstances(at);
    screen.refresh();
    add.focus();
  }

  function update() {
    element.hidden = !node.currentState.relevant;
    const children = node.currentState.children;
    const ids = new Set(children.map((one) => one.nodeId));
    for (const [id, turn] of turns) {
      if (!ids.has(id)) {
        turn.element.remove();
        turns.delete(id);
      }
    }
    children.forEach((child, at) => {
      if (!turns.has(child.nodeId)) turns.set(child.nodeId, oneTurn(child, screen, isFree ? () => remove(child) : null));
      const turn = turns.get(child.nodeId);
      if (list.children[at] !== turn.element) list.insertBefore(turn.element, list.children[at] || null);
      turn.name(`${title()} ${at + 1}`);
      turn.update();
    });
    none.hidden = children.length > 0;
    add.textContent = children.length ? say('addAnother', { name: title() }) : say('addFirst', { name: title() });
  }
  return { element, update, *questions() {
    for (const turn of turns.values()) yield* turn.questions();
  } };
}

function oneTurn(node, screen, remove) {
  const heading = make('h3', { class: 'ask-turn__title', tabindex: '-1' });
  const away = remove && button(say('remove'), remove, { kind: 'button--quiet button--small' });
  const body = make('div');
  const element = make('section', { class: 'ask-turn' }, make('div', { class: 'ask-turn__head' }, heading, away), body);
  const inside = run(body, screen, () => node.currentState.children);
  return {
    element,
    update: inside.update,
    questions: inside.questions,
    focus: () => heading.focus(),
    name(text) {
      if (heading.textContent === text) return;
      heading.textContent = text;
      away?.setAttribute('aria-label', `${say('remove')}: ${text}`);
    },
  };
}
