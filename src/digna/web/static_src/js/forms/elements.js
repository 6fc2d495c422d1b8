// Elements made in one line. Text only ever goes in as text.
export function make(tag, { text, ...more } = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(more)) {
    if (value === undefined || value === false || value === null) continue;
    if (name === 'on') for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name in element && name !== 'list' && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  if (text !== undefined) element.textContent = text;
  element.append(...inside.filter((one) => one !== null && one !== undefined));
  return element;
}

export function button(text, act, { kind = '', ...more } = {}) {
  return make('button', { type: 'button', class: `button ${kind}`.trim(), on: { click: act }, text, ...more });
}

export const idOf = (node) => `q${node.nodeId.replace(/\W+/g, '-')}`;
