// data-only-with="measure:ratio,share;semantics:snapshot": a field that matters only with one of
// those answers. Without one it is put out of sight, unless somebody wrote in it.

export function needs(root) {
  for (const form of root.querySelectorAll('form:has([data-only-with])')) {
    const look = () => form.querySelectorAll('[data-only-with]').forEach((input) => show(form, input));
    form.addEventListener('change', look);
    look();
  }
}

function show(form, input) {
  const wanted = input.dataset.onlyWith.split(';').some((rule) => {
    const [name, values] = rule.split(':');
    return values.split(',').includes(form.elements[name]?.value);
  });
  const field = input.closest('.field');
  field.hidden = !wanted && !input.value && !field.matches('.field--error');
}
