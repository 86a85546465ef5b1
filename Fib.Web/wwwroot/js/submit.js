import { parseEntries } from './entries.js';
import { listen } from './events.js';
import { partition } from './post.js';
import { Progress } from './progress.js';
import { Sender } from './sender.js';

/** Submits the forms of the page without leaving it. The reason of a rejection appears beside the field, which keeps its text. */
export function submitInPlace(resultsList, liveUpdates) {
  const form = document.getElementById('submit');
  const field = form.elements.index;
  const reason = document.getElementById('reason');
  const status = document.getElementById('submit-status');
  const sender = new Sender(resultsList);
  let progress = new Progress([]);
  let submittedText;

  const show = (error, message) => {
    reason.textContent = error;
    status.textContent = message;
    if (error) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };

  /** The rejected indexes and the number of accepted ones; null if another submission replaced this one. */
  const submit = async (text, indexes) => {
    show('', '');
    form.setAttribute('aria-busy', 'true');
    const response = await sender.send(text, { indexes });
    if (!response) return null;
    form.removeAttribute('aria-busy');
    const { accepted, rejected, reason: error } = partition(indexes, response);
    if (accepted.length > 0) await liveUpdates.refresh();
    resultsList.expect([]);
    progress = new Progress(accepted, (index) => resultsList.stateOf(Number(index)));
    show(error, progress.message);
    return { rejected, accepted: accepted.length };
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value;
    // Enter pressed twice is one submission, until the outcome is shown.
    if (sender.retryNow(text) || submittedText === text) return;
    const { indexes, error } = parseEntries(text);
    if (error) {
      show(error, '');
      field.focus();
      return;
    }

    submittedText = text;
    const outcome = await submit(text, indexes).finally(() => {
      if (submittedText === text) submittedText = undefined;
    });
    if (!outcome) return;
    if (outcome.accepted > 0 && outcome.rejected.length === 0 && !resultsList.isNewest) location.assign(`/?accepted=${outcome.accepted}`);
    // Unless the user is already typing the next submission.
    if (field.value === text && outcome.accepted > 0) field.value = outcome.rejected.join(', ');
    field.focus();
  });

  document.getElementById('terms').addEventListener('submit', (event) => {
    event.preventDefault();
    const { value } = event.target.elements.index;
    if (!sender.retryNow(value)) submit(value, [value]);
  });

  // Ignores the second click of a double click: the response to the first may already have arrived.
  document.addEventListener('click', (event) => {
    if (event.detail > 1 && event.target.closest('form button')) event.preventDefault();
  });

  for (const type of ['computed', 'failed']) {
    listen(type, ({ index }) => {
      if (progress.settle(index, type)) status.textContent = progress.message;
    });
  }
}
