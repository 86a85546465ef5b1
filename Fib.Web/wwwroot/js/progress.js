import { readJson } from './request.js';
import { count } from './text.js';

const pageSize = 500;
// A submission fills two pages, and later ones of others may precede it.
const maxPages = 4;

/** The progress of the indexes of one submission, as one sentence. */
export class Progress {
  #submitted;
  #accepted = [];
  #acceptedAt = Infinity;
  /** Index to whether it failed. */
  #outcomes = new Map();

  /** @param indexes The submitted indexes: their outcomes count from now on, also before the api has answered. */
  constructor(indexes) {
    this.#submitted = new Set(indexes.map(Number));
  }

  /** Whether it is that of no submission. */
  get isEmpty() {
    return this.#submitted.size === 0;
  }

  /** Sets the accepted indexes. */
  accept(indexes) {
    this.#accepted = indexes.map(Number);
    this.#acceptedAt = performance.now();
  }

  /** Records the outcome of an index. */
  settle(index, isFailed) {
    if (this.#submitted.has(index)) this.#outcomes.set(index, isFailed);
  }

  /** Records that an index was accepted: a failure that arrived before it was that of an earlier submission. */
  retry(index) {
    if (this.#outcomes.get(index)) this.#outcomes.delete(index);
  }

  /**
   * Records the outcomes of submissions that were listed at this time, and, if it may request them, of more if some accepted indexes are not among them: no
   * event follows for a term that was computed before, or while the page had no connection. False if the api did not answer.
   */
  async settleListed(items, requestedAt, mayRequestOthers) {
    const unlisted = new Set(this.#accepted.filter((index) => !this.#outcomes.has(index)));
    const settle = ({ index, state }) => {
      if (unlisted.delete(index) && state !== 'Pending') this.settle(index, state === 'Failed');
    };
    // Before the submission was accepted, an index can have been listed with the failure of an earlier one.
    items.filter(({ state }) => state !== 'Failed' || requestedAt > this.#acceptedAt).forEach(settle);
    if (!mayRequestOthers) return true;
    let query = `/api/values?limit=${pageSize}`;
    for (let pages = 0; pages < maxPages && unlisted.size > 0; pages++) {
      const page = await readJson(query);
      if (!page) return false;
      page.items.forEach(settle);
      if (!page.next) break;
      query = `/api/values?limit=${pageSize}&before=${page.next}`;
    }
    return true;
  }

  get message() {
    const { length } = this.#accepted;
    if (length === 0) return '';
    const what = length === 1 ? `Index ${this.#accepted[0]}` : count(length, 'index', 'indexes');
    if (!this.#accepted.every((index) => this.#outcomes.has(index))) return `${what} ${length === 1 ? 'was' : 'were'} accepted.`;
    const failed = this.#accepted.filter((index) => this.#outcomes.get(index)).length;
    if (failed > 0) return length === 1 ? `${what} failed.` : `${failed} of ${what} failed.`;
    return `${what} ${length === 1 ? 'is' : 'are'} calculated.`;
  }
}
