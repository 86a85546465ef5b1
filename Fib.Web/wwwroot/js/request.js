// Longer than the gateway waits for the api, so it ends only what a broken connection would never answer.
const timeout = 15_000;

/** Sends a request to the api; null if there is no response. */
export function request(path, options) {
  return fetch(path, { ...options, signal: AbortSignal.timeout(timeout) }).catch(() => null);
}

/** The JSON of a successful response; null if there is none, or if it breaks off or is not JSON. */
export async function readJson(path) {
  const response = await request(path);
  return response?.ok ? response.json().catch(() => null) : null;
}
