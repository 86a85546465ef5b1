import { readDigits } from './digits.js';
import { copyText } from './clipboard.js';
import { group, write } from './text.js';

const mostExpanded = 20_000;
const mostCopied = 25_000_000;
const doings = { copy, download, expand };

/** Makes the buttons beside terms work, those that come later too. */
export function actOn(place) {
  place.addEventListener('click', async (event) => {
    const control = event.target.closest('[data-do]');
    if (!control || control.getAttribute('aria-busy')) return;
    const term = control.closest('[data-index]');
    control.setAttribute('aria-busy', 'true');
    try {
      await doings[control.dataset.do](term, control, event);
    } catch (failure) {
      say(control, failure.message);
    } finally {
      control.removeAttribute('aria-busy');
    }
  });
}

async function copy(term, control) {
  const { digits } = await readDigits(term.dataset.index, 0, mostCopied);
  say(control, (await copyText(digits)) ? 'Copied' : 'Copying is not allowed here');
}

// The link works without this; but a term that was dropped must be computed again before there is anything to save.
async function download(term, control, event) {
  if (control.dataset.ready) {
    delete control.dataset.ready;
    return;
  }
  event.preventDefault();
  await readDigits(term.dataset.index, 0, 0);
  control.dataset.ready = 'true';
  control.removeAttribute('aria-busy');
  control.click();
}

async function expand(term, control) {
  const label = control.querySelector('span');
  const open = term.querySelector('.whole');
  if (open) {
    open.remove();
  } else {
    write(label, 'Loading …');
    const { digits, length } = await readDigits(term.dataset.index, 0, mostExpanded - 1).catch((failure) => {
      write(label, 'Show all');
      throw failure;
    });
    term.querySelector('.line').after(whole(term.dataset.index, digits, length));
  }
  control.setAttribute('aria-expanded', `${!open}`);
  write(label, open ? 'Show all' : 'Show less');
}

function whole(index, digits, length) {
  const text = document.createElement('p');
  text.className = 'whole digits';
  text.tabIndex = 0;
  text.setAttribute('role', 'group');
  text.setAttribute('aria-label', 'Digits');
  text.textContent = group(digits);
  if (digits.length < length) {
    const link = document.createElement('a');
    link.href = `/terms/${index}`;
    link.textContent = `The other ${(length - digits.length).toLocaleString('en')} digits are on its own page`;
    text.append(' … ', link);
  }
  return text;
}

/** Tells eyes and screen readers, for a moment, beside the control. */
function say(control, text) {
  const told = document.createElement('span');
  told.className = 'told';
  told.setAttribute('role', 'status');
  control.after(told);
  told.textContent = text;
  setTimeout(() => told.remove(), 3_000);
}
