import { connect, listen, types } from './events.js';
import { readJson } from './request.js';

const refreshDelay = 1_000;

/** Keeps the results list up to date from the api's events. */
export class LiveUpdates {
  #resultsList;
  #status = document.getElementById('live');
  #refreshTimer;
  #isStale = false;

  /** Receives the items of each refresh; false if the refresh has to be repeated. */
  onRefresh = async () => true;

  constructor(resultsList) {
    this.#resultsList = resultsList;
    // Refresh after the connection is open: nothing is lost between the server's HTML and the first event.
    listen('open', () => {
      this.#showStatus('open', 'New results appear here automatically.');
      this.refresh();
    });
    listen('disconnected', () => this.#showStatus('disconnected', 'Reconnecting …'));
    for (const type of types) {
      listen(type, (detail) => {
        resultsList[type](detail);
        if (type === 'accepted') this.#scheduleRefresh();
      });
    }
    connect();
  }

  /** Reads the shown submissions again. */
  async refresh() {
    const page = await readJson(`/api/values?${this.#resultsList.query}`);
    if (page) {
      this.#resultsList.merge(page.items);
      document.querySelector('#notice:not([data-unsent])')?.setAttribute('hidden', '');
    }
    this.#isStale = !page || !(await this.onRefresh(page.items));
    if (this.#isStale) this.#scheduleRefresh();
  }

  #showStatus(state, text) {
    this.#status.dataset.state = state;
    this.#status.textContent = text;
  }

  // If an accepted index was computed before, no event with its term follows. A hidden page is refreshed when it is shown.
  #scheduleRefresh() {
    this.#refreshTimer ??= setTimeout(() => {
      this.#refreshTimer = undefined;
      if (!document.hidden && (this.#isStale || this.#resultsList.hasPending)) this.refresh();
    }, refreshDelay);
  }
}
