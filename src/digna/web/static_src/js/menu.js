// <details data-menu>: Escape and a click elsewhere close it, and focus returns to its button.

export function menus(root) {
  const open = () => root.querySelectorAll('details[data-menu][open]');
  root.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}
