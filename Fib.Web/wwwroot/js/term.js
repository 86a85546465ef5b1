import { readDigits } from './digits.js';
import { connect, listen } from './events.js';
import { group } from './text.js';

const chunk = 50_000;
const pause = 2_000;

/** The page of one term: shows it as soon as it is there, and its other digits piece by piece. */
export function showTerm(term) {
  const index = Number(term.dataset.index);
  term.querySelector('[data-do=copy]')?.removeAttribute('hidden');
  const more = document.getElementById('more');
  if (more) showMore(index, more);
  if (['', 'Pending', undefined].includes(term.dataset.state)) awaitTerm(index);
}

function awaitTerm(index) {
  const look = async () => {
    const answer = await fetch(`/api/values/${index}`, { headers: { Range: 'bytes=0-0' } }).catch(() => null);
    if (answer && answer.status !== 202 && answer.status !== 503) location.reload();
    else setTimeout(look, pause);
  };
  for (const kind of ['computed', 'failed']) {
    listen(kind, (told) => told.index === index && location.reload());
  }
  listen('progress', (told) => told.index === index && showProgress(told.percent));
  connect();
  look();
}

function showProgress(percent) {
  const place = document.querySelector('.waiting');
  if (!place) return;
  place.hidden = false;
  place.querySelector('progress').value = percent / 100;
  document.getElementById('percent').textContent = `${percent} %`;
}

function showMore(index, more) {
  const hidden = document.getElementById('hidden');
  let from = Number(hidden.dataset.from);
  let left = Number(hidden.dataset.digits);
  more.hidden = false;
  more.addEventListener('click', async () => {
    if (more.getAttribute('aria-busy')) return;
    more.setAttribute('aria-busy', 'true');
    try {
      const { digits } = await readDigits(index, from, from + Math.min(chunk, left) - 1);
      const part = document.createElement('p');
      part.className = 'digits part';
      part.textContent = group(digits, from);
      document.getElementById('rest').append(part);
      from += digits.length;
      left -= digits.length;
      hidden.textContent = `${left.toLocaleString('en')} digits`;
      if (left === 0) more.closest('.gap').remove();
    } catch (failure) {
      hidden.textContent = failure.message;
    } finally {
      more.removeAttribute('aria-busy');
    }
  });
}
