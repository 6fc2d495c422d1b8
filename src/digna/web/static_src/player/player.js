// The player's page, on our own origin: hears what the frame reports and sends it to the server.
// The frame is another origin: it is believed only from there, from that window, with our word.
const player = document.querySelector('[data-player]');
const status = document.querySelector('[data-player-status]');
const frame = player.querySelector('iframe');
const { origin, nonce, save } = player.dataset;
const waiting = [];
let sending = false;

function say(name) {
  status.textContent = status.dataset[name];
  status.dataset.state = name;
}

function token() {
  return player.querySelector('[name=csrfmiddlewaretoken]').value;
}

async function send(told) {
  const response = await fetch(save, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token() },
    body: JSON.stringify(told),
    keepalive: JSON.stringify(told).length < 60_000,
  });
  if (response.status >= 500) throw new Error(String(response.status));
  return response.ok;
}

// In order, one after the other; without signal it tries again. Sent twice has one effect.
async function empty() {
  if (sending) return;
  sending = true;
  while (waiting.length) {
    say('saving');
    try {
      say((await send(waiting[0])) ? 'saved' : 'refused');
      waiting.shift();
    } catch {
      say('offline');
      setTimeout(empty, 5000);
      break;
    }
  }
  sending = false;
}

addEventListener('message', (event) => {
  const told = event.data;
  if (event.origin !== origin || event.source !== frame.contentWindow) return;
  if (!told || told.nonce !== nonce) return;
  if (told.kind === 'height' && told.height > 0) {
    frame.style.height = `${Math.min(told.height, 20000)}px`;
  } else if (told.kind === 'progress') {
    const { key, sitting, sequence, data } = told;
    waiting.push({ key, sitting, sequence, data });
    empty();
  }
});
addEventListener('online', empty);
