// <button data-cite="[[DEU importa]]" data-cite-into="id_es">: writes the citation where the cursor was.
// Fetched by the one page that has numbers to cite.

let last = null;
document.addEventListener('focusin', (event) => {
  if (event.target.matches?.('textarea')) last = event.target;
});
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-cite]');
  if (!button) return;
  const field = last ?? document.getElementById(button.dataset.citeInto);
  if (!field) return;
  field.setRangeText(button.dataset.cite, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
});
