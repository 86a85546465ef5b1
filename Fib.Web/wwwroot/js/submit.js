import { readEntries } from './entries.js';
import { listen } from './events.js';
import { sort } from './post.js';
import { Progress } from './progress.js';
import { Sender } from './sender.js';

/** Submits the forms of the page without leaving it; the reason of a refusal comes beside the field and the text stays. */
export function submitInPlace(board, live) {
  const form = document.getElementById('submit');
  const field = form.elements.index;
  const reason = document.getElementById('reason');
  const said = document.getElementById('said');
  const sender = new Sender(board);
  let progress = new Progress([]);
  let underWay;

  const show = (refusal, message) => {
    reason.textContent = refusal;
    said.textContent = message;
    if (refusal) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };

  /** What was refused, and why; null where another submission came instead. */
  const submit = async (text, indexes) => {
    show('', '');
    form.setAttribute('aria-busy', 'true');
    const answer = await sender.send(text, indexes);
    if (!answer) return null;
    form.removeAttribute('aria-busy');
    const { accepted, refused, why } = sort(indexes, answer);
    if (accepted.length > 0) await live.refresh();
    board.expect([]);
    progress = new Progress(accepted, (index) => board.stateOf(Number(index)));
    show(why, progress.said);
    return { refused, accepted: accepted.length };
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value;
    // A second press of Enter is the same submission, until the field says that it was taken.
    if (sender.hurry(text) || underWay === text) return;
    const { indexes, wrong } = readEntries(text);
    if (wrong) {
      show(wrong, '');
      field.focus();
      return;
    }

    underWay = text;
    const outcome = await submit(text, indexes).finally(() => {
      if (underWay === text) underWay = undefined;
    });
    if (!outcome) return;
    if (outcome.accepted > 0 && outcome.refused.length === 0 && !board.isNewest) location.assign(`/?accepted=${outcome.accepted}`);
    // Unless the next one is being typed already.
    if (field.value === text && outcome.accepted > 0) field.value = outcome.refused.join(', ');
    field.focus();
  });

  document.getElementById('terms').addEventListener('submit', (event) => {
    event.preventDefault();
    const { value } = event.target.elements.index;
    if (!sender.hurry(value)) submit(value, [value]);
  });

  // The second click of a double click: the answer to the first may have come by then.
  document.addEventListener('click', (event) => {
    if (event.detail > 1 && event.target.closest('form button')) event.preventDefault();
  });

  for (const kind of ['computed', 'failed']) {
    listen(kind, ({ index }) => {
      if (progress.settle(index, kind)) said.textContent = progress.said;
    });
  }
}
