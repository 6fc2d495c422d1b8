// The theme switch works as a form; here it answers at once. The cookie is the server's own.

const YEAR = 365 * 24 * 3600;

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `tema=${theme}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

export function themeSwitch(root) {
  for (const form of root.querySelectorAll('[data-theme-switch]')) {
    form.addEventListener('submit', (event) => {
      if (!event.submitter) return;
      event.preventDefault();
      apply(event.submitter.value);
      for (const button of form.querySelectorAll('button')) {
        button.setAttribute('aria-pressed', String(button === event.submitter));
      }
    });
  }
}
