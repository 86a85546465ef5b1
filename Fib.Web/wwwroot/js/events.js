const kinds = ['accepted', 'computed', 'failed', 'progress'];
const longestPause = 15_000;
let source;
let attempts = 0;

/** What the api tells, for every part of the page over one connection: its kinds of event, and "open" and "broken". */
export const events = new EventTarget();

/** Calls back with what each event of a kind says. */
export function listen(kind, tell) {
  events.addEventListener(kind, ({ detail }) => tell(detail));
}

export function connect() {
  source = new EventSource('/api/values/events');
  source.onopen = () => {
    attempts = 0;
    tell('open');
  };
  source.onerror = broken;
  for (const kind of kinds) {
    source.addEventListener(kind, ({ data }) => tell(kind, JSON.parse(data)));
  }
}

// The browser reconnects by itself, from the last event it saw, unless it was refused.
function broken() {
  tell('broken');
  if (source.readyState === EventSource.CLOSED) {
    setTimeout(connect, Math.min(500 * 2 ** attempts++, longestPause));
  }
}

function tell(kind, detail) {
  events.dispatchEvent(new CustomEvent(kind, { detail }));
}

// A page that the browser keeps for its Back button holds no connection.
addEventListener('pagehide', () => source?.close());
addEventListener('pageshow', ({ persisted }) => persisted && connect());
