import { connect, listen, types } from './events.js';
import { readJson } from './request.js';
import { setText } from './text.js';

const refreshDelay = 1_000;
// No event arrives if the connection cannot open, or is broken and the browser has not noticed it.
const pendingRefreshInterval = 5_000;

/** Keeps the results list up to date from the api's events. */
export class LiveUpdates {
  #resultsList;
  #status = document.getElementById('live');
  #timer;
  #isSoon = false;
  #refreshes = 0;
  #isStale = false;

  /**
   * Receives the items of each refresh, when they were requested (performance.now), and whether it may request others to complete them;
   * false if the refresh has to be repeated.
   */
  onRefresh = async () => true;

  constructor(resultsList) {
    this.#resultsList = resultsList;
    // Refresh after the connection is open: nothing is lost between the server's HTML and the first event.
    listen('open', () => {
      this.#showStatus('open', this.#status.dataset.text);
      this.refresh();
    });
    listen('disconnected', () => this.#showStatus('disconnected', 'Reconnecting …'));
    for (const type of types) {
      listen(type, (data, id) => {
        resultsList[type](data, id);
        // If an accepted index was computed before, no event with its term follows.
        this.#scheduleRefresh(type === 'accepted');
      });
    }
    connect();
    this.#scheduleRefresh(false);
  }

  /** Reads the shown submissions again. */
  async refresh(mayRequestOthers = true) {
    this.#refreshes++;
    await this.#refresh(mayRequestOthers);
    this.#refreshes--;
    this.#scheduleRefresh(this.#isStale);
  }

  async #refresh(mayRequestOthers) {
    const [begun, requestedAt] = [this.#resultsList.beginRefresh(), performance.now()];
    const page = await readJson(`/api/values?${this.#resultsList.query}`);
    if (page) {
      this.#resultsList.merge(page, begun);
      const notice = document.querySelector('#notice:not([data-unsent])');
      if (notice) setText(notice, '');
    }
    // After the last pending index, the others of a submission are requested too.
    const mayRequest = mayRequestOthers || !this.#resultsList.hasPending;
    this.#isStale = !page || !(await this.onRefresh(page.items, requestedAt, mayRequest));
  }

  #showStatus(state, text) {
    // Every failed attempt to reconnect ends here, and a screen reader would read the same text again.
    if (this.#status.dataset.state === state) return;
    this.#status.dataset.state = state;
    this.#status.textContent = text;
  }

  // A refresh that is not soon counts from the last refresh or event, so that a connection with progress costs no requests.
  #scheduleRefresh(isSoon) {
    if (this.#isSoon) return;
    clearTimeout(this.#timer);
    this.#isSoon = isSoon;
    this.#timer = setTimeout(() => {
      this.#isSoon = false;
      if (this.#isRefreshNeeded && (isSoon || this.#refreshes === 0)) this.refresh(isSoon);
      else this.#scheduleRefresh(false);
    }, isSoon ? refreshDelay : pendingRefreshInterval);
  }

  // A hidden page is refreshed when it is shown.
  get #isRefreshNeeded() {
    return !document.hidden && (this.#isStale || this.#resultsList.isOutdated || this.#resultsList.hasPending);
  }
}
