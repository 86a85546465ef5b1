// What was typed into the field: the same grammar and the same words as in Terms/IndexEntries.cs.
const most = 1_000;
const mostCharacters = 20_000;
const mostGroupedCharacters = 40;
const mostRangeDigits = 15;
const notWhole = 'An index is one whole number of 0 or more, such as 7.';
const tooMany = 'At most 1,000 indexes can be submitted at once.';

// Thousands in groups, which would otherwise count as several indexes: no list has a 0 before another digit.
const grouped = /^\s*[0-9]{1,3}(?:,[0-9]{3})*,0[0-9]{2}(?:,[0-9]{3})*\s*$/;

/** The indexes in their order, ranges expanded, as digits without leading zeros; or what is wrong, in words. */
export function readEntries(text) {
  if (text.length > mostCharacters) return refuse(tooMany);
  if (text.length <= mostGroupedCharacters && grouped.test(text)) {
    return refuse(`Is ${text.trim()} one index? Then write it without commas; for several, put a blank after each comma.`);
  }

  const entries = text.replaceAll('–', '-').split(',').map((entry) => entry.trim()).filter(Boolean);
  const indexes = [];
  for (const entry of entries) {
    const wrong = add(entry, indexes);
    if (wrong) return refuse(wrong === notWhole && entries.length > 1 ? `“${shorten(entry)}” is no index. ${notWhole}` : wrong);
  }
  return indexes.length > 0 ? { indexes } : refuse(notWhole);
}

function add(entry, indexes) {
  const range = /^([0-9]+)\s*-\s*([0-9]+)$/.exec(entry);
  if (range) return addRange(plain(range[1]), plain(range[2]), indexes);
  if (!/^[0-9]+$/.test(entry)) {
    return /^[0-9]+(?:\s+[0-9]+)+$/.test(entry) ? 'Put a comma between two indexes, such as 5, 10.' : notWhole;
  }
  indexes.push(plain(entry));
  return indexes.length > most ? tooMany : '';
}

function addRange(first, last, indexes) {
  if (Math.max(first.length, last.length) > mostRangeDigits) return 'Index too high';
  const [from, to] = [Number(first), Number(last)];
  if (from > to) return `${first}-${last} runs backwards: write ${last}-${first}.`;
  if (to - from >= most - indexes.length) return tooMany;
  for (let index = from; index <= to; index++) indexes.push(`${index}`);
  return '';
}

const plain = (digits) => digits.replace(/^0+(?=[0-9])/, '');
const shorten = (entry) => (entry.length > 24 ? `${entry.slice(0, 23)}…` : entry);
const refuse = (wrong) => ({ indexes: [], wrong });
