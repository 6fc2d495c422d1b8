// <details data-menu>: Escape and a click elsewhere close it, and focus returns to its button. Tabs
// that do not fit begin at the one that is open.

export function menus(root) {
  for (const here of root.querySelectorAll('.tabs__link[aria-current]')) {
    const list = here.closest('.tabs__list');
    if (list.scrollWidth > list.clientWidth) list.scrollLeft = here.offsetLeft - list.offsetLeft - 16;
  }
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
