import { isShortened, words, write } from './text.js';

/** A new row as the server would have written it. */
export function createRow() {
  return document.getElementById('row').content.firstElementChild.cloneNode(true);
}

/** What the server wrote into a row. */
export function readRow(row) {
  const text = slot(row, 'term').textContent;
  const { state } = row.dataset;
  return { state, term: state === 'Computed' ? text : undefined, reason: state === 'Failed' ? text : undefined };
}

/** Makes a row that of an index and what became of it. */
export function fillRow(row, index, outcome) {
  const [before, after, term] = words(outcome);
  if (row.dataset.state !== outcome.state || row.dataset.index !== `${index}`) {
    setState(row, index, outcome.state);
  }
  write(slot(row, 'before'), before);
  write(slot(row, 'after'), after);
  write(slot(row, 'term'), term);
  const computed = outcome.state === 'Computed';
  row.toggleAttribute('data-long', computed && isShortened(term));
  row.querySelector('[data-do=copy]').hidden = !computed;
  row.querySelector('[data-do=expand]').hidden = !computed || !isShortened(term);
  showProgress(slot(row, 'progress'), outcome);
}

function setState(row, index, state) {
  row.dataset.state = state;
  row.dataset.index = index;
  row.querySelector('.whole')?.remove();
  write(slot(row, 'index'), `${index}`);
  slot(row, 'index').href = `/terms/${index}`;
  write(slot(row, 'state'), state);
  row.querySelector('.state use').setAttribute('href', `#icon-${state.toLowerCase()}`);
  slot(row, 'computed').hidden = state !== 'Computed';
  slot(row, 'failed').hidden = state !== 'Failed';
  row.querySelector('.again').elements.index.value = index;

  const download = row.querySelector('[data-do=download]');
  download.href = `/api/values/${index}`;
  download.download = `fibonacci-${index}.txt`;
  download.setAttribute('aria-label', `Download the term of index ${index} as text`);
  row.querySelector('[data-do=copy]').setAttribute('aria-label', `Copy the term of index ${index}`);
  const expand = row.querySelector('[data-do=expand]');
  expand.setAttribute('aria-label', `Show all digits of the term of index ${index}`);
  expand.setAttribute('aria-expanded', 'false');
  write(expand.querySelector('span'), 'Show all');
}

function showProgress(place, { state, percent }) {
  place.hidden = state !== 'Pending' || percent === undefined;
  if (place.hidden) return;
  place.firstElementChild.value = percent;
  write(place.lastElementChild, `${percent} %`);
}

function slot(row, name) {
  return row.querySelector(`[data-slot=${name}]`);
}
