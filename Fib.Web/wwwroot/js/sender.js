import { newKey, post } from './post.js';
import { setText } from './text.js';

/** Sends submissions, each until the api answers it; all attempts have the same idempotency key, so a submission counts once. */
export class Sender {
  #resultsList;
  #notice = document.getElementById('notice');
  #submissions = new Map();

  constructor(resultsList) {
    this.#resultsList = resultsList;
  }

  /** Whether submissions are being sent. */
  get isSending() {
    return this.#submissions.size > 0;
  }

  /** Whether this text is being sent; if it waits for the next attempt, the wait ends. */
  retryNow(text) {
    this.#submissions.get(text)?.wake?.();
    return this.#submissions.has(text);
  }

  /** Sends the body of a batch. The api's response. */
  async send(text, body) {
    const submission = {};
    const key = newKey();
    this.#submissions.set(text, submission);
    this.#resultsList.expect(body.indexes);
    let response;
    while ((response = await post(body, key)).retryAfter !== undefined) {
      this.#resultsList.stopExpecting(body.indexes);
      await new Promise((resolve) => {
        submission.wake = resolve;
        this.#showNotice();
        setTimeout(resolve, response.retryAfter * 1_000);
      });
    }
    this.#submissions.delete(text);
    this.#showNotice();
    return response;
  }

  // The attribute protects the notice from a refresh, which removes that of the server.
  #showNotice() {
    const unsent = [...this.#submissions.values()].filter(({ wake }) => wake).length;
    const what = unsent === 1 ? 'Your submission is' : `Your ${unsent} submissions are`;
    setText(this.#notice, unsent ? `The calculator is temporarily unavailable. ${what} kept here and sent again automatically.` : '');
    this.#notice.toggleAttribute('data-unsent', unsent > 0);
    // Only while it is needed: browsers keep no page with this listener for the Back button.
    if (unsent) addEventListener('beforeunload', confirmLeaving);
    else removeEventListener('beforeunload', confirmLeaving);
  }
}

/** The browser asks before it leaves the page. */
function confirmLeaving(event) {
  event.preventDefault();
}
