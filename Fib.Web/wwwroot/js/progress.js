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
  /** Index to its outcome: whether it failed, the id of the event or of the listed submission, and when it was known. */
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

  /** Records the outcome of an index, unless a later one is known: after a reconnection, events arrive again. */
  settle(index, isFailed, id) {
    if (!this.#submitted.has(index) || this.#outcomes.get(index)?.id > id) return;
    this.#outcomes.set(index, { isFailed, id, at: performance.now() });
  }

  /** Records that an index was accepted, by whomever: if it had failed, it is pending again. */
  retry(index, id) {
    const known = this.#outcomes.get(index);
    if (known?.isFailed && known.id < id) this.#outcomes.delete(index);
  }

  /**
   * Records the states of submissions from a list that was requested at this time, and, if it may request them, of more if some accepted
   * indexes are not among them: no event follows for a term that was computed before, or while the page had no connection. False if the
   * api did not answer.
   */
  async settleListed(items, requestedAt, mayRequestOthers) {
    const unlisted = new Set(this.#accepted);
    for (const { id, index, state } of items) {
      const known = this.#outcomes.get(index);
      // Before the submission was accepted, an index can have been listed with the failure of an earlier one.
      if (!unlisted.has(index) || (state === 'Failed' && requestedAt < this.#acceptedAt)) continue;
      unlisted.delete(index);
      // A failure may have been retried since, without an event.
      if (known?.isFailed && known.at <= requestedAt) this.#outcomes.delete(index);
      this.#settleUnknown(id, index, state);
    }

    if (!mayRequestOthers) return true;
    const isUnsettled = (index) => !this.#outcomes.has(index);
    let query = `/api/values?limit=${pageSize}`;
    for (let pages = 0; pages < maxPages && [...unlisted].some(isUnsettled); pages++) {
      const page = await readJson(query);
      if (!page) return false;
      for (const { id, index, state } of page.items) {
        if (unlisted.delete(index)) this.#settleUnknown(id, index, state);
      }

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
    const failed = this.#accepted.filter((index) => this.#outcomes.get(index).isFailed).length;
    if (failed > 0) return length === 1 ? `${what} failed.` : `${failed} of ${what} failed.`;
    return `${what} ${length === 1 ? 'is' : 'are'} calculated.`;
  }

  #settleUnknown(id, index, state) {
    if (!this.#outcomes.has(index) && state !== 'Pending') this.settle(index, state === 'Failed', id);
  }
}
