// A lesson: letters larger or smaller, a page read aloud, questions graded at once, sending quietly.
//
// A form with data-intention="room.noun.verbed" first offers itself: a cancelable event
// `digna:intend` (detail: action, form). Whoever keeps work for later (an outbox) cancels it and
// takes the form's values. Else it is sent from here, with an intention of its own each time.
import { verdictOf } from './grading.js';

export function lessons(root) {
  const lesson = root.querySelector('.lesson');
  if (!lesson) return;
  sizes(root, lesson);
  listening(root);
  root.addEventListener('submit', intend);
  root.addEventListener('change', tick);
}

function sizes(root, lesson) {
  const KEY = 'digna:letra';
  const buttons = [...root.querySelectorAll('[data-text-size]')];
  const put = (size) => {
    lesson.dataset.size = size;
    for (const one of buttons) one.setAttribute('aria-pressed', String(one.dataset.textSize === size));
  };
  let size = '1';
  try {
    size = localStorage.getItem(KEY) || '1';
  } catch {
    // no store: the size lasts as long as the page
  }
  put(size);
  for (const one of buttons) {
    one.addEventListener('click', () => {
      put(one.dataset.textSize);
      try {
        localStorage.setItem(KEY, one.dataset.textSize);
      } catch {
        // as above
      }
    });
  }
}

// The browser's own voice, sentence by sentence: long texts fall silent in some telephones.
function listening(root) {
  const voice = window.speechSynthesis;
  if (!voice) return;
  for (const button of root.querySelectorAll('[data-listen]')) {
    button.hidden = false;
    const words = button.innerHTML;
    let isOn = false;
    const stop = () => {
      isOn = false;
      voice.cancel();
      button.innerHTML = words;
      for (const one of root.querySelectorAll('.is-spoken')) one.classList.remove('is-spoken');
    };
    button.addEventListener('click', () => {
      if (isOn) return stop();
      voice.cancel();
      isOn = true;
      button.textContent = button.dataset.stop;
      const parts = [...document.getElementById(button.dataset.listen).querySelectorAll('h3,h4,h5,p,li,td,th')];
      speak(voice, parts, button.dataset.voice, () => isOn, stop);
      return undefined;
    });
  }
  window.addEventListener('pagehide', () => voice.cancel());
}

function speak(voice, parts, language, isOn, stop) {
  const [part, ...rest] = parts;
  if (!isOn()) return;
  if (!part) {
    stop();
    return;
  }
  part.classList.add('is-spoken');
  const said = new SpeechSynthesisUtterance(part.textContent);
  said.lang = language;
  said.rate = 0.95;
  said.onend = said.onerror = () => {
    part.classList.remove('is-spoken');
    speak(voice, rest, language, isOn, stop);
  };
  voice.speak(said);
}

function tick(event) {
  const form = event.target.closest?.('form[data-intention="learning.checklist.marked"]');
  if (form) form.requestSubmit ? form.requestSubmit() : form.submit();
}

function intend(event) {
  const form = event.target.closest?.('form[data-quiz], form[data-intention]');
  if (!form) return;
  if (form.dataset.quiz) grade(form);
  const action = form.dataset.intention;
  if (!action) {
    event.preventDefault(); // a preview: graded, never sent
    return;
  }
  const offered = new CustomEvent('digna:intend', { bubbles: true, cancelable: true, detail: { action, form } });
  if (!form.dispatchEvent(offered)) {
    event.preventDefault();
    return;
  }
  renew(form);
  const isQuiet = action === 'learning.quiz.answered' || action === 'learning.checklist.marked';
  if (!isQuiet || !window.fetch) return;
  event.preventDefault();
  send(form);
}

function renew(form) {
  const field = form.elements.intention;
  if (field && window.crypto?.randomUUID) field.value = crypto.randomUUID();
}

async function send(form) {
  const line = form.querySelector('[data-intended]');
  try {
    const reply = await fetch(form.action, {
      method: 'POST', body: new FormData(form), headers: { accept: 'application/json' },
    });
    const told = await reply.json();
    say(line, reply.ok ? told.note || words().saved : told.message);
  } catch {
    say(line, words().offline);
  }
}

const words = () => {
  const told = document.querySelector('[data-lesson]')?.dataset || {};
  return { saved: told.saved || '✓', offline: told.offline || '' };
};
function say(line, text) {
  if (line) line.textContent = text || '';
}

// What the server will say too: it grades again whatever is shown here.
function grade(form) {
  const source = document.getElementById(form.dataset.quiz);
  if (!source) return;
  const questions = JSON.parse(source.textContent);
  let right = 0;
  for (const box of form.querySelectorAll('[data-question]')) {
    const data = questions[box.dataset.question];
    const { verdict, chosen } = verdictOf(data, box);
    if (verdict === 'right') right += 1;
    tell(box.querySelector('[data-says]'), verdict, [
      ...chosen.map((code) => data.says?.[code]),
      verdict === 'right' ? data.yes : verdict === 'blank' ? '' : data.no,
    ]);
  }
  const result = form.querySelector('[data-result]');
  const total = Object.keys(questions).length;
  if (result) result.textContent = result.dataset.words.replace('{n}', right).replace('{total}', total);
}

function tell(place, verdict, says) {
  if (!place) return;
  const line = document.createElement('p');
  line.className = `verdict verdict--${verdict}`;
  const word = document.createElement('strong');
  word.textContent = place.dataset[verdict];
  line.append(word, ` ${says.filter(Boolean).join(' ')}`);
  place.replaceChildren(line);
}
