import { parseEntries } from './entries.js';
import { listen } from './events.js';
import { partition } from './post.js';
import { Progress } from './progress.js';
import { Sender } from './sender.js';
import { setText } from './text.js';

/** Submits the forms of the page without leaving it. The reason of a rejection appears beside the field, which keeps its text. */
export function submitInPlace(resultsList, liveUpdates) {
  const form = document.getElementById('submit');
  const field = form.elements.index;
  // Not the form: a screen reader may not read the messages of a busy element.
  const busy = form.querySelector('.field');
  const reason = document.getElementById('reason');
  const status = document.getElementById('submit-status');
  const sender = new Sender(resultsList);
  const submitting = new Set();
  const sent = new Set();
  let shown = new Progress([]);

  const progresses = () => [...sent, shown];

  // Before the first submission, the status is the server's.
  const showStatus = () => {
    if (!shown.isEmpty) setText(status, shown.message);
  };

  const showReason = (error, isInField) => {
    reason.textContent = error;
    if (isInField) field.setAttribute('aria-invalid', 'true');
    else if (!error) field.removeAttribute('aria-invalid');
  };

  const clearOutcome = () => {
    shown = new Progress([]);
    showReason('');
    status.textContent = '';
  };

  /** The rejected indexes and the number of accepted ones. */
  const submit = async (text, indexes) => {
    const progress = new Progress(indexes);
    sent.add(progress);
    clearOutcome();
    busy.setAttribute('aria-busy', 'true');
    const response = await sender.send(text, { indexes });
    if (!sender.isSending) busy.removeAttribute('aria-busy');
    const isInField = field.value === text;
    const { accepted, rejected, reason: error } = partition(indexes, response, !isInField);
    progress.accept(accepted);
    if (accepted.length > 0) await liveUpdates.refresh();
    resultsList.stopExpecting(indexes);
    // Another submission may have been rejected meanwhile.
    if (error) showReason([reason.textContent, error].filter(Boolean).join('; '), isInField);
    if (accepted.length > 0) shown = progress;
    showStatus();
    sent.delete(progress);
    return { rejected, accepted: accepted.length };
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value;
    // Enter pressed twice is one submission, until the outcome is shown.
    if (sender.retryNow(text) || submitting.has(text)) return;
    const { indexes, error } = parseEntries(text);
    if (error) {
      clearOutcome();
      showReason(error, true);
      field.focus();
      return;
    }

    submitting.add(text);
    const outcome = await submit(text, indexes);
    submitting.delete(text);
    const isAccepted = outcome.accepted > 0 && outcome.rejected.length === 0;
    // Unless the user is already typing the next submission.
    if (field.value !== text) return;
    if (isAccepted && !resultsList.isNewest && !sender.isSending) location.assign(`/?accepted=${outcome.accepted}`);
    if (outcome.accepted > 0) field.value = outcome.rejected.join(', ');
    // Nor is the focus taken from another part of the page, or the page scrolled: the answer may come minutes later.
    const hasFocus = [...form.elements].includes(document.activeElement);
    if (hasFocus || (document.activeElement === document.body && isVisible(field))) field.focus({ preventScroll: true });
  });

  document.getElementById('terms').addEventListener('submit', (event) => {
    event.preventDefault();
    const { index } = event.target.closest('[data-index]').dataset;
    if (!sender.retryNow(index)) submit(index, [index]);
  });

  // Ignores the second click of a double click: the response to the first may already have arrived.
  document.addEventListener('click', (event) => {
    if (event.detail > 1 && event.target.closest('form button')) event.preventDefault();
  });

  listen('accepted', ({ index }, id) => {
    for (const progress of progresses()) progress.retry(index, id);
    showStatus();
  });

  for (const type of ['computed', 'failed']) {
    listen(type, ({ index }, id) => {
      for (const progress of progresses()) progress.settle(index, type === 'failed', id);
      showStatus();
    });
  }

  liveUpdates.onRefresh = async (items, requestedAt, mayRequestOthers) => {
    const isComplete = await Promise.all(
      progresses().map((progress) => progress.settleListed(items, requestedAt, mayRequestOthers)));
    showStatus();
    return !isComplete.includes(false);
  };
}

function isVisible(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
