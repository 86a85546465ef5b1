import { reconcile } from './reconcile.js';
import { count, format } from './text.js';

// The same drawing as in Components/Charts/DigitsChart.razor.
const [left, right, top, bottom] = [40, 304, 22, 170];
const stepsPerPower = 8;
const smallestScale = 1_000;

/** Draws the chart of digits for the terms of these indexes. */
export function drawDigits(figure, indexes) {
  const points = [...indexes].sort((a, b) => a - b).map((index) => ({ index, digits: countDigits(index) }));
  const x = logScale(Math.max(smallestScale, points.at(-1)?.index ?? 0), left, right);
  const y = logScale(countDigits(10 ** x.maxExponent), bottom, top);
  figure.querySelector('.grid').replaceChildren(...grid(x, y));
  figure.querySelector('.trend').setAttribute('points', trend(x, y));
  figure.querySelector('.points').replaceChildren(...points.map((point) => link(point, x, y)));
  reconcile(figure.querySelector('tbody'), points, ({ index }) => `${index}`, 'index', () => element('tr', {}), fillRow);
  for (const element of figure.querySelectorAll('[data-slot]')) {
    element.hidden = (element.dataset.slot === 'listed') === (points.length === 0);
  }
}

/** The number of decimal digits of F(index), with the constants of Fib.Core's DigitCount. */
function countDigits(index) {
  return index < 2 ? 1 : Number((3855141514259838963n * BigInt(index) - 6446860392593097241n) >> 64n) + 1;
}

/** An axis from 1 to the first power of ten that is not below the largest value. 0, which has no logarithm, is drawn at 1. */
function logScale(largest, from, to) {
  let maxExponent = 1;
  while (10 ** maxExponent < largest) maxExponent++;
  return { maxExponent, at: (value) => round(from + (Math.log10(Math.max(value, 1)) / maxExponent) * (to - from)) };
}

const round = (coordinate) => Math.round(coordinate * 10) / 10;

function grid(x, y) {
  const columns = exponents(x).map((exponent) => {
    const at = x.at(10 ** exponent);
    return svg('g', {}, svg('path', { d: `M${at} ${top}V${bottom}` }), tick(exponent, at, bottom + 16, 'middle'));
  });
  const rows = exponents(y).map((exponent) => {
    const at = y.at(10 ** exponent);
    return svg('g', {}, svg('path', { d: `M${left} ${at}H${right}` }), tick(exponent, left - 6, at + 4, 'end'));
  });
  return [...columns, ...rows];
}

const exponents = ({ maxExponent }) => Array.from({ length: maxExponent + 1 }, (_, exponent) => exponent);

function tick(exponent, x, y, anchor) {
  const text = `${10 ** (exponent % 3)}${['', 'k', 'M'][Math.floor(exponent / 3)]}`;
  return svg('text', { class: 'tick', x: round(x), y: round(y), 'text-anchor': anchor }, text);
}

/** The digit counts of all indexes, as the points of a line. */
function trend(x, y) {
  return Array.from({ length: x.maxExponent * stepsPerPower + 1 }, (_, step) => Math.round(10 ** (step / stepsPerPower)))
    .map((index) => `${x.at(index)},${y.at(countDigits(index))}`).join(' ');
}

function link({ index, digits }, x, y) {
  const text = `F(${format(index)}) has ${count(digits, 'digit', 'digits')}`;
  const circle = svg('circle', { class: 'point', cx: x.at(index), cy: y.at(digits), r: 4.5 }, svg('title', {}, text));
  return svg('a', { href: `/terms/${index}`, tabindex: -1, 'aria-label': text }, circle);
}

// The digits of an index never change, and a replaced link would lose the focus.
function fillRow(row, { index, digits }) {
  if (row.hasChildNodes()) return;
  const term = element('a', { href: `/terms/${index}` }, format(index));
  row.append(element('th', { scope: 'row' }, term), element('td', {}, format(digits)));
}

const svg = (name, attributes, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);

const element = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

function fill(target, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  target.append(...children);
  return target;
}
