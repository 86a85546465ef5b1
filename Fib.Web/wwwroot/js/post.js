import { request } from './request.js';

const defaultRetryAfter = 2;
const maxNamedIndexes = 5;
// A client that was too slow, too early, or too frequent.
const repeatable = [408, 425, 429];

/** A new idempotency key. Not randomUUID, which browsers do not offer to pages that were loaded over plain HTTP. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Submits a batch once: { results }, or { rejection } of the whole submission, or { retryAfter } in seconds if it has to be repeated. */
export async function post(body, key) {
  const response = await request('/api/values/batch', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body),
  });
  // The connection can break within the body, and a proxy can answer with a page of its own.
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer?.results?.length === body.indexes.length) return answer;
  if (!response || response.ok || response.status >= 500 || repeatable.includes(response.status)) {
    return { retryAfter: Number(response?.headers.get('Retry-After')) || defaultRetryAfter };
  }
  return { rejection: answer?.detail ?? answer?.title ?? `The submission was rejected with status ${response.status}.` };
}

/**
 * The accepted indexes, the rejected ones, and the reason in one line. The same texts as in Submissions/SubmitResult.cs.
 * @param isNamed Whether the reason names a single index too.
 */
export function partition(indexes, { results, rejection }, isNamed) {
  if (rejection) {
    return { accepted: [], rejected: indexes, reason: isNamed ? `${rejection}: ${formatIndexes(indexes)}` : rejection };
  }
  const accepted = indexes.filter((_, position) => results[position].accepted);
  const rejected = indexes.filter((_, position) => !results[position].accepted);
  const reasons = new Map();
  results.forEach(({ reason }, position) => {
    if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), indexes[position]]);
  });
  const reason = indexes.length === 1 && !isNamed
    ? results[0].reason ?? ''
    : [...reasons].map(([text, which]) => `${text}: ${formatIndexes(which)}`).join('; ');
  return { accepted, rejected, reason };
}

function formatIndexes(indexes) {
  return indexes.slice(0, maxNamedIndexes).join(', ')
    + (indexes.length > maxNamedIndexes ? ` and ${indexes.length - maxNamedIndexes} more` : '');
}
