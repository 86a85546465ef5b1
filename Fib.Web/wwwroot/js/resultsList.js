import { createRow, readRow, updateRow } from './row.js';
import { reconcile } from './reconcile.js';
import { setText } from './text.js';

const pageSize = 50;
const maxOutcomes = 4 * pageSize;
const frame = 16;

/** The two lists of the page. It starts with the server's HTML; an event or a submission that it already has changes nothing. */
export class ResultsList {
  /** Whether an accepted submission has a lower id than the listed ones, as in a database that was recreated. */
  isOutdated = false;
  #seen = document.getElementById('seen');
  #terms = document.getElementById('terms');
  #submissions = new Map();
  #outcomes = new Map();
  #expected = new Map();
  #time = 0;
  #older = document.getElementById('older');
  #emptyTexts = document.querySelectorAll('#results .empty');
  #hasOlder = !this.#older.hidden;
  #renderTimer;
  #matches;
  #showComputed;
  #computed;

  /**
   * @param query The query string of the submissions that are shown.
   * @param newest Undefined if these are not the newest submissions.
   * @param index The only index that is shown, if any.
   * @param showComputed Receives the indexes of the computed terms when they are no longer those in the server's HTML, or change.
   */
  constructor({ query, newest, index }, showComputed) {
    this.#showComputed = showComputed;
    this.query = query;
    this.isNewest = newest !== undefined && index === undefined;
    this.#matches = (submitted) => newest !== undefined && (index === undefined || Number(index) === submitted);
    for (const { dataset } of this.#seen.children) {
      this.#list({ id: Number(dataset.id), index: Number(dataset.index) }, 0);
    }
    for (const row of this.#terms.children) {
      this.#outcomes.set(Number(row.dataset.index), { ...readRow(row), time: 0 });
    }
    this.#render();
  }

  /** The logical time at which a refresh begins: what arrives from now on is newer than its items. */
  beginRefresh() {
    return ++this.#time;
  }

