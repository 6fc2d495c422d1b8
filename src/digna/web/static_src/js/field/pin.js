// The PIN pad: asks, sets, changes, and helps who forgot. By thumb, by keyboard, by screen reader.
import { changePin, hasPin, isGuessed, isOpen, isPin, personRow, setPin, touch, unlock, waitOf } from './lock.js';
import { flush } from './outbox.js';
import { deviceOf, plainGrant, postAsSignedIn, welcome } from './people.js';
import { tell } from './rows.js';
import { fromBase64 } from './seal.js';
import { sealBefore } from './sealing.js';
import { personOfPage } from './store.js';
import { say } from './words.js';

const LOOK = 15_000;
const TOUCH = 20_000;

function box() {
  const dialog = document.createElement('dialog');
  dialog.className = 'pin';
  dialog.setAttribute('aria-labelledby', 'pin-title');
  dialog.append(document.getElementById('pin-pad').content.cloneNode(true));
  document.body.append(dialog);
  return dialog;
}

const part = (dialog, name) => dialog.querySelector(`[data-put=${name}], [data-act=${name}]`);

function pad(dialog, code) {
  for (const button of dialog.querySelectorAll('[data-digit]')) {
    button.addEventListener('click', () => {
      if (code.value.length < 6) code.value += button.dataset.digit;
    });
  }
  part(dialog, 'erase').addEventListener('click', () => {
    code.value = code.value.slice(0, -1);
  });
}

// One question. `check` returns a sentence, or nothing where it is right. Returns whether it was answered.
function question({ title, lead = '', word, check, canForget = false, canLeave = true }) {
  return new Promise((done) => {
    const dialog = box();
    const code = dialog.querySelector('input');
    const close = (answer) => {
      dialog.close?.();
      dialog.remove();
      done(answer);
    };
    part(dialog, 'title').textContent = title;
    part(dialog, 'lead').textContent = lead;
    part(dialog, 'go').textContent = word;
    part(dialog, 'forgot').hidden = !canForget;
    part(dialog, 'later').hidden = !canLeave;
    part(dialog, 'leave').hidden = canLeave;
    pad(dialog, code);
    part(dialog, 'later').addEventListener('click', () => close(false));
    part(dialog, 'forgot').addEventListener('click', () => close('forgot'));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (canLeave) close(false);
    });
    dialog.querySelector('form').addEventListener('submit', async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const wrong = isPin(code.value) ? await trying(dialog, () => check(code.value)) : say('pinSix');
      if (!wrong) return close(true);
      part(dialog, 'problem').textContent = wrong;
      code.value = '';
      code.focus();
      return undefined;
    });
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute('open', '');
    code.focus();
  });
}

async function trying(dialog, act) {
  const button = part(dialog, 'go');
  button.disabled = true;
  try {
    return await act();
  } finally {
    button.disabled = false;
  }
}

function duration(ms) {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? say('seconds', { count: seconds }) : say('minutes', { count: Math.ceil(seconds / 60) });
}

async function wrongOrWait(person) {
  const wait = await waitOf(person);
  return wait ? say('pinWait', { time: duration(wait) }) : say('pinWrong');
}

// Behind the back of whoever goes on: what was kept before is sealed, and what waited goes.
async function afterOpening(person, raw) {
  document.dispatchEvent(new CustomEvent('digna:opened', { detail: { person } }));
  tell();
  await sealBefore(person);
  const isDeposited = (await personRow(person))?.lock?.deposited;
  await welcome(person, { raw: isDeposited ? null : raw });
  tell();
  await flush();
}

let asking = null;

// One pad at a time, whoever asks. Returns whether the person is open.
export function askPin(person, how = {}) {
  asking ??= openBy(person, how).finally(() => {
    asking = null;
  });
  return asking;
}

