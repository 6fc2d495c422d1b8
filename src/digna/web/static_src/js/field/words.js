// The words of the offline face come with the page, in its language.
export function say(name, values = {}) {
  const text = document.getElementById('field-words')?.dataset[name] || '';
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
}

export function size(bytes) {
  const language = document.documentElement.lang;
  const figure = (value, digits) => value.toLocaleString(language, { maximumFractionDigits: digits });
  return bytes < 1e6 ? `${figure(bytes / 1e3, 0)} kB` : `${figure(bytes / 1e6, 1)} MB`;
}
