import { count } from './text.js';

/** The progress of the indexes of one submission, as one sentence. */
export class Progress {
  #indexes;
  #pending;
  #failed = 0;

  /** @param indexes The accepted indexes. @param stateOf Returns the known state of an index. */
  constructor(indexes, stateOf = () => undefined) {
    this.#indexes = indexes;
    this.#pending = new Set(indexes.filter((index) => stateOf(index) !== 'Computed').map(Number));
  }

  /** Records the outcome of an index; true if it was the last pending one. */
  settle(index, outcome) {
    if (!this.#pending.delete(index)) return false;
    if (outcome === 'failed') this.#failed++;
    return this.#pending.size === 0;
  }

  get message() {
    const { length } = this.#indexes;
    if (length === 0) return '';
    const what = length === 1 ? `Index ${this.#indexes[0]}` : count(length, 'index', 'indexes');
    if (this.#pending.size > 0) return `${what} ${length === 1 ? 'was' : 'were'} accepted.`;
    if (this.#failed > 0) return length === 1 ? `${what} failed.` : `${this.#failed} of ${what} failed.`;
    return `${what} ${length === 1 ? 'is' : 'are'} calculated.`;
  }
}
