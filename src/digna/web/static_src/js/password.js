// <button data-reveal="ID" data-hide="Ocultar">: show what is typed in a password field.

export function passwords(root) {
  root.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-reveal]');
    if (!button) return;
    const input = document.getElementById(button.dataset.reveal);
    const word = button.querySelector('span');
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    button.dataset.show ||= word.textContent;
    word.textContent = shown ? button.dataset.hide : button.dataset.show;
  });
}
