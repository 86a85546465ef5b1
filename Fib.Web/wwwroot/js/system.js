import { Course } from './course.js';
import { Drawing } from './drawing.js';
import { listen } from './events.js';
import { count, write } from './text.js';
import { say } from './timeline.js';

const interval = 10_000;
const settled = 1_500;
const away = 'How the system is cannot be said at the moment; this is how it is built.';

/** Keeps the view of the system up to date: by events as they come, and by asking the api now and then while somebody looks. */
export class SystemView {
  #root;
  #drawing;
  #course;
  #timer;
  #own = false;

  constructor(root) {
    this.#root = root;
    this.#drawing = new Drawing(root.querySelector('.drawing'));
    this.#course = new Course(root);
  }

  start() {
    document.addEventListener('submit', ({ target }) => target.method === 'post' && this.#submitted(), true);
    listen('accepted', (event) => {
      this.#drawing.accepted();
      this.#course.accepted(event);
      if (this.#own) this.#later(settled);
      this.#own = false;
    });
    listen('computed', (event) => {
      this.#drawing.computed(event.digits > 8 ? count(event.digits, 'digit', 'digits') : event.term);
      this.#course.computed(event);
    });
    listen('failed', () => this.#drawing.failed());
    listen('progress', ({ percent }) => this.#drawing.progress(percent));
    document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(this.#timer) : this.#look()));
    this.#later(interval);
  }

  #submitted() {
    this.#own = true;
    this.#course.submitted();
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = setTimeout(() => this.#look(), milliseconds);
  }

  async #look() {
    this.#later(interval);
    const answer = await fetch('/api/system').catch(() => null);
    this.#show(answer?.ok ? await answer.json() : null);
  }

  #show(state) {
    this.#write('state', state ? '' : away);
    if (!state) return;
    const waiting = state.backlog ? state.backlog.lag + state.backlog.pending : null;
    this.#write('waiting', waiting ?? '–');
    this.#write('workers', state.workers ?? '–');
    this.#write('wait', say(state.oldestPendingSeconds === null ? null : state.oldestPendingSeconds * 1_000));
    this.#drawing.say('redis', waiting === null ? 'queues' : `${waiting} waiting`);
    this.#drawing.say('worker', state.workers === null ? 'computes' : `${state.workers} alive`);
    this.#course.learn(state.last?.[0]);
  }

  #write(fact, text) {
    write(this.#root.querySelector(`[data-fact=${fact}]`), `${text}`);
  }
}
