// Formats terms and numbers: the same texts as in Components/TermRow.razor and Terms/TermText.cs.
const wholeDigits = 100;
const endDigits = 20;
const groupDigits = 10;

/** The texts of a row: before the index, after the index, and at the end. A pending index has a term from its preview on. */
export function rowTexts({ state, term, reason }) {
  if (state === 'Failed') return ['Index ', ' failed: ', reason];
  return term ? ['For index ', ' I calculated ', shorten(term)] : ['Index ', ' is being calculated …', ''];
}

/** A term: whole up to 100 digits, else its ends and its digit count. */
export function shorten(term) {
  return term.length <= wholeDigits || isShortened(term)
    ? term
    : `${term.slice(0, endDigits)}…${term.slice(-endDigits)} (${term.length} digits)`;
}

export const isShortened = (term) => term.includes('…');

/** Digits in groups of ten, so that lines break between groups; offset is the number of digits before them. */
export function group(digits, offset = 0) {
  const head = (groupDigits - (offset % groupDigits)) % groupDigits;
  return [digits.slice(0, head), ...(digits.slice(head).match(/.{1,10}/g) ?? [])].filter(Boolean).join(' ');
}

/** A number such as 2,089,877. */
export const format = (number) => number.toLocaleString('en');

/** A count with its noun, such as "1 index" and "1,000 indexes". */
export function count(number, singular, plural) {
  return `${format(number)} ${number === 1 ? singular : plural}`;
}

/** Sets a text only if it differs, so that selections and screen readers are not disturbed. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
