// <table data-grid> with radios in its rows: arrows up and down move between rows, the letter in a
// radio's data-key marks the row and goes on to the next. Left and right stay the browser's own.

const rowsOf = (grid) => [...grid.tBodies[0].rows].filter((row) => row.querySelector('input[type="radio"]'));

function focusRow(row) {
  const radio = row?.querySelector('input[type="radio"]:checked') || row?.querySelector('input[type="radio"]');
  radio?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

function mark(row, letter) {
  const radio = row.querySelector(`input[type="radio"][data-key="${letter}"]`);
  if (!radio || radio.disabled) return false;
  if (!radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event('input', { bubbles: true }));
    radio.dispatchEvent(new Event('change', { bubbles: true }));
  }
  return true;
}

function press(grid, event) {
  const row = event.target.closest('tbody tr');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches('input:not([type="radio"]), textarea, select')) return;
  const rows = rowsOf(grid);
  const at = rows.indexOf(row);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) focusRow(rows[Math.min(Math.max(at + step, 0), rows.length - 1)]);
  else if (/^\p{L}$/u.test(event.key) && mark(row, event.key.toLowerCase())) focusRow(rows[at + 1] || row);
  else return;
  event.preventDefault();
}

export function grids(root) {
  root.addEventListener('keydown', (event) => {
    const grid = event.target.closest?.('table[data-grid]');
    if (grid) press(grid, event);
  });
}
