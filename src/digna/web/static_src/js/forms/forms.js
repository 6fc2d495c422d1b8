// The page of one form: what was begun, a new one, and the form itself. Works without signal once it was
// taken along or opened before.
import { askToOpen, isLocked } from '../field/lock.js';
import { changed } from '../field/rows.js';
import { personOfPage } from '../field/store.js';
import * as drafts from './drafts.js';
import { button, make } from './elements.js';
import { instanceId, instanceName, load, open } from './engine.js';
import { Filling } from './filling.js';
import { byKeyboard } from '../keyboard.js';
import { became, handOver } from './sending.js';
import { say, when } from './words.js';

const QUIET = 250;

class Page {
  constructor(root) {
    this.root = root;
    this.data = root.dataset;
    this.place = root.querySelector('[data-place=form]');
    this.begun = root.querySelector('[data-place=begun]');
    this.line = root.querySelector('[data-place=line]');
    this.lead = root.querySelector('[data-place=lead]');
    this.isPaper = this.data.mode === 'paper';
    this.person = personOfPage();
  }

  get facts() {
    return { programme: this.data.programme, formId: this.data.formId, version: this.definition.version, isPaper: this.isPaper };
  }

  async start() {
    this.root.querySelector('[data-act=new]')?.addEventListener('click', () => this.fill());
    addEventListener('hashchange', () => this.byAddress());
    changed.addEventListener('change', () => this.lead.hidden || this.showBegun());
    for (const event of ['pagehide', 'visibilitychange']) document.addEventListener(event, () => this.keepNow());
    addEventListener('pagehide', () => this.keepNow());
    if (this.isPaper) return this.fill();
    await this.byAddress();
    return this.filling || this.prepare();
  }

  async byAddress() {
    const [what, id] = location.hash.slice(1).split('=');
    if (what === 'borrador' && this.draft?.id === id) return undefined;
    if (what === 'borrador' && (await drafts.load(id))) return this.fill(id);
    if (what === 'corregir') return this.correct(id);
    return this.showBegun();
  }

  async showBegun() {
    this.filling = null;
    this.place.replaceChildren();
    this.lead.hidden = false;
    const found = await drafts.list(this.person, this.data.filling);
    const shut = (await isLocked(this.person)) ? button(say('unlock'), () => this.open()) : null;
    this.begun.hidden = found.length === 0 && !shut;
    this.begun.querySelector('ul').replaceChildren(...(shut ? [make('li', {}, shut)] : found.map((draft) => this.row(draft))));
  }

  row(draft) {
    const name = draft.name || say('noName');
    const link = make('a', { class: 'button', href: `#borrador=${draft.id}`, text: say('goOn'), 'aria-label': `${say('goOn')}: ${name}` });
    const away = button(say('discard'), () => this.discard(draft), { kind: 'button--quiet', 'aria-label': `${say('discard')}: ${name}` });
    return make('li', { class: 'panel ask-draft' }, make('p', {}, make('strong', { text: name }), make('br'), make('span', { class: 'small muted', text: when(draft.at) })),
      make('p', { class: 'row' }, link, away));
  }

  // Whether what lies here may be read and written now; asks for the PIN where it is shut.
  async open() {
    const isOpen = await askToOpen(this.person);
    if (isOpen && !this.filling) await this.byAddress();
    return isOpen;
  }

  async discard(draft) {
    if (!confirm(say('discardAsk', { name: draft.name || say('noName') }))) return;
    await drafts.forget(draft.id);
    this.showBegun();
  }

  // The form as it was when its page was drawn. The address says which, so the one that is kept here is as
  // good as a fresh one, and no line is waited for.
  definitionOf(hash = this.data.hash) {
    this.asked ??= new Map();
    if (!this.asked.has(hash)) {
      const asking = this.fetched(hash);
      this.asked.set(hash, asking);
      asking.catch(() => this.asked.delete(hash));
    }
    return this.asked.get(hash);
  }

  async fetched(hash) {
    const kept = await drafts.definition(hash);
    if (kept) return kept;
    const answer = await fetch(this.data.definition.replace(this.data.hash, hash), { headers: { Accept: 'application/json' } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const definition = await answer.json();
    await drafts.keepDefinition(definition).catch(() => {}); // a full disk: the form opens all the same
    return definition;
  }

  // Reads the form while the person still looks at the page; a broken line is said when they press.
  async prepare() {
    await this.definitionOf().then(load).catch(() => {});
  }

  async fill(id) {
    const draft = id ? await drafts.load(id) : null;
    await this.show({ draft, hash: draft?.hash });
  }

  async show({ draft, correcting, hash }) {
    if (!(await askToOpen(this.person))) return this.say('locked');
    this.say('opening');
    this.lead.hidden = this.begun.hidden = true;
    try {
      this.definition = await this.definitionOf(hash || undefined);
      this.form = await open(this.definition, {
        draft: draft?.parts, correcting, known: this.known(), onChange: () => this.filling?.changed(),
      });
    } catch (problem) {
      this.lead.hidden = false;
      this.say(navigator.onLine ? 'notOpened' : 'notHere');
      console.warn(problem);
      return undefined;
    }
    this.draft = draft || { id: '', person: this.person, form: this.data.filling, hash: this.definition.hash, title: this.definition.title };
    if (this.draft.language) this.form.setLanguage(this.draft.language);
    const hooks = { changed: () => this.keepSoon(), finish: () => this.finish(), leave: () => this.leave() };
    this.filling = new Filling(this.place, this.form, { at: this.draft.page || 0, hooks, isPaper: this.isPaper });
    if (this.isPaper) byKeyboard(this.place, { save: () => this.filling.finish() });
    this.say('');
    this.root.dataset.ready = '1';
    if (this.isPaper) this.place.querySelector('.ask input, .ask textarea')?.focus();
    return undefined;
  }

  known() {
    const { username, email, phone } = this.data;
    return { username, email: email || undefined, phoneNumber: phone || undefined, deviceID: deviceId() };
  }

  say(name, values) {
    this.line.textContent = name ? say(name, values) : '';
  }

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepNow(), QUIET);
    this.isDirty = true;
  }

