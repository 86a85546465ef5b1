import { SystemDiagram } from './systemDiagram.js';
import { parseEntries } from './entries.js';
import { listen } from './events.js';
import { readJson } from './request.js';
import { count, setText } from './text.js';
import { formatDuration, Timeline } from './timeline.js';

const refreshInterval = 10_000;
const refreshDelay = 1_500;
const unavailable = 'System status is unavailable; the diagram shows how the system is built.';

/** Keeps the system status up to date from events, and by polling the api while the page is visible. */
export class SystemOverview {
  #root;
  #diagram;
  #timeline;
  #refreshTimer;
  #refreshedAt = performance.now();
  /** The numbers of the last refresh and of the last one that was rendered. */
  #begun = 0;
  #rendered = 0;
  #isSubmitted = false;
  #hasBacklog = true;

  constructor(root) {
    this.#root = root;
    this.#diagram = new SystemDiagram(root.querySelector('.diagram'));
    this.#timeline = new Timeline(root);
  }

  start() {
    document.addEventListener('submit', ({ target }) => target.method === 'post' && this.#submitted(target), true);
    listen('accepted', (event) => {
      this.#diagram.accepted();
      this.#timeline.accepted(event);
      if (this.#isSubmitted) this.#scheduleRefresh(refreshDelay);
      this.#isSubmitted = false;
    });
    listen('computed', (event) => {
      this.#diagram.computed(event.digits > 8 ? count(event.digits, 'digit', 'digits') : event.term);
      this.#timeline.computed(event);
    });
    listen('preview', (event) => this.#timeline.preview(event));
    listen('failed', () => this.#diagram.failed());
    // After the last of these events, and not at all while the status shows that nothing is pending: an event costs no request.
    for (const type of ['computed', 'failed']) listen(type, () => this.#hasBacklog && this.#scheduleRefresh(refreshDelay));
    listen('progress', ({ percent }) => this.#diagram.progress(percent));
    document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(this.#refreshTimer) : this.#refresh()));
    this.#scheduleRefresh(refreshInterval);
  }

  #submitted(form) {
    this.#isSubmitted = true;
    this.#timeline.submitted(parseEntries(form.elements.index?.value ?? '').indexes);
  }

  /** Refreshes after a delay, which a later call replaces, and not later than the interval after the last refresh. */
  #scheduleRefresh(delay) {
    clearTimeout(this.#refreshTimer);
    const rest = this.#refreshedAt + refreshInterval - performance.now();
    if (!document.hidden) this.#refreshTimer = setTimeout(() => this.#refresh(), Math.min(delay, rest));
  }

  async #refresh() {
    this.#refreshedAt = performance.now();
    this.#scheduleRefresh(refreshInterval);
    const refresh = ++this.#begun;
    const status = await readJson('/api/system');
    // A later one may have been answered before.
    if (refresh < this.#rendered) return;
    this.#rendered = refresh;
    this.#render(status);
  }

  #render(status) {
    this.#setField('state', status ? '' : unavailable);
    if (!status) return;
    const backlog = status.backlog ? status.backlog.lag + status.backlog.pending : null;
    this.#hasBacklog = backlog !== 0 || status.oldestPendingSeconds !== null;
    this.#setField('backlog', backlog ?? '–');
    this.#setField('workers', status.workers ?? '–');
    this.#setField('wait', formatDuration(status.oldestPendingSeconds === null ? null : status.oldestPendingSeconds * 1_000));
    this.#diagram.setCaption('redis', backlog === null ? 'queues' : `${backlog} waiting`);
    this.#diagram.setCaption('worker', status.workers === null ? 'computes' : `${status.workers} alive`);
    this.#timeline.merge(status.last?.[0]);
  }

  #setField(field, text) {
    setText(this.#root.querySelector(`[data-field=${field}]`), `${text}`);
  }
}
