// <form data-guard>: ask before leaving when something was changed and not sent.

export function guards(root) {
  for (const form of root.querySelectorAll('form[data-guard]')) {
    let changed = false;
    const ask = (event) => {
      if (changed) event.preventDefault();
    };
    form.addEventListener('input', () => {
      changed = true;
    });
    form.addEventListener('submit', () => {
      changed = false;
    });
    window.addEventListener('beforeunload', ask);
  }
}
