// The same as in Status/Timeline.cs, which cannot measure when a term was shown.
export const stages = ['accepted', 'stored', 'queued', 'computed', 'shown'];

/**
 * Milliseconds from the moment the api received the index to each stage; null if it was not reached. The timestamps come from the
 * clocks of several machines, so a stage that seems to precede its predecessor gets its predecessor's time.
 */
export function elapsedTimes({ receivedAt, storedAt, queuedAt, computedAt }, shown = null) {
  const start = Date.parse(receivedAt);
  let latest = 0;
  const clamp = (time) => (Number.isFinite(time) ? (latest = Math.max(latest, time)) : null);
  const reached = [receivedAt, storedAt, queuedAt, computedAt].map((at) => clamp(Date.parse(at) - start));
  return [...reached, shown === null ? null : clamp(shown)];
}

/** Formats milliseconds, such as "0 ms", "12 ms", "3.4 s" and "5 min", rounded down. */
export function formatDuration(time) {
  if (time === null) return '–';
  if (time < 1_000) return `${Math.floor(time)} ms`;
  if (time < 100_000) return `${(Math.floor(time / 100) / 10).toFixed(1)} s`;
  return `${Math.floor(time / 60_000)} min`;
}

/** Milliseconds between two times of the services' clocks; 0 if the second one seems to be earlier. */
function timeBetween(earlier, later) {
  return Math.max(0, Date.parse(later) - Date.parse(earlier));
}

/** Shows the stages of the last submission and their times, from events and from the api's status. */
export class Timeline {
  #root;
  #last;
  #shown = null;
  /** When the time of the stage "shown" began (performance.now); null if it is not known. The clocks of the services may differ. */
  #begunAt = null;
  /** The last indexes that were submitted on this page and are not accepted yet, and when they were submitted. */
  #submitted = { indexes: new Set(), at: 0 };

  constructor(root) {
    const { last, now } = root.querySelector('.stages').dataset;
    this.#root = root;
    this.#last = last ? JSON.parse(last) : { id: 0, index: null };
    const [page] = performance.getEntriesByType('navigation');
    if (last && !this.#last.computedAt) this.#begunAt = (page?.responseStart ?? 0) - timeBetween(this.#last.receivedAt, now);
  }

  /** Indexes were submitted on this page: the time of their stage "shown" counts from now. */
  submitted(indexes) {
    if (indexes.length > 0) this.#submitted = { indexes: new Set(indexes.map(Number)), at: performance.now() };
  }

  accepted({ id, index, receivedAt, acceptedAt }) {
    const isOwn = this.#submitted.indexes.delete(index);
    const accepted = { id, index, receivedAt: receivedAt ?? acceptedAt, storedAt: acceptedAt };
    if (!this.#isNewer(accepted)) return;
    this.#replace(accepted, isOwn ? this.#submitted.at : performance.now() - timeBetween(accepted.receivedAt, acceptedAt));
    this.#render();
  }

  computed({ index, queuedAt, computedAt }) {
    if (index !== this.#last.index) return;
    Object.assign(this.#last, { queuedAt, computedAt });
    this.preview({ index });
    this.#render();
  }

  /** The term is shown now, if it was not shown before. */
  preview({ index }) {
    if (index !== this.#last.index || this.#shown !== null || this.#begunAt === null) return;
    this.#shown = performance.now() - this.#begunAt;
  }

  /**
   * Merges the newest submission of the api's status, which may have times that the events did not have, and lack others; the status
   * is about a second old, so the page may know a newer one.
   */
  merge(newest) {
    if (!newest) return;
    if (this.#isNewer(newest)) this.#replace({}, null);
    else if (newest.id !== this.#last.id) return;
    const known = Object.entries(newest).filter(([, value]) => value !== null);
    this.#last = { ...this.#last, ...Object.fromEntries(known) };
    this.#render();
  }

  /** In a database that was recreated, a later submission has a lower id. */
  #isNewer({ id, storedAt }) {
    return id > this.#last.id || Date.parse(storedAt) > Date.parse(this.#last.storedAt);
  }

  #replace(last, begunAt) {
    this.#last = last;
    this.#shown = null;
    this.#begunAt = begunAt;
  }

  #render() {
    const times = elapsedTimes(this.#last, this.#shown);
    const longest = Math.max(...times);
    const current = times.findLastIndex((time) => time !== null);
    this.#root.querySelector('[data-field=index]').textContent = `index ${this.#last.index}`;
    stages.forEach((stage, position) => {
      const item = this.#root.querySelector(`[data-stage=${stage}]`);
      item.classList.toggle('current', position === current);
      item.querySelector('.time').textContent = formatDuration(times[position]);
      item.querySelector('rect').setAttribute('width', longest > 0 ? (100 * (times[position] ?? 0)) / longest : 0);
    });
  }
}
