const longestPause = 15_000;

/** Keeps the board up to date from the api's event stream. */
export class Live {
  #board;
  #status;
  #source;
  #attempts = 0;
  #look;

  constructor(board, status) {
    this.#board = board;
    this.#status = status;
  }

  start() {
    this.#source = new EventSource('/api/values/events');
    this.#source.onopen = () => this.#opened();
    this.#source.onerror = () => this.#broken();
    for (const kind of ['accepted', 'computed', 'failed']) {
      this.#source.addEventListener(kind, (event) => {
        this.#board[kind](JSON.parse(event.data));
        this.#lookLater();
      });
    }
  }

  /** Reads the newest submissions once more; false where that was not possible. */
  async refresh() {
    const answer = await fetch('/api/values?limit=50').catch(() => null);
    if (!answer?.ok) return false;
    this.#board.merge((await answer.json()).items);
    document.getElementById('notice')?.setAttribute('hidden', '');
    return true;
  }

  // Listen first, read then: nothing falls between the page the server wrote and the first event.
  #opened() {
    this.#attempts = 0;
    this.#status.textContent = 'New results appear here by themselves.';
    this.refresh();
  }

  // The browser reconnects by itself, from the last event it saw, unless it was refused.
  #broken() {
    this.#status.textContent = 'Waiting for the connection …';
    if (this.#source.readyState === EventSource.CLOSED) {
      setTimeout(() => this.start(), this.#pause());
    }
  }

  // An index that was computed long ago is accepted without a new event of its term.
  #lookLater() {
    if (this.#look || !this.#board.waits) return;
    this.#look = setTimeout(async () => {
      this.#look = undefined;
      if (this.#board.waits) await this.refresh();
    }, 1_000);
  }

  #pause() {
    return Math.min(500 * 2 ** this.#attempts++, longestPause);
  }
}
