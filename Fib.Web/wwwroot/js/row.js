import { isShortened, rowTexts, setText } from './text.js';

/** Creates a row from the template that the server rendered. */
export function createRow() {
  return document.getElementById('row').content.firstElementChild.cloneNode(true);
}

/** Reads the outcome from a row that the server rendered. */
export function readRow(row) {
  const text = slot(row, 'term').textContent;
  const { state } = row.dataset;
  return { state, term: state === 'Computed' ? text : undefined, reason: state === 'Failed' ? text : undefined };
}

/** Shows an index and its outcome in a row. */
export function updateRow(row, index, outcome) {
  const [before, after, term] = rowTexts(outcome);
  if (row.dataset.state !== outcome.state || row.dataset.index !== `${index}`) {
    setState(row, index, outcome.state);
  }
  setText(slot(row, 'before'), before);
  setText(slot(row, 'after'), after);
  setText(slot(row, 'term'), term);
  const computed = outcome.state === 'Computed';
  row.toggleAttribute('data-long', outcome.state !== 'Failed' && isShortened(term));
  row.querySelector('[data-action=copy]').hidden = !computed;
  row.querySelector('[data-action=expand]').hidden = !computed || !isShortened(term);
  showProgress(slot(row, 'progress'), outcome);
}

/** Sets the text of the button that expands a term; its accessible name begins with that text (WCAG 2.5.3). */
export function setExpandText(control, text, index) {
  setText(control.querySelector('span'), text);
  control.setAttribute('aria-label', `${text} of the term of index ${index}`);
}

function setState(row, index, state) {
  row.dataset.state = state;
  row.dataset.index = index;
  row.querySelector('.expanded')?.remove();
  setText(slot(row, 'index'), `${index}`);
  slot(row, 'index').href = `/terms/${index}`;
  setText(slot(row, 'state'), state);
  row.querySelector('.state use').setAttribute('href', `#icon-${state.toLowerCase()}`);
  slot(row, 'computed').hidden = state !== 'Computed';
  setRetry(slot(row, 'failed'), slot(row, 'index'), index, state === 'Failed');

  const download = row.querySelector('[data-action=download]');
  download.href = `/api/values/${index}`;
  download.download = `fibonacci-${index}.txt`;
  download.setAttribute('aria-label', `Download the term of index ${index} as text`);
  row.querySelector('[data-action=copy]').setAttribute('aria-label', `Copy the term of index ${index}`);
  const expand = row.querySelector('[data-action=expand]');
  expand.setAttribute('aria-expanded', 'false');
  setExpandText(expand, 'Show digits', index);
}

// The keyboard would lose its place with a hidden button.
function setRetry(form, link, index, isShown) {
  const hasFocus = form.contains(document.activeElement);
  form.hidden = !isShown;
  form.elements.index.value = index;
  form.querySelector('button').setAttribute('aria-label', `Try again to calculate the term of index ${index}`);
  if (hasFocus && !isShown) link.focus({ preventScroll: true });
}

function showProgress(element, { state, percent }) {
  element.hidden = state !== 'Pending' || percent === undefined;
  if (element.hidden) return;
  element.firstElementChild.value = percent;
  setText(element.lastElementChild, `${percent} %`);
}

function slot(row, name) {
  return row.querySelector(`[data-slot=${name}]`);
}
