// Buttons for what only the browser can do: print, go back.

export function pageButtons(root) {
  root.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-print]')) window.print();
    if (event.target.closest?.('[data-back]')) window.history.back();
  });
}
