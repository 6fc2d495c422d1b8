// What every shell shares: what the server told, and the way to our page.
import './shell.css';

export const told = JSON.parse(document.getElementById('told').textContent);
export const content = document.getElementById('content');
let sequence = 0;

export function tell(message) {
  parent.postMessage({ ...message, nonce: told.nonce }, told.home);
}

export function progress(data) {
  sequence += 1;
  tell({ kind: 'progress', key: told.key, sitting: told.sitting, sequence, data: plain(data) });
}

function plain(data) {
  return JSON.parse(JSON.stringify(data));
}
