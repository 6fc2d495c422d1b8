// Writing a page: the telephone beside it follows what is typed; a recording of the voice.

export function writing(root) {
  live(root);
  for (const place of root.querySelectorAll('[data-record]')) recorder(place);
}

function live(root) {
  const area = root.querySelector('[data-live]');
  const button = root.querySelector('[data-try]');
  if (!area || !button?.form?.requestSubmit) return;
  let waiting;
  const show = () => button.form.requestSubmit(button);
  area.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 700);
  });
  show();
}

function recorder(place) {
  if (!window.MediaRecorder || !navigator.mediaDevices) return;
  const type = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'].find((one) => MediaRecorder.isTypeSupported(one));
  if (!type) return;
  place.hidden = false;
  const button = place.querySelector('button');
  const word = button.querySelector('span');
  const line = place.querySelector('[role="status"]');
  word.textContent = place.dataset.start;
  let machine = null;
  button.addEventListener('click', async () => {
    if (machine) {
      machine.stop();
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      machine = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 24000 });
    } catch {
      line.textContent = place.dataset.refused;
      return;
    }
    const parts = [];
    machine.ondataavailable = (event) => parts.push(event.data);
    machine.onstop = () => {
      for (const track of machine.stream.getTracks()) track.stop();
      machine = null;
      word.textContent = place.dataset.start;
      keep(place, line, new Blob(parts, { type }), type.startsWith('audio/ogg') ? 'opus' : 'weba');
    };
    machine.start();
    word.textContent = place.dataset.stop;
  });
}

async function keep(place, line, blob, ending) {
  const form = place.closest('form');
  const data = new FormData();
  data.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
  data.set('file', new File([blob], `${place.dataset.name}${ending}`));
  try {
    const reply = await fetch(place.dataset.record, { method: 'POST', body: data, headers: { accept: 'application/json' } });
    const told = await reply.json();
    line.textContent = reply.ok ? `${place.dataset.saved} (${Math.round(told.bytes / 1000)} kB)` : told.message;
  } catch {
    line.textContent = '–';
  }
}
