// Typing paper in: Enter goes to the next question, a digit chooses the option of that number (or of that
// place), as the paper says (digna.web.handwriting).
const ASKED = 'input:not([type=hidden]):not([type=file]):not([data-passes]):not(:disabled), textarea, select:not(.ask-language)';

function stops(root) {
  const seen = new Set();
  return [...root.querySelectorAll(ASKED)].filter((input) => {
    if (input.closest('[hidden]') || input.closest('details:not([open])')) return false;
    const name = ['radio', 'checkbox'].includes(input.type) && input.name ? input.name : '';
    if (name && seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

const groupOf = (input) => input.closest('[role=radiogroup], fieldset') || input;

export function byKeyboard(root, { save }) {
  root.addEventListener('keydown', (event) => {
    const input = event.target;
    if (event.ctrlKey && event.key === 'Enter') {
      event.preventDefault();
      save();
    } else if (event.key === 'Enter' && input.matches(ASKED) && input.tagName !== 'TEXTAREA') {
      event.preventDefault();
      next(root, input, save);
    } else if (/^[0-9]$/.test(event.key) && ['radio', 'checkbox'].includes(input.type)) {
      choose(event, input);
    }
  });
}

function next(root, input, save) {
  if (!['radio', 'checkbox'].includes(input.type)) input.dispatchEvent(new Event('change', { bubbles: true }));
  const all = stops(root);
  const here = all.findIndex((one) => groupOf(one) === groupOf(input));
  const following = all.slice(here + 1).find((one) => groupOf(one) !== groupOf(input));
  if (following) following.focus();
  else save();
}

// The options of a scale begin with their own digit («0 · nada»); others go by their place.
const saysOf = (option) => (option.closest('label') || option.labels?.[0])?.textContent.trim() || '';

function choose(event, input) {
  const options = [...groupOf(input).querySelectorAll('input[type=radio], input[type=checkbox]')].filter((one) => one.value);
  const isScale = options.every((one) => /^\d ·/.test(saysOf(one)));
  const wanted = isScale ? options.find((one) => saysOf(one).startsWith(event.key)) : options[Number(event.key) - 1];
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
}

// <form data-keyboard>: a page of the field, typed in from paper.
export function typedForms(root) {
  for (const form of root.querySelectorAll('form[data-keyboard]')) {
    byKeyboard(form, { save: () => (form.querySelector('[name=save]') || form.querySelector('[type=submit]')).click() });
    stops(form)[0]?.focus();
  }
}
