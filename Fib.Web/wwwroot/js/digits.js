const defaultPause = 1;

/** Digits of a term, from a place up to and with another; waits while the term is computed again. */
export async function readDigits(index, from, to) {
  while (true) {
    const answer = await fetch(`/api/values/${index}`, { headers: { Accept: 'text/plain', Range: `bytes=${from}-${to}` } }).catch(() => null);
    if (answer?.status === 206) {
      const length = Number(answer.headers.get('Content-Range').split('/')[1]);
      return { digits: await answer.text(), length };
    }
    if (answer?.status !== 202) throw new Error('The digits cannot be had at the moment.');
    await new Promise((wake) => setTimeout(wake, (Number(answer.headers.get('Retry-After')) || defaultPause) * 1_000));
  }
}