  /**
   * Lists submissions as the api listed them in a refresh that began at this time, and those that were accepted since. The others have
   * left the list; in a database that was recreated, their ids are even higher than those of newer submissions.
   */
  merge({ items, next }, time) {
    for (const [id, submission] of this.#submissions) {
      if (submission.time <= time) this.#submissions.delete(id);
    }
    this.isOutdated = false;
    this.#hasOlder = Boolean(next);
    // Without the api, the server's text says that the results are unavailable.
    for (const text of this.#emptyTexts) setText(text, text.dataset.text);
    for (const item of items) {
      this.#setOutcome(item, time);
      this.#list(item, time);
    }
    this.#render();
  }

  accepted({ id, index }) {
    if (!this.#matches(index)) return;
    const expected = [...this.#expected.values()].find((indexes) => indexes.includes(index));
    expected?.splice(expected.indexOf(index), 1);
    // A replayed event says nothing new, and an index with a known term stays computed; but a new submission of a failed one is a retry.
    const known = this.#outcomes.get(index);
    if (!known || (known.state === 'Failed' && !this.#submissions.has(id))) this.#setOutcome({ index, state: 'Pending' }, ++this.#time);
    this.isOutdated ||= id < Math.min(...this.#submissions.keys());
    this.#list({ id, index }, ++this.#time);
    this.#scheduleRender();
  }

  computed({ index, term }) {
    this.#setOutcome({ index, state: 'Computed', term }, ++this.#time);
    this.#scheduleRender();
  }

  failed({ index, reason }, eventId) {
    // After a reconnection, the failure before a listed retry may arrive again.
    if ([...this.#submissions].some(([id, submission]) => submission.index === index && id > eventId)) return;
    this.#setOutcome({ index, state: 'Failed', reason }, ++this.#time);
    this.#scheduleRender();
  }

  /** Shows a term that is computed and not recorded yet: its index stays pending. */
  preview({ index, term }) {
    if ((this.#outcomes.get(index)?.state ?? 'Pending') !== 'Pending') return;
    this.#outcomes.set(index, { state: 'Pending', term, time: this.#outcomes.get(index)?.time ?? 0 });
    this.#scheduleRender();
  }

  progress({ index, percent }) {
    const known = this.#outcomes.get(index);
    if (known?.state !== 'Pending') return;
    this.#outcomes.set(index, { ...known, percent });
    this.#scheduleRender();
  }

  /** Shows the indexes of a submission as pending while they are sent to the api, until they are accepted or no longer expected. */
  expect(indexes) {
    this.#expected.set(indexes, indexes.map(Number).filter((index) => this.#matches(index)));
    this.#render();
  }

  stopExpecting(indexes) {
    this.#expected.delete(indexes);
    this.#render();
  }

  /** Whether a listed index is pending; a preview can have one that is not listed. */
  get hasPending() {
    return [...this.#submissions.values()].some(({ index }) => this.#outcomes.get(index)?.state === 'Pending');
  }

  #list({ id, index }, time) {
    const known = this.#submissions.get(id);
    this.#submissions.set(id, { index, time: Math.max(known?.time ?? 0, time) });
  }

  /** What was read earlier does not replace a known outcome, and "Pending" does not replace the preview of a pending term. */
  #setOutcome({ index, state, term, reason }, time) {
    const known = this.#outcomes.get(index);
    const isLate = known && known.time > time;
    const isPending = known?.state === 'Pending';
    // No event follows for a term that was computed before its index was accepted.
    if (isPending ? state === 'Pending' || (isLate && state !== 'Computed') : isLate) return;
    this.#outcomes.set(index, { state, term, reason, time });
  }

  // A thousand events within a frame change the page once.
  #scheduleRender() {
    this.#renderTimer ??= setTimeout(() => this.#render(), frame);
  }

  #render() {
    clearTimeout(this.#renderTimer);
    this.#renderTimer = undefined;
    this.#hasOlder ||= this.#submissions.size > pageSize;
    const newest = [...this.#submissions].sort(([a], [b]) => b - a).slice(0, pageSize);
    this.#submissions = new Map(newest);
    this.#renderOlder(newest.at(-1)?.[0]);
    const known = new Set(newest.map(([, { index }]) => index));
    // A preview can arrive before the event that its index was accepted.
    for (const [index, { state, term }] of this.#outcomes) {
      const isPreview = state === 'Pending' && term;
      if (!known.has(index) && (!isPreview || this.#outcomes.size > maxOutcomes)) this.#outcomes.delete(index);
    }

    const expected = [...this.#expected.values()].flat().map((index, position) => [`new-${position}`, index]).reverse();
    const seen = [...expected, ...newest.map(([id, { index }]) => [id, index])].slice(0, pageSize);
    reconcile(this.#seen, seen, ([id]) => `${id}`, 'id', () => document.createElement('li'), (item, [, index]) => {
      item.dataset.index = index;
      item.dataset.state = this.#outcomeOf(index).state;
      setText(item, `${index}`);
    });
    const indexes = [...new Set(seen.map(([, index]) => index))];
    reconcile(this.#terms, indexes, (index) => `${index}`, 'index', createRow, (row, index) => {
      updateRow(row, index, this.#outcomeOf(index));
    });
    this.#renderComputed(indexes.filter((index) => this.#outcomeOf(index).state === 'Computed'));
  }

  /** @param lowest The id of the last submission in the list, if any. */
  #renderOlder(lowest) {
    this.#older.hidden = !this.#hasOlder || lowest === undefined;
    const address = new URL(this.#older.href);
    address.searchParams.set('before', lowest ?? '');
    this.#older.href = address;
  }

  #renderComputed(indexes) {
    const shown = this.#computed;
    this.#computed = indexes.join();
    // The server's HTML shows the first ones.
    if (shown !== undefined && shown !== this.#computed) this.#showComputed(indexes);
  }

  #outcomeOf(index) {
    const known = this.#outcomes.get(index);
    const isRetried = known?.state === 'Failed' && [...this.#expected.values()].flat().includes(index);
    return known && !isRetried ? known : { state: 'Pending' };
  }
}
