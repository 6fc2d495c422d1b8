// The search box as a combobox: Ctrl-K opens it, arrows choose, Enter goes, Escape closes.
// htmx brings the options (200 ms after the last key); without a choice Enter sends the form.

function combobox(form) {
  const input = form.querySelector('input');
  const panel = form.querySelector('.search__panel');
  const options = () => [...panel.querySelectorAll('[role="option"]')];
  const chosen = () => panel.querySelector('[aria-selected="true"]');

  function show() {
    const found = options();
    // A listbox must hold options: without any, the panel is only a sentence.
    if (found.length) {
      panel.setAttribute('role', 'listbox');
      panel.setAttribute('aria-label', panel.dataset.label);
    } else {
      panel.removeAttribute('role');
      panel.removeAttribute('aria-label');
    }
    input.setAttribute('aria-expanded', String(found.length > 0));
    choose(null);
  }
  function close() {
    panel.replaceChildren();
    show();
  }
  function choose(option) {
    for (const one of options()) one.setAttribute('aria-selected', String(one === option));
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }
  function move(step) {
    const found = options();
    if (!found.length) return;
    const at = found.indexOf(chosen());
    const next = at < 0 ? (step > 0 ? 0 : found.length - 1) : at + step;
    choose(found[(next + found.length) % found.length]);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => (options().length || input.value ? (close(), (input.value = '')) : input.blur()),
    Enter: () => chosen()?.click(),
  };
  input.addEventListener('keydown', (event) => {
    if (!keys[event.key] || (event.key === 'Enter' && !chosen())) return;
    event.preventDefault();
    keys[event.key]();
  });
  panel.addEventListener('htmx:afterSwap', show);
  // Pressing an option must not take the focus away first: on a phone the box would close.
  panel.addEventListener('mousedown', (event) => event.preventDefault());
  form.addEventListener('focusout', (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', panel.id);
  input.setAttribute('aria-expanded', 'false');
}

export function search(root) {
  const form = root.querySelector('[data-search]');
  if (!form) return;
  combobox(form);
  root.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.querySelector('input').focus();
    form.querySelector('input').select();
  });
}
