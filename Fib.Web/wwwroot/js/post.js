const defaultPause = 2;

/** A key for one submission. Not randomUUID, which browsers keep from pages that came by plain HTTP. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Submits indexes once: { results }, or { refusal } of the whole, or { away } with the seconds after which to try again. */
export async function post(indexes, key) {
  const answer = await fetch('/api/values/batch', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({ indexes }),
  }).catch(() => null);
  if (!answer || answer.status >= 500) return { away: Number(answer?.headers.get('Retry-After')) || defaultPause };
  if (answer.ok) return answer.json();
  const text = await answer.text();
  if (!answer.headers.get('Content-Type')?.startsWith('application/problem+json')) return { refusal: text };
  const { detail, title } = JSON.parse(text);
  return { refusal: detail ?? title };
}

/** The indexes that were accepted and those that were refused, and why, in one line. The same words as in Terms/SubmitOutcome.cs. */
export function sort(indexes, { results, refusal }) {
  if (refusal) return { accepted: [], refused: indexes, why: refusal };
  const accepted = indexes.filter((_, place) => results[place].accepted);
  const refused = indexes.filter((_, place) => !results[place].accepted);
  const reasons = new Map();
  results.forEach(({ reason }, place) => {
    if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), indexes[place]]);
  });
  const why = indexes.length === 1
    ? results[0].reason ?? ''
    : [...reasons].map(([reason, which]) => `${reason}: ${name(which)}`).join('; ');
  return { accepted, refused, why };
}

function name(indexes) {
  return indexes.slice(0, 5).join(', ') + (indexes.length > 5 ? ` and ${indexes.length - 5} more` : '');
}
