// <button data-copy="text" data-copied="Copiado">: to the clipboard, and say so.

export function copyButtons(root) {
  root.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    let said = button.nextElementSibling;
    if (!said?.matches('.copied')) {
      said = document.createElement('span');
      said.className = 'copied';
      said.setAttribute('role', 'status');
      button.after(said);
    }
    said.textContent = button.dataset.copied || '✓';
    setTimeout(() => said.remove(), 4000);
  });
}
