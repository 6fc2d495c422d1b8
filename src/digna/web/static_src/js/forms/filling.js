// A form on the screen: one page at a time, kept at every change, to its end.
import { run } from './containers.js';
import { button, make } from './elements.js';
import { faultsOf, pagesOf, shownPages, within } from './pages.js';
import { put } from './text.js';
import { codeOf, say } from './words.js';

export class Filling {
  // hooks: changed() after each change, finish() when the person hands it over, leave() to go on later.
  constructor(place, form, { at = 0, hooks, isPaper = false }) {
    Object.assign(this, { place, form, hooks, isPaper, warned: null });
    this.pages = isPaper ? [{ above: [], nodes: form.root.currentState.children, isAll: true }] : pagesOf(form.root);
    this.at = Math.max(0, Math.min(at, this.pages.length));
    this.build();
    this.show(this.at, { isFirst: true });
  }

  build() {
    this.title = make('h2', { class: 'ask-page__title', tabindex: '-1' });
    this.progress = make('progress', { 'aria-label': say('progress') });
    this.count = make('p', { class: 'small muted' });
    this.kept = make('p', { class: 'small muted ask-kept', role: 'status' });
    this.body = make('div', { class: 'ask-page' });
    this.back = button(say('back'), () => this.step(-1), { kind: 'ask-nav__back' });
    this.next = button(say('next'), () => this.step(1), { kind: 'button--now ask-nav__next' });
    this.languages = this.form.languages.length > 1 ? this.languageSwitch() : null;
    const head = make('div', { class: 'ask-head' }, make('div', { class: 'ask-head__line' }, this.count, this.languages), this.progress);
    this.later = button(say('later'), () => this.hooks.leave(), { kind: 'button--quiet button--small' });
    this.place.replaceChildren(this.isPaper ? make('div', { class: 'ask-head' }, this.languages) : head, this.title, this.body,
      make('div', { class: 'ask-nav' }, this.isPaper ? null : this.back, this.next), make('div', { class: 'ask-foot' }, this.kept, this.later));
  }

  languageSwitch() {
    const select = make('select', { class: 'input ask-language', 'aria-label': say('language') },
      ...this.form.languages.map((one) => make('option', { value: one.language, text: one.language.replace(/\s*\(.*\)$/, '') })));
    select.value = this.form.language;
    select.addEventListener('change', () => {
      this.form.setLanguage(select.value);
      this.refresh();
      this.hooks.changed();
    });
    return select;
  }

  get isEnd() {
    return this.at >= this.pages.length;
  }

  // The engine told of a change, or a control did.
  refresh() {
    this.place.lang = codeOf(this.form.language) || document.documentElement.lang;
    if (this.isEnd) return this.showFaults();
    const page = this.pages[this.at];
    const heading = page.above.at(-1);
    this.title.hidden = !(heading && put(this.title, heading.currentState.label, this.form));
    this.run.update();
    return this.figures();
  }

  changed() {
    this.warned = null;
    this.refresh();
    this.hooks.changed();
  }

  figures() {
    if (this.isPaper) return;
    const shown = shownPages(this.pages);
    const n = this.isEnd ? shown.length : shown.indexOf(this.pages[this.at]);
    this.progress.max = shown.length;
    this.progress.value = n;
    this.count.textContent = this.isEnd ? say('end') : say('partOf', { n: n + 1, all: shown.length });
    this.back.hidden = n <= 0 && !this.isEnd;
  }

  show(at, { isFirst = false } = {}) {
    this.at = at;
    this.warned = null;
    this.body.replaceChildren();
    this.next.textContent = this.isEnd ? say('finish') : say('next');
    if (this.isEnd) this.showEnd();
    else {
      const page = this.pages[at];
      this.run = run(this.body, this, () => page.nodes);
      if (this.isPaper) this.next.textContent = say('finishPaper');
    }
    this.refresh();
    if (!isFirst) {
      scrollTo(0, 0);
      (this.title.hidden ? this.place : this.title).focus?.();
    }
  }

  step(by) {
    if (by > 0 && (this.isEnd || this.isPaper)) return this.finish();
    if (by > 0 && this.holdBack()) return undefined;
    const shown = new Set(shownPages(this.pages));
    let at = this.at + by;
    while (at >= 0 && at < this.pages.length && !shown.has(this.pages[at])) at += by;
    if (at >= 0) {
      this.show(at);
      this.hooks.changed();
    }
    return undefined;
  }

  questions() {
    return this.isEnd ? [] : [...this.run.questions()];
  }

  // The first time, what is wrong on this page is shown; the second, the person has seen it and goes on.
  holdBack() {
    const wrong = this.touchAll();
    if (!wrong || this.warned === this.at) return false;
    this.warned = this.at;
    this.kept.textContent = say('pageFaults');
    wrong.focus();
    return true;
  }

  touchAll() {
    const questions = this.questions();
    for (const one of questions) one.touch();
    return questions.find((one) => one.hasFault());
  }

  showEnd() {
    this.title.hidden = false;
    this.title.removeAttribute('data-told');
    this.title.textContent = say('endTitle');
    this.ready = make('p', { text: say('endReady') });
    this.wrong = make('div', { class: 'summary', role: 'alert', hidden: true });
    this.body.append(this.ready, this.wrong);
  }

  showFaults() {
    this.figures();
    const { faults } = this.form;
    this.ready.hidden = faults.length > 0;
    this.wrong.hidden = faults.length === 0;
    if (!faults.length) return;
    const list = make('ul', {}, ...faults.slice(0, 20).map((fault) => {
      const link = make('a', { href: '#', text: this.labelOf(fault) });
      link.addEventListener('click', (event) => {
        event.preventDefault();
        this.goTo(fault);
      });
      return make('li', {}, link);
    }));
    this.wrong.replaceChildren(make('h3', { text: say(faults.length === 1 ? 'oneFault' : 'manyFaults', { n: faults.length }) }), list);
  }

  nodeOf(fault) {
    for (const node of within(this.form.root.currentState.children)) if (node.nodeId === fault.nodeId) return node;
    return null;
  }

  labelOf(fault) {
    return this.nodeOf(fault)?.currentState.label?.asString || fault.reference.split('/').pop();
  }

  goTo(fault) {
    const at = this.pages.findIndex((page) => faultsOf(page, this.form).some((one) => one.nodeId === fault.nodeId));
    if (at < 0) return;
    if (at !== this.at) this.show(at);
    const question = this.questions().find((one) => one.node.nodeId === fault.nodeId);
    question?.touch();
    question?.focus();
  }

  finish() {
    const wrong = this.touchAll();
    const [first] = this.form.faults;
    if (wrong) {
      this.kept.textContent = say('pageFaults');
      return wrong.focus();
    }
    return first ? this.goTo(first) : this.hooks.finish();
  }
}
