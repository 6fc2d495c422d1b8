// The offline face (field.js) is fetched where it has something to do: a page that can be kept or sent
// late, or a telephone that already took something along. Elsewhere it would be weight alone.

const WANTED = '[data-take-along], [data-intention], [data-near], [data-field-home], [data-days], [data-keep-hash]';

export function offlineFace(root) {
  const source = root.getElementById('field-words')?.dataset.script;
  if (!source || !(root.querySelector(WANTED) || navigator.serviceWorker?.controller)) return;
  const script = root.createElement('script');
  script.type = 'module';
  script.src = source;
  root.head.append(script);
}
