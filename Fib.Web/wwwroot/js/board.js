import { createRow, fillRow, readRow } from './row.js';
import { arrange } from './arrange.js';
import { write } from './text.js';

const shown = 50;
const frame = 16;

/** The two lists of the page. Starts from what the server rendered; an event or a submission that is already there changes nothing. */
export class Board {
  #seen = document.getElementById('seen');
  #terms = document.getElementById('terms');
  #submissions = new Map();
  #outcomes = new Map();
  #expected = [];
  #timer;
  #takes;

  /** The api's query of what is shown; whether that is the newest; and the only index of it, if there is one. */
  constructor({ query, newest, index }) {
    this.query = query;
    this.isNewest = newest !== undefined && index === undefined;
    this.#takes = (asked) => newest !== undefined && (index === undefined || Number(index) === asked);
    for (const { dataset } of this.#seen.children) {
      this.#submissions.set(Number(dataset.id), Number(dataset.index));
    }
    for (const row of this.#terms.children) {
      this.#outcomes.set(Number(row.dataset.index), readRow(row));
    }
    this.#show();
  }

  /** Submissions as the api lists them. */
  merge(items) {
    for (const item of items) this.#add(item);
    this.#show();
  }

  accepted({ id, index }) {
    if (!this.#takes(index)) return;
    const place = this.#expected.indexOf(index);
    if (place >= 0) this.#expected.splice(place, 1);
    this.#add({ id, index, state: 'Pending' });
    this.#showSoon();
  }

  computed({ index, term }) {
    this.#learn({ index, state: 'Computed', term });
    this.#showSoon();
  }

  failed({ index, reason }) {
    this.#learn({ index, state: 'Failed', reason });
    this.#showSoon();
  }

  progress({ index, percent }) {
    const known = this.#outcomes.get(index);
    if (known?.state !== 'Pending') return;
    this.#outcomes.set(index, { ...known, percent });
    this.#showSoon();
  }

  /** Indexes that are under way to the api: shown as pending until they are there, or until others or none are expected. */
  expect(indexes) {
    this.#expected = indexes.map(Number).filter((index) => this.#takes(index));
    this.#show();
  }

  get waits() {
    return [...this.#outcomes.values()].some(({ state }) => state === 'Pending');
  }

  stateOf(index) {
    return this.#outcomes.get(index)?.state;
  }

  #add(item) {
    this.#learn(item, !this.#submissions.has(item.id));
    this.#submissions.set(item.id, item.index);
  }

  /** What was known before a late answer came stays known; but whoever submits what failed wants it tried again. */
  #learn({ index, state, term, reason }, isNew) {
    const known = this.#outcomes.get(index);
    if (state !== 'Pending' || !known || (isNew && known.state === 'Failed')) {
      this.#outcomes.set(index, { state, term, reason });
    }
  }

  // A thousand events at once are one change of the page.
  #showSoon() {
    this.#timer ??= setTimeout(() => this.#show(), frame);
  }

  #show() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const newest = [...this.#submissions].sort(([a], [b]) => b - a).slice(0, shown);
    this.#submissions = new Map(newest);
    const known = new Set(newest.map(([, index]) => index));
    for (const index of this.#outcomes.keys()) {
      if (!known.has(index)) this.#outcomes.delete(index);
    }

    const expected = this.#expected.map((index, place) => [`new-${place}`, index]).reverse();
    const seen = [...expected, ...newest].slice(0, shown);
    arrange(this.#seen, seen, ([id]) => `${id}`, 'id', () => document.createElement('li'), (item, [, index]) => {
      item.dataset.index = index;
      item.dataset.state = this.#outcomeOf(index).state;
      write(item, `${index}`);
    });
    const indexes = [...new Set(seen.map(([, index]) => index))];
    arrange(this.#terms, indexes, (index) => `${index}`, 'index', createRow, (row, index) => fillRow(row, index, this.#outcomeOf(index)));
  }

  #outcomeOf(index) {
    const known = this.#outcomes.get(index);
    const isTriedAgain = known?.state === 'Failed' && this.#expected.includes(index);
    return known && !isTriedAgain ? known : { state: 'Pending' };
  }
}
