import { readDigits, waitText } from './digits.js';
import { connect, listen } from './events.js';
import { request } from './request.js';
import { format, group } from './text.js';

const chunkSize = 50_000;
const pollInterval = 2_000;
/** The responses after which the page has something else to show: the term, or why there is none. Any other is repeated. */
const reloadable = [200, 206, 404, 422];

/** Enhances the page of one term: reloads it when the term is computed, and loads hidden digits in chunks. */
export function showTerm(term) {
  const index = Number(term.dataset.index);
  term.querySelector('[data-action=copy]')?.removeAttribute('hidden');
  const more = document.getElementById('more');
  if (more) enableMore(index, more);
  if ([undefined, 'Pending'].includes(term.dataset.state)) awaitTerm(index, term.dataset.state === undefined);
}

function awaitTerm(index, isUnavailable) {
  const poll = async () => {
    const response = await request(`/api/values/${index}`, { headers: { Range: 'bytes=0-0' } });
    if (reloadable.includes(response?.status)) location.reload();
    else setTimeout(poll, pollInterval);
  };
  for (const type of ['computed', 'failed']) {
    listen(type, (event) => event.index === index && location.reload());
  }
  listen('progress', (event) => event.index === index && showProgress(event.percent));
  connect();
  // The page says that the api is unavailable: it has been asked just now, and a page that reloads at once would ask without a pause.
  if (isUnavailable) setTimeout(poll, pollInterval);
  else poll();
}

function showProgress(percent) {
  const element = document.querySelector('.waiting');
  if (!element) return;
  element.hidden = false;
  element.querySelector('progress').value = percent / 100;
  document.getElementById('percent').textContent = `${percent} %`;
}

function enableMore(index, more) {
  const hidden = document.getElementById('hidden');
  let from = Number(hidden.dataset.from);
  let left = Number(hidden.dataset.digits);
  more.hidden = false;
  more.addEventListener('click', async () => {
    if (more.getAttribute('aria-busy')) return;
    more.setAttribute('aria-busy', 'true');
    try {
      const { digits } = await readDigits(index, from, from + Math.min(chunkSize, left) - 1, () => {
        hidden.textContent = waitText;
      });
      const chunk = document.createElement('p');
      chunk.className = 'digits chunk';
      chunk.tabIndex = -1;
      chunk.textContent = group(digits, from);
      document.getElementById('rest').append(chunk);
      from += digits.length;
      left -= digits.length;
      hidden.textContent = `${format(left)} digits not shown`;
      if (left > 0) return;
      // The keyboard would lose its place with the button.
      if (document.activeElement === more) chunk.focus({ preventScroll: true });
      more.closest('.omitted').remove();
    } catch (error) {
      hidden.textContent = error.message;
    } finally {
      more.removeAttribute('aria-busy');
    }
  });
}
