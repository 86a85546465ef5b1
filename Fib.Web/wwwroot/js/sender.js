import { newKey, post } from './post.js';

const unavailable = 'The calculator is temporarily unavailable. Your submission is kept here and sent again automatically.';

/** Sends a submission until the api responds; all attempts have the same idempotency key, so the submission counts once. */
export class Sender {
  #resultsList;
  #notice = document.getElementById('notice');
  #current;

  constructor(resultsList) {
    this.#resultsList = resultsList;
  }

  /** Whether this text is being sent; if it waits for the next attempt, the wait ends. */
  retryNow(text) {
    if (this.#current?.text !== text) return false;
    this.#current.wake?.();
    return true;
  }

  /** Sends the body of a batch. The api's response, or null if another submission replaced this one. */
  async send(text, body) {
    const submission = (this.#current = { text });
    const key = newKey();
    this.#resultsList.expect(body.indexes);
    try {
      while (this.#current === submission) {
        const response = await post(body, key);
        if (this.#current !== submission) return null;
        if (response.retryAfter === undefined) return response;
        this.#resultsList.expect([]);
        this.#showNotice(unavailable);
        await new Promise((resolve) => {
          submission.wake = resolve;
          setTimeout(resolve, response.retryAfter * 1_000);
        });
      }
      return null;
    } finally {
      if (this.#current === submission) {
        this.#current = undefined;
        this.#showNotice('');
      }
    }
  }

  #showNotice(text) {
    this.#notice.textContent = text;
    this.#notice.hidden = !text;
  }
}
