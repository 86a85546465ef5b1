const away = 'The calculator cannot be reached at the moment. Please submit again in a few seconds.';

/** Submits the form without leaving the page; the reason of a refusal comes beside the field and the text stays. */
export function submitInPlace(form, afterwards) {
  const field = form.elements.index;
  const reason = form.querySelector('#reason');
  const said = form.querySelector('#said');
  const button = form.querySelector('button');

  const show = (refusal, message) => {
    reason.textContent = refusal;
    said.textContent = message;
    if (refusal) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    const index = field.value;
    const refusal = await post(index);
    button.disabled = false;
    show(refusal, refusal ? '' : `Index ${index.trim()} was accepted.`);
    if (!refusal) {
      // Unless the next one is being typed already.
      if (field.value === index) field.value = '';
      afterwards();
    }
    field.focus();
  });
}

/** The reason why the index was refused, or '' where it was accepted. */
async function post(index) {
  const answer = await fetch('/api/values', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ index }),
  }).catch(() => null);
  if (answer?.ok) return '';
  if (!answer || answer.status >= 500) return away;
  const text = await answer.text();
  if (!answer.headers.get('Content-Type')?.startsWith('application/problem+json')) return text;
  const { detail, title } = JSON.parse(text);
  return detail ?? title;
}
