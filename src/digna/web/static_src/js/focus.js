// An error summary takes the focus when it appears; its links lead into the field, not just near it.

const CONTROL = 'input:not([type="hidden"]), select, textarea';

function intoField(event) {
  const link = event.target.closest?.('[data-summary] a');
  if (!link) return;
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!place) return;
  event.preventDefault();
  const control = place.matches(CONTROL) ? place : place.querySelector(CONTROL) || place;
  control.closest('.field')?.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
}

export function focusOnProblems(root) {
  const summary = root.querySelector('[data-summary]');
  if (!summary?.closest('[data-still]')) summary?.focus(); // the style page only shows one
  root.addEventListener('htmx:afterSwap', (event) => {
    event.target.querySelector?.('[data-summary]')?.focus();
  });
  root.addEventListener('click', intoField);
}
