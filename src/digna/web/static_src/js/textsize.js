// The size of the text, chosen on /campo/ (<button data-text="2">) and kept on this device; every page follows it.
const KEY = 'digna:texto';
const USUAL = '1';

function chosen() {
  try {
    return localStorage.getItem(KEY) || USUAL;
  } catch {
    return USUAL; // no store
  }
}

function apply(size) {
  if (size === USUAL) delete document.documentElement.dataset.text;
  else document.documentElement.dataset.text = size;
}

function keep(size) {
  try {
    localStorage.setItem(KEY, size);
  } catch {
    // it lasts as long as the page
  }
}

export function textSizes(root) {
  const buttons = [...root.querySelectorAll('button[data-text]')];
  const put = (size) => {
    apply(size);
    for (const one of buttons) one.setAttribute('aria-pressed', String(one.dataset.text === size));
  };
  put(chosen());
  for (const one of buttons) {
    one.addEventListener('click', () => {
      keep(one.dataset.text);
      put(one.dataset.text);
    });
  }
}
