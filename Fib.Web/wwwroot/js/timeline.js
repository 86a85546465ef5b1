// The same as in Stages/Timeline.cs, which does not know when a term was shown.
export const stages = ['accepted', 'stored', 'queued', 'computed', 'shown'];

/**
 * Milliseconds since the api had the index, to each stage; null where it was not reached. The clocks of several machines
 * took part, so a stage that seems to come before its predecessor is given its predecessor's time.
 */
export function times({ receivedAt, storedAt, queuedAt, computedAt }, shown = null) {
  const start = Date.parse(receivedAt);
  let latest = 0;
  const clamp = (time) => (Number.isFinite(time) ? (latest = Math.max(latest, time)) : null);
  return [...[receivedAt, storedAt, queuedAt, computedAt].map((at) => clamp(Date.parse(at) - start)), shown === null ? null : clamp(shown)];
}

/** Such as "0 ms", "12 ms", "3.4 s" and "5 min". */
export function say(time) {
  if (time === null) return '–';
  if (time < 1_000) return `${Math.floor(time)} ms`;
  if (time < 100_000) return `${(Math.floor(time / 100) / 10).toFixed(1)} s`;
  return `${Math.floor(time / 60_000)} min`;
}
