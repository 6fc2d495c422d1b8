// A page taken along was drawn another day: which day is today, and which firm was meant, is known here only.

const iso = (when) => `${when.getFullYear()}-${String(when.getMonth() + 1).padStart(2, '0')}-${String(when.getDate()).padStart(2, '0')}`;

// The agenda: what is past folds away, today is marked.
function markToday(root) {
  const today = iso(new Date());
  for (const day of root.querySelectorAll('[data-days] [data-day]')) {
    const badge = day.querySelector('[data-is-today]');
    if (badge) badge.hidden = day.dataset.day !== today;
    day.classList.toggle('muted', day.dataset.day < today);
  }
}

// A date that said «today» when the page was drawn says today's date when it is filled in.
function ofToday(root) {
  const drawn = document.body.dataset.drawn;
  const today = iso(new Date());
  if (!drawn || drawn === today) return;
  for (const input of root.querySelectorAll('form[data-intention]:not([data-versioned]) input[type=date]')) {
    if (input.defaultValue === drawn && input.value === drawn) input.value = today;
  }
}

// /campo/listas/#firm → the sheet's address keeps it → the sheet chooses that firm.
export function keepHash(root) {
  const firm = location.hash.slice(1);
  if (!firm) return;
  for (const link of root.querySelectorAll('[data-keep-hash] a')) link.hash = firm;
  const choice = root.querySelector('form[data-intention] select[name=enterprise]');
  if (choice && [...choice.options].some((option) => option.value === firm)) choice.value = firm;
}

export function days(root) {
  markToday(root);
  ofToday(root);
}
