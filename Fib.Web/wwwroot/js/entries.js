// Parses the text of the field: the same grammar and texts as in Submissions/IndexEntries.cs.
const max = 1_000;
const maxCharacters = 20_000;
const maxGroupedCharacters = 40;
const maxRangeDigits = 15;
const notWhole = 'An index is one whole number of 0 or more, such as 7.';
const tooMany = 'At most 1,000 indexes can be submitted together.';

// A number with thousands separators, which would otherwise be several indexes: those have no leading zeros.
const thousandsGroups = /^\s*[0-9]{1,3}(?:,[0-9]{3})*,0[0-9]{2}(?:,[0-9]{3})*\s*$/;

/** The indexes in the order of the text, ranges expanded, as digits without leading zeros; or why the text cannot be submitted. */
export function parseEntries(text) {
  if (text.length > maxCharacters) return reject(tooMany);
  if (text.length <= maxGroupedCharacters && thousandsGroups.test(text)) {
    return reject(`Is ${text.trim()} one index? Then write it without commas. For several indexes, put a space after each comma.`);
  }

  const entries = text.replaceAll('–', '-').split(',').map((entry) => entry.trim()).filter(Boolean);
  const indexes = [];
  for (const entry of entries) {
    const error = add(entry, indexes);
    if (error) return reject(error === notWhole && entries.length > 1 ? `“${shorten(entry)}” is not an index. ${notWhole}` : error);
  }
  return indexes.length > 0 ? { indexes } : reject(notWhole);
}

function add(entry, indexes) {
  const range = /^([0-9]+)\s*-\s*([0-9]+)$/.exec(entry);
  if (range) return addRange(trimZeros(range[1]), trimZeros(range[2]), indexes);
  if (!/^[0-9]+$/.test(entry)) {
    return /^[0-9]+(?:\s+[0-9]+)+$/.test(entry) ? 'Put a comma between two indexes, such as 5, 10.' : notWhole;
  }
  indexes.push(trimZeros(entry));
  return indexes.length > max ? tooMany : '';
}

function addRange(first, last, indexes) {
  if (Math.max(first.length, last.length) > maxRangeDigits) return 'Index too high';
  const [from, to] = [Number(first), Number(last)];
  if (from > to) return `${first}-${last} is in the wrong order: write ${last}-${first}.`;
  if (to - from >= max - indexes.length) return tooMany;
  for (let index = from; index <= to; index++) indexes.push(`${index}`);
  return '';
}

const trimZeros = (digits) => digits.replace(/^0+(?=[0-9])/, '');
const shorten = (entry) => (entry.length > 24 ? `${entry.slice(0, 23)}…` : entry);
const reject = (error) => ({ indexes: [], error });
