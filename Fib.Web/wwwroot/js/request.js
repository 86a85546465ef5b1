// Longer than the gateway waits for the api, so it ends only what a broken connection would never answer.
const timeout = 15_000;

/** Sends a request to the api; null if there is no response. The timeout limits the wait for it, and then each pause within its body. */
export async function request(path, options) {
  const controller = new AbortController();
  const limit = startLimit(() => controller.abort());
  try {
    return limitPauses(await fetch(path, { ...options, signal: controller.signal }), limit);
  } catch {
    limit.stop();
    return null;
  }
}

/** The JSON of a successful response; null if there is none, or if it breaks off or is not JSON. */
export async function readJson(path) {
  const response = await request(path);
  return response?.ok ? response.json().catch(() => null) : null;
}

// A slow link needs longer than the timeout for a large term, but it does not pause.
function limitPauses(response, limit) {
  limit.restart();
  if (!response.body) {
    limit.stop();
    return response;
  }
  const pauses = new TransformStream({
    transform(chunk, controller) {
      limit.restart();
      controller.enqueue(chunk);
    },
    flush: limit.stop,
  });
  return new Response(response.body.pipeThrough(pauses), response);
}

function startLimit(onExceeded) {
  let timer;
  const stop = () => clearTimeout(timer);
  const restart = () => {
    stop();
    timer = setTimeout(onExceeded, timeout);
  };
  restart();
  return { restart, stop };
}
