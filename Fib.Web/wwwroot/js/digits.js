import { request } from './request.js';

const defaultRetryAfter = 1;
const maxWait = 120_000;
export const waitText = 'The term is being computed again …';
const unavailable = 'The digits are temporarily unavailable.';

/**
 * Reads the digits of a term from one position to another, both included. If the term must be computed again, calls onWait once, and
 * waits for at most two minutes.
 */
export async function readDigits(index, from, to, onWait = () => {}) {
  const headers = { Accept: 'text/plain', Range: `bytes=${from}-${to}` };
  const begun = performance.now();
  for (let isFirst = true; ; isFirst = false) {
    const response = await request(`/api/values/${index}`, { headers });
    if (response?.status === 206) {
      const digits = await response.text().catch(() => undefined);
      if (digits === undefined) throw new Error(unavailable);
      return { digits, length: Number(response.headers.get('Content-Range').split('/')[1]) };
    }
    if (response?.status !== 202 || performance.now() - begun > maxWait) throw new Error(unavailable);
    if (isFirst) onWait();
    await new Promise((resolve) => setTimeout(resolve, (Number(response.headers.get('Retry-After')) || defaultRetryAfter) * 1_000));
  }
}