async function openBy(person, { canLeave = true } = {}) {
  if (await isOpen(person)) return true;
  const name = (await personRow(person))?.name || '';
  let raw = null;
  const check = async (pin) => {
    if (await waitOf(person)) return wrongOrWait(person);
    raw = await unlock(person, pin);
    return raw ? '' : wrongOrWait(person);
  };
  const answer = await question({ title: say('pinOf', { name }), lead: say('pinWhy'), word: say('pinOpen'), check, canForget: true, canLeave });
  if (answer === 'forgot') return recover(person);
  if (answer) afterOpening(person, raw);
  return Boolean(answer);
}

// Twice the same, and not what anybody tries first.
async function newPin(lead) {
  let chosen = '';
  const first = await question({
    title: say('pinNew'), lead, word: say('pinNext'),
    check: (pin) => {
      chosen = pin;
      return isGuessed(pin) ? say('pinGuessed') : '';
    },
  });
  if (!first) return '';
  const again = await question({ title: say('pinAgain'), word: say('pinKeep'), check: (pin) => (pin === chosen ? '' : say('pinOther')) });
  return again ? chosen : '';
}

export async function choosePin(person, raw) {
  if (!raw && (await hasPin(person))) return askPin(person);
  const pin = await newPin(say('pinLead'));
  if (!pin) return false;
  const key = raw ? await setPin(person, pin, raw) : await setPin(person, pin);
  afterOpening(person, key);
  return true;
}

export async function renewPin(person) {
  let before = '';
  const check = async (pin) => {
    before = pin;
    if (await waitOf(person)) return wrongOrWait(person);
    return (await unlock(person, pin)) ? '' : wrongOrWait(person);
  };
  if (!(await question({ title: say('pinBefore'), word: say('pinNext'), check }))) return false;
  const pin = await newPin('');
  return pin ? changePin(person, before, pin) : false;
}

// With signal and the password the server gives back the key it keeps sealed: nothing is lost.
export async function recover(person) {
  const told = await postAsSignedIn('/field/device/recovery', { device: await deviceOf(person) });
  if (told?.recovery) {
    if ((await plainGrant())?.person === person) return choosePin(person, fromBase64(told.recovery));
    notify(say('pinOtherAccount'));
  } else if (!told) notify(say('pinNeedsSignal'));
  else if (told.code === 'field.recovery.sign_in') signIn('signAgain');
  else if ([0, 401, 403].includes(told.status) && !told.code) signIn('signIn');
  else notify(told.message || say('pinNoRecovery'));
  return false;
}

// The password first, even where a session still stands; then here again.
function signIn(address) {
  const back = encodeURIComponent('/campo/?pin=olvidado');
  location.assign(`${document.getElementById('field-words').dataset[address]}?next=${back}`);
}

function notify(text) {
  const place = document.querySelector('[data-put=said]');
  if (place) place.textContent = text;
  else alert(text);
}

// Any touch keeps it open; a quarter of an hour without one shuts it, and the page with it.
function watchIdle(person) {
  let last = 0;
  const touched = () => {
    if (Date.now() - last < TOUCH) return;
    last = Date.now();
    touch();
  };
  for (const kind of ['pointerdown', 'keydown', 'scroll']) addEventListener(kind, touched, { passive: true });
  touched();
  let wasOpen = true;
  const look = async () => {
    const isNow = await isOpen(person);
    if (wasOpen && !isNow) {
      tell();
      askPin(person, { canLeave: false });
    }
    wasOpen = isNow;
  };
  setInterval(look, LOOK);
  document.addEventListener('visibilitychange', () => document.hidden || look());
}

export async function pins(root) {
  root.addEventListener('digna:locked', (event) => {
    event.preventDefault();
    event.detail.answer = askPin(event.detail.person);
  });
  root.addEventListener('digna:pin', (event) => {
    event.preventDefault();
    event.detail.answer = choosePin(event.detail.person);
  });
  const person = personOfPage();
  if (!(await hasPin(person))) return;
  if (root.querySelector('[data-intention]')) await askPin(person);
  watchIdle(person);
}
