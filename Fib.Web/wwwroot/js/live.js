import { connect, listen } from './events.js';

/** Keeps the board up to date from the api's events. */
export class Live {
  #board;
  #status = document.getElementById('live');
  #look;

  constructor(board) {
    this.#board = board;
    // Listen first, read then: nothing falls between the page the server wrote and the first event.
    listen('open', () => {
      this.#say('open', 'New results appear here by themselves.');
      this.refresh();
    });
    listen('broken', () => this.#say('broken', 'Waiting for the connection …'));
    for (const kind of ['accepted', 'computed', 'failed', 'progress']) {
      listen(kind, (detail) => {
        board[kind](detail);
        if (kind === 'accepted') this.#lookLater();
      });
    }
    connect();
  }

  /** Reads what is shown once more; false where that was not possible. */
  async refresh() {
    const answer = await fetch(`/api/values?${this.#board.query}`).catch(() => null);
    if (!answer?.ok) return false;
    this.#board.merge((await answer.json()).items);
    document.getElementById('notice').hidden = true;
    return true;
  }

  #say(state, text) {
    this.#status.dataset.state = state;
    this.#status.textContent = text;
  }

  // An index that was computed long ago is accepted without a new event of its term.
  #lookLater() {
    if (this.#look || !this.#board.waits) return;
    this.#look = setTimeout(async () => {
      this.#look = undefined;
      if (this.#board.waits) await this.refresh();
    }, 1_000);
  }
}
