// The words of a form's page come with the page, in its language; a form's own words come from the form.
export function say(name, values = {}) {
  const text = document.getElementById('form-words')?.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] || '';
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
}

export const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });

// «Aymara (ay)» → ay: so that a reader speaks it, and hyphens fall, in its own language.
export const codeOf = (language) => /\(([a-z]{2,3})(?:-\w+)?\)\s*$/i.exec(language)?.[1].toLowerCase() || '';
