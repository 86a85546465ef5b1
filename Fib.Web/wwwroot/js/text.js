// Terms and numbers as the page writes them: the same words as in Components/TermRow.razor and Terms/TermText.cs.
const wholeDigits = 100;
const endDigits = 20;
const groupDigits = 10;

/** What stands before and after the index of a row, and what ends it. */
export function words({ state, term, reason }) {
  switch (state) {
    case 'Computed': return ['For index ', ' I calculated ', shorten(term)];
    case 'Failed': return ['Index ', ' failed: ', reason];
    default: return ['Index ', ' is being calculated …', ''];
  }
}

/** Whole up to 100 digits, else its ends and its digit count. */
export function shorten(term) {
  return term.length <= wholeDigits || isShortened(term)
    ? term
    : `${term.slice(0, endDigits)}…${term.slice(-endDigits)} (${term.length} digits)`;
}

export const isShortened = (term) => term.includes('…');

/** Digits in groups of ten, which may be wrapped between groups; place is how many digits come before them. */
export function group(digits, place = 0) {
  const head = (groupDigits - (place % groupDigits)) % groupDigits;
  return [digits.slice(0, head), ...(digits.slice(head).match(/.{1,10}/g) ?? [])].filter(Boolean).join(' ');
}

/** Such as "1 index" and "1,000 indexes". */
export function count(number, one, several) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : several}`;
}

/** Changes nothing where nothing changes, so that a selection and a screen reader stay where they are. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
