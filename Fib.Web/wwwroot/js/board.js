import { line } from './lines.js';

const shown = 50;

/** The two lists of the page. Starts from what the server rendered; an event or a submission that is already there changes nothing. */
export class Board {
  #seen;
  #terms;
  #submissions = new Map();
  #outcomes = new Map();

  constructor(seen, terms) {
    this.#seen = seen;
    this.#terms = terms;
    for (const { dataset } of seen.children) {
      this.#submissions.set(Number(dataset.id), Number(dataset.index));
    }
    for (const item of terms.children) {
      this.#outcomes.set(Number(item.dataset.index), { state: item.dataset.state, text: item.textContent });
    }
  }

  /** Submissions as the api lists them. */
  merge(items) {
    for (const item of items) {
      this.#submissions.set(item.id, item.index);
      this.#learn(item);
    }
    this.#show();
  }

  accepted({ id, index }) {
    this.merge([{ id, index, state: 'Pending' }]);
  }

  computed({ index, term }) {
    this.#learn({ index, state: 'Computed', term });
    this.#show();
  }

  failed({ index, reason }) {
    this.#learn({ index, state: 'Failed', reason });
    this.#show();
  }

  get waits() {
    return [...this.#outcomes.values()].some(({ state }) => state === 'Pending');
  }

  /** What was known before a late answer came stays known. */
  #learn(item) {
    if (item.state !== 'Pending' || !this.#outcomes.has(item.index)) {
      this.#outcomes.set(item.index, { state: item.state, text: line(item) });
    }
  }

  #show() {
    const newest = [...this.#submissions].sort(([a], [b]) => b - a).slice(0, shown);
    const indexes = [...new Set(newest.map(([, index]) => index))];
    this.#submissions = new Map(newest);
    this.#outcomes = new Map(indexes.map((index) => [index, this.#outcomes.get(index)]));

    arrange(this.#seen, newest, ([id]) => `${id}`, 'id', (item, [, index]) => {
      item.dataset.index = index;
      write(item, `${index}`);
    });
    arrange(this.#terms, [...this.#outcomes], ([index]) => `${index}`, 'index', (item, [, { state, text }]) => {
      item.dataset.state = state;
      write(item, text);
    });
  }
}

/** Makes the list's items those of the entries, in their order, and moves or changes no more of them than it must. */
function arrange(list, entries, keyOf, name, fill) {
  const items = new Map([...list.children].map((item) => [item.dataset[name], item]));
  let next = list.firstElementChild;
  for (const entry of entries) {
    const key = keyOf(entry);
    const item = items.get(key) ?? document.createElement('li');
    items.delete(key);
    item.dataset[name] = key;
    fill(item, entry);
    if (item === next) next = next.nextElementSibling;
    else list.insertBefore(item, next);
  }
  for (const item of items.values()) item.remove();
}

function write(item, text) {
  if (item.textContent !== text) item.textContent = text;
}
