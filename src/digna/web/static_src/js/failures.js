// When htmx gets no answer, say so in the alert at the top; the page keeps what was typed.

export function failures(root) {
  const place = root.getElementById('problems');
  if (!place) return;
  const say = (words) => {
    const line = document.createElement('p');
    line.textContent = words;
    const box = document.createElement('div');
    box.className = 'message message--error';
    box.append(line);
    place.replaceChildren(box);
    place.scrollIntoView({ block: 'nearest' });
  };
  root.addEventListener('htmx:responseError', () => say(place.dataset.failed));
  root.addEventListener('htmx:sendError', () => say(place.dataset.offline));
  root.addEventListener('allauth.error', (event) => {
    event.preventDefault(); // a passkey was refused or put away: say it instead of the console
    say(place.dataset.passkey);
  });
  root.addEventListener('htmx:beforeRequest', () => place.replaceChildren());
}
