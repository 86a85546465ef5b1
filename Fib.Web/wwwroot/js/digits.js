import { request } from './request.js';

const defaultRetryAfter = 1;

/** Reads the digits of a term from one position to another, both included; waits while the term is computed again. */
export async function readDigits(index, from, to) {
  const headers = { Accept: 'text/plain', Range: `bytes=${from}-${to}` };
  while (true) {
    const response = await request(`/api/values/${index}`, { headers });
    if (response?.status === 206) {
      const length = Number(response.headers.get('Content-Range').split('/')[1]);
      return { digits: await response.text(), length };
    }
    if (response?.status !== 202) throw new Error('The digits are temporarily unavailable.');
    await new Promise((resolve) => setTimeout(resolve, (Number(response.headers.get('Retry-After')) || defaultRetryAfter) * 1_000));
  }
}
