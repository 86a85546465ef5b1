import { readDigits, waitText } from './digits.js';
import { copyText } from './clipboard.js';
import { setExpandText } from './row.js';
import { format, group } from './text.js';

const maxExpandedDigits = 20_000;
const maxCopiedDigits = 25_000_000;
const feedbackTime = 3_000;
const feedbackDelay = 100;
const actions = { copy, download, expand };

/** Handles clicks on the buttons of terms in an element, also of terms that are added later. */
export function handleActions(element) {
  element.addEventListener('click', async (event) => {
    const control = event.target.closest('[data-action]');
    if (!control || control.getAttribute('aria-busy')) return;
    const term = control.closest('[data-index]');
    control.setAttribute('aria-busy', 'true');
    try {
      await actions[control.dataset.action](term, control, event);
    } catch (error) {
      showFeedback(control, error.message);
    } finally {
      control.removeAttribute('aria-busy');
    }
  });
}

async function copy(term, control) {
  const digits = readDigits(term.dataset.index, 0, maxCopiedDigits, () => showWait(control)).then((read) => read.digits);
  showFeedback(control, (await copyText(digits)) ? 'Copied' : 'Copying is not allowed here');
}

// The link works without script, but an evicted term must be computed again before it can be downloaded.
async function download(term, control, event) {
  if (control.dataset.ready) {
    delete control.dataset.ready;
    return;
  }
  event.preventDefault();
  await readDigits(term.dataset.index, 0, 0, () => showWait(control));
  control.dataset.ready = 'true';
  control.removeAttribute('aria-busy');
  control.click();
}

async function expand(term, control) {
  const expanded = term.querySelector('.expanded');
  if (expanded) {
    expanded.remove();
  } else {
    setExpandText(control, 'Loading digits …', term.dataset.index);
    const { digits, length } = await readDigits(term.dataset.index, 0, maxExpandedDigits - 1).catch((error) => {
      setExpandText(control, 'Show digits', term.dataset.index);
      throw error;
    });
    term.querySelector('.line').after(createExpanded(term.dataset.index, digits, length));
  }
  control.setAttribute('aria-expanded', `${!expanded}`);
  setExpandText(control, expanded ? 'Show digits' : 'Hide digits', term.dataset.index);
}

function createExpanded(index, digits, length) {
  const text = document.createElement('p');
  text.className = 'expanded digits';
  text.tabIndex = 0;
  text.setAttribute('role', 'group');
  text.setAttribute('aria-label', 'Digits');
  text.textContent = group(digits);
  if (digits.length < length) {
    const link = document.createElement('a');
    link.href = `/terms/${index}`;
    link.textContent = `The other ${format(length - digits.length)} digits are on the page of this term`;
    text.append(' … ', link);
  }
  return text;
}

function showWait(control) {
  showFeedback(control, waitText);
}

/** Shows a text beside the control for three seconds, and announces it to screen readers. */
function showFeedback(control, text) {
  const feedback = document.createElement('span');
  feedback.className = 'feedback';
  feedback.setAttribute('role', 'status');
  control.after(feedback);
  // Later: a screen reader reads only changes of elements that it knows.
  setTimeout(() => (feedback.textContent = text), feedbackDelay);
  setTimeout(() => feedback.remove(), feedbackDelay + feedbackTime);
}