  async keepNow() {
    clearTimeout(this.timer);
    if (!this.isDirty || !this.filling) return;
    this.isDirty = false;
    const { filling, form, draft } = this;
    try {
      const made = await form.parts();
      if (this.form !== form) return;
      draft.id ||= instanceId(made.xml);
      const name = instanceName(made.xml) || firstText(form);
      const isKept = await drafts.save({ ...draft, name, page: filling.at, language: form.language, parts: made.parts });
      if (this.form !== form || !this.filling) return; // it was handed over meanwhile
      if (!this.isPaper) history.replaceState(null, '', `#borrador=${draft.id}`);
      filling.kept.textContent = say(isKept ? 'kept' : 'locked');
      if (!isKept && (await askToOpen(this.person))) this.keepSoon();
    } catch (problem) {
      filling.kept.textContent = say(problem.name === 'QuotaExceededError' ? 'full' : 'notKept');
    }
  }

  async leave() {
    this.isDirty = true;
    await this.keepNow();
    if (this.isPaper) location.assign(this.data.away);
    else {
      history.replaceState(null, '', location.pathname);
      this.draft = null;
      await this.showBegun();
    }
  }

  async finish() {
    const { filling } = this;
    filling.next.disabled = true;
    clearTimeout(this.timer);
    this.isDirty = false;
    try {
      const made = await this.form.parts();
      const name = instanceName(made.xml) || firstText(this.form);
      const id = await handOver(this.facts, made, [this.definition.title, name].filter(Boolean).join(' · '));
      if (this.draft.id) await drafts.forget(this.draft.id);
      history.replaceState(null, '', location.pathname);
      this.filling = this.draft = null;
      await this.showDone(id, name);
    } catch (problem) {
      filling.kept.textContent = say(problem.name === 'QuotaExceededError' ? 'full' : 'notKept');
      filling.next.disabled = false;
    }
  }

  async showDone(id, name) {
    if (this.isPaper) this.countTyped();
    const line = make('p', { class: 'message message--success', role: 'status', text: say('handedOver', { name }) });
    const again = button(say('another'), () => this.fill(), { kind: 'button--now' });
    const back = make('a', { class: 'button', href: this.data.away, text: say('toForms') });
    if (this.isPaper) await this.fill();
    else this.place.replaceChildren(line, make('p', { class: 'row' }, again, back));
    if (this.isPaper) this.say('typedOne', { name });
    else again.focus();
    const { state, message } = await became(id);
    if (state === 'sent') line.textContent = say('sent', { name });
    else if (message) {
      line.className = 'message message--warning';
      line.textContent = message;
      if (this.isPaper) this.line.textContent = message;
    }
  }

  countTyped() {
    this.data.typed = String(Number(this.data.typed || 0) + 1);
    const figure = this.root.querySelector('[data-place=typed]');
    if (figure) figure.textContent = this.data.typed;
  }

  // What the office returned: the same answers, to be sent again in the place of the first.
  async correct(key) {
    const row = this.root.querySelector(`[data-returned="${CSS.escape(key)}"]`);
    if (!row) return this.showBegun();
    try {
      const answer = await fetch(row.dataset.xml);
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const correcting = [{ field: 'xml_submission_file', name: 'xml_submission_file', type: 'text/xml', blob: await answer.blob() }];
      for (const link of row.querySelectorAll('[data-file]')) {
        const file = await fetch(link.dataset.url);
        if (file.ok) correcting.push({ field: link.dataset.file, name: link.dataset.file, type: file.headers.get('content-type') || '', blob: await file.blob() });
      }
      return await this.show({ correcting, hash: row.dataset.hash });
    } catch {
      this.say(navigator.onLine ? 'notOpened' : 'notHere');
      return this.showBegun();
    }
  }
}

// The first words that somebody wrote: a name for a draft whose form gives it none.
function firstText(form) {
  const walk = (nodes) => {
    for (const node of nodes) {
      const { value, children, relevant } = node.currentState;
      if (node.nodeType === 'input' && node.valueType === 'string' && value && relevant) return String(value).slice(0, 80);
      const inside = children ? walk(children) : '';
      if (inside) return inside;
    }
    return '';
  };
  return walk(form.root.currentState.children);
}

function deviceId() {
  try {
    const known = localStorage.getItem('digna-device') || `digna:${crypto.randomUUID?.() || Date.now().toString(36)}`;
    localStorage.setItem('digna-device', known);
    return known;
  } catch {
    return 'digna:';
  }
}

for (const root of document.querySelectorAll('[data-filling]')) new Page(root).start();
