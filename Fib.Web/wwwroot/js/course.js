import { say, stages, times } from './timeline.js';

/** The stages of the last submission and their times, from events and from what the api says of it. */
export class Course {
  #root;
  #last = { id: 0, index: null };
  #shown = null;
  #submittedAt = null;

  constructor(root) {
    this.#root = root;
    this.#last.id = Number(root.querySelector('.stages').dataset.id ?? 0);
  }

  /** The form was sent just now: until the next result is shown, that is what "shown" counts from. */
  submitted() {
    this.#submittedAt = performance.now();
  }

  accepted({ id, index, receivedAt, acceptedAt }) {
    if (id <= this.#last.id) return;
    this.#last = { id, index, receivedAt: receivedAt ?? acceptedAt, storedAt: acceptedAt };
    this.#shown = null;
    this.#write();
  }

  computed({ index, queuedAt, computedAt }) {
    if (index !== this.#last.index) return;
    Object.assign(this.#last, { queuedAt, computedAt });
    this.#shown = this.#submittedAt === null ? Date.now() - Date.parse(this.#last.receivedAt) : performance.now() - this.#submittedAt;
    this.#submittedAt = null;
    this.#write();
  }

  /** What the api says of the newest submission; it may know more than the events did. */
  learn(newest) {
    if (!newest || newest.id < this.#last.id) return;
    if (newest.id > this.#last.id) this.#shown = null;
    this.#last = { ...this.#last, ...newest };
    this.#write();
  }

  #write() {
    const reached = times(this.#last, this.#shown);
    const longest = Math.max(...reached);
    const now = reached.findLastIndex((time) => time !== null);
    this.#root.querySelector('[data-fact=index]').textContent = `index ${this.#last.index}`;
    stages.forEach((stage, place) => {
      const item = this.#root.querySelector(`[data-stage=${stage}]`);
      item.classList.toggle('now', place === now);
      item.querySelector('.time').textContent = say(reached[place]);
      item.querySelector('rect').setAttribute('width', longest > 0 ? (100 * (reached[place] ?? 0)) / longest : 0);
    });
  }
}
