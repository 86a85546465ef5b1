import { count } from './text.js';

/** How far the indexes of one submission are, in one sentence. */
export class Progress {
  #indexes;
  #awaited;
  #failed = 0;

  /** The indexes that were accepted, and what is known of each already. */
  constructor(indexes, stateOf = () => undefined) {
    this.#indexes = indexes;
    this.#awaited = new Set(indexes.filter((index) => stateOf(index) !== 'Computed').map(Number));
  }

  /** True where this was the last that was awaited. */
  settle(index, kind) {
    if (!this.#awaited.delete(index)) return false;
    if (kind === 'failed') this.#failed++;
    return this.#awaited.size === 0;
  }

  get said() {
    const { length } = this.#indexes;
    if (length === 0) return '';
    const what = length === 1 ? `Index ${this.#indexes[0]}` : count(length, 'index', 'indexes');
    if (this.#awaited.size > 0) return `${what} ${length === 1 ? 'was' : 'were'} accepted.`;
    if (this.#failed > 0) return length === 1 ? `${what} failed.` : `${this.#failed} of ${what} failed.`;
    return `${what} ${length === 1 ? 'is' : 'are'} calculated.`;
  }
}
