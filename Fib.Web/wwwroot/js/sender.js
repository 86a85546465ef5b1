import { newKey, post } from './post.js';

const away = 'The calculator cannot be reached at the moment. What you submitted is kept here and sent again by itself.';

/** Sends a submission until the api has answered to it; what is sent again under the same key counts once. */
export class Sender {
  #board;
  #notice = document.getElementById('notice');
  #current;

  constructor(board) {
    this.#board = board;
  }

  /** Whether this very text is under way; then it is sent again at once if it was waiting. */
  hurry(text) {
    if (this.#current?.text !== text) return false;
    this.#current.wake?.();
    return true;
  }

  /** The api's answer, or null where another submission took this one's place. */
  async send(text, indexes) {
    const mine = (this.#current = { text });
    const key = newKey();
    this.#board.expect(indexes);
    try {
      while (this.#current === mine) {
        const answer = await post(indexes, key);
        if (this.#current !== mine) return null;
        if (answer.away === undefined) return answer;
        this.#board.expect([]);
        this.#say(away);
        await new Promise((wake) => {
          mine.wake = wake;
          setTimeout(wake, answer.away * 1_000);
        });
      }
      return null;
    } finally {
      if (this.#current === mine) {
        this.#current = undefined;
        this.#say('');
      }
    }
  }

  #say(text) {
    this.#notice.textContent = text;
    this.#notice.hidden = !text;
  }
}
