// «Por enviar»: drafts and intentions in their five states, each with its reason.
import { draftsOf, layAside, takeBack, UNDO } from './drafts.js';
import { copy, on, put, sayIn, show, when } from './home_rows.js';
import { openPerson } from './lock.js';
import { asFile, drop, flush, items, retry, takeIn } from './outbox.js';
import { setCurrent, store } from './store.js';
import { say } from './words.js';

const NAMES = { waiting: 'stateReady', sent: 'stateSent', question: 'stateQuestion', refused: 'stateRefused' };
const KINDS = { waiting: 'info', sent: 'good', question: 'warning', refused: 'error', draft: 'now' };
const OURS = { 'field.sync.large': 'tooLarge', 'field.parts.missing': 'waits' };

const ORDER = { refused: 0, question: 1, waiting: 2 };

function reasonOf(item, all) {
  if (item.locked) return say('locked');
  if (item.state === 'sent') return item.answer?.receipt?.note || say('stateSentWhy');
  const held = (item.after || []).map((id) => all.get(id)).find((one) => one && one.state !== 'sent');
  if (item.state === 'waiting' && held) return say('waitsFor', { about: held.about });
  const { message, code } = item.answer || {};
  return message || (OURS[code] ? say(OURS[code]) : item.state === 'waiting' ? say('waits') : say('stateNoReason'));
}

function badge(node, kind, word) {
  const place = node.querySelector('[data-put=badge]');
  place.className = `badge badge--${kind}`;
  place.textContent = word;
}

function rowOf(item, names, all) {
  const node = copy('outbox-row');
  put(node, 'about', item.locked ? say('locked') : item.about);
  put(node, 'note', [names.get(item.person), when(item.at)].filter(Boolean).join(' · '));
  badge(node, KINDS[item.state], say(NAMES[item.state]));
  put(node, 'state', reasonOf(item, all));
  node.querySelector('details').open = item.state === 'refused' || item.state === 'question';
  show(node, 'retry', item.state === 'refused' && !item.locked);
  show(node, 'drop', item.state === 'refused' && !item.locked);
  on(node, 'retry', () => retry(item.n));
  on(node, 'drop', () => confirm(say('dropAsk')) && drop(item.n));
  return node;
}

async function resume(draft) {
  await setCurrent(draft.person);
  location.assign(draft.page);
}

function draftRow(draft, names, draw) {
  const node = copy('draft-row');
  const isGone = Boolean(draft.droppedAt);
  put(node, 'about', draft.about);
  put(node, 'note', [names.get(draft.person), isGone ? '' : when(draft.at)].filter(Boolean).join(' · '));
  badge(node, KINDS.draft, say(isGone ? 'draftGone' : 'stateDraft'));
  show(node, 'resume', !isGone);
  show(node, 'aside', !isGone);
  show(node, 'back', isGone);
  on(node, 'resume', () => resume(draft));
  on(node, 'aside', async () => {
    await layAside(draft.key);
    setTimeout(() => draftsOf().then(draw), UNDO + 200);
  });
  on(node, 'back', () => takeBack(draft.key));
  return node;
}

function counts(root, all, drafts) {
  const number = (state) => all.filter((item) => item.state === state).length;
  const found = { draft: drafts.filter((one) => !one.droppedAt).length };
  for (const state of Object.keys(NAMES)) found[state] = number(state);
  for (const [state, count] of Object.entries(found)) {
    const place = root.querySelector(`[data-count=${state}]`);
    place.querySelector('strong').textContent = count.toLocaleString(document.documentElement.lang);
    place.classList.toggle('is-none', count === 0);
  }
}

export async function outbox(root, draw) {
  const names = new Map((await (await store()).getAll('people')).map((who) => [who.id, who.name]));
  const all = await items();
  const byId = new Map(all.map((item) => [item.id, item]));
  const drafts = (await draftsOf()).filter((one) => !one.locked);
  const open = all.filter((item) => item.state !== 'sent').sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.n - b.n);
  const sent = all.filter((item) => item.state === 'sent' && !item.locked).sort((a, b) => b.sentAt - a.sentAt);
  root.querySelector('[data-list=drafts]').replaceChildren(...drafts.map((one) => draftRow(one, names, draw)));
  root.querySelector('[data-list=outbox]').replaceChildren(...open.map((item) => rowOf(item, names, byId)));
  root.querySelector('[data-list=sent]').replaceChildren(...sent.slice(0, 100).map((item) => rowOf(item, names, byId)));
  root.querySelector('[data-when=receipts]').hidden = sent.length === 0;
  root.querySelector('[data-when=sent]').hidden = open.length > 0;
  root.querySelector('[data-when=waits]').hidden = open.length === 0;
  counts(root, all, drafts);
}

async function saveFile(root) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await asFile());
  link.download = `digna-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  if (!(await openPerson())) sayIn(root, 'fileOpenOnly');
}

async function bring(root, input) {
  const [file] = input.files;
  if (!file) return;
  try {
    const told = await takeIn(file);
    sayIn(root, told.shut ? 'broughtShut' : 'brought', told);
    flush();
  } catch (problem) {
    sayIn(root, problem.name === 'QuotaExceededError' ? 'full' : 'notBrought');
  } finally {
    input.value = '';
  }
}

export function wireOutbox(root, draw) {
  on(root, 'send', async () => {
    put(root, 'sent', (await flush({ byHand: true })) ? '' : say('noSignal'));
    draw();
  });
  on(root, 'file', () => saveFile(root));
  const input = root.querySelector('[data-bring]');
  input.addEventListener('change', () => bring(root, input).then(draw));
}

