// A photograph, a sound, a video, a file: made small before it is kept, shown as it will be sent.
import { smaller } from '../../field/photo.js';
import { button, make } from '../elements.js';
import { say } from '../words.js';

const KIND = { image: 'photo', audio: 'sound', video: 'video' };

export function file(node, screen, id) {
  const { accept, type } = node.nodeOptions.media;
  const input = make('input', { type: 'file', id, class: 'file', accept: accept === '*' ? undefined : accept });
  const shown = make('div', { class: 'ask-file' });
  const record = type === 'audio' && window.MediaRecorder ? recorder(keep) : null;
  const clear = button(say('fileRemove'), () => keep(null), { kind: 'button--quiet button--small' });
  const line = make('p', { class: 'small muted', role: 'status' });
  const element = make('div', {}, shown, input, record?.element, clear, line);
  let url = '';
  let current;

  async function keep(given) {
    let small = given;
    if (given) {
      line.textContent = say('fileReading');
      const { name, type: kind, blob } = await smaller(given, node.maxPixels || undefined);
      small = new File([blob], name, { type: kind });
    }
    line.textContent = small ? say('fileKept', { kb: Math.ceil(small.size / 1000).toLocaleString(document.documentElement.lang) }) : '';
    node.setValue(small);
    input.value = '';
    element.dispatchEvent(new Event('change', { bubbles: true }));
    screen.refresh();
  }
  input.addEventListener('change', (event) => {
    event.stopPropagation();
    if (input.files[0]) keep(input.files[0]);
  });
  return {
    element,
    inputs: () => [input],
    update(state) {
      clear.hidden = !state.value || state.readonly;
      input.hidden = state.readonly;
      record?.lock(state.readonly);
      if (state.value === current) return;
      current = state.value;
      if (url) URL.revokeObjectURL(url);
      url = current ? URL.createObjectURL(current) : '';
      shown.replaceChildren(...(current ? [preview(current, url)] : []));
    },
  };
}

function preview(given, url) {
  const kind = given.type.split('/')[0];
  if (kind === 'image') return make('img', { src: url, alt: say('photo'), class: 'ask__picture' });
  if (kind === 'audio' || kind === 'video') return make(kind, { src: url, controls: true, class: 'ask__sound', 'aria-label': say(KIND[kind]) });
  return make('p', { text: given.name });
}

// The voice of this moment, without leaving the form.
function recorder(keep) {
  const press = button(say('tape'), () => (taping ? taping.stop() : start()), { kind: 'button--small' });
  const line = make('span', { class: 'small muted', role: 'status' });
  let taping = null;

  async function start() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      line.textContent = say('tapeForbidden');
      return;
    }
    const pieces = [];
    const tape = new MediaRecorder(stream, { audioBitsPerSecond: 24_000 });
    tape.addEventListener('dataavailable', ({ data }) => data.size && pieces.push(data));
    tape.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      taping = null;
      press.textContent = say('tape');
      line.textContent = '';
      const isMp4 = tape.mimeType.includes('mp4');
      keep(new File(pieces, `voz.${isMp4 ? 'm4a' : 'weba'}`, { type: isMp4 ? 'audio/mp4' : 'audio/webm' }));
    });
    tape.start();
    taping = tape;
    press.textContent = say('tapeStop');
    line.textContent = say('taping');
  }
  return { element: make('p', { class: 'row' }, press, line), lock: (readonly) => void (press.hidden = readonly) };
}
