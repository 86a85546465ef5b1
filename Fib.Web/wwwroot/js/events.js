/** The types of the api's events. */
export const types = ['accepted', 'computed', 'failed', 'preview', 'progress'];
const maxReconnectDelay = 15_000;
// The api sends a ping after 15 s without an event. A connection without anything is broken, and nothing else would say so.
const maxSilence = 45_000;
let isWanted = false;
let source;
let reconnectTimer;
let silenceTimer;
let attempts = 0;

/** The api's events for every part of the page over one connection, and the events "open" and "disconnected" of that connection. */
export const events = new EventTarget();

/** Calls back with the data and the id of each event of a type. Previews and progress have no id of their own. */
export function listen(type, callback) {
  events.addEventListener(type, ({ detail }) => callback(detail?.data, detail?.id));
}

/** Connects to the api's events whenever the page is visible. */
export function connect() {
  isWanted = true;
  open();
}

// Browsers open six connections to a host over HTTP/1.1, for all tabs together, so a hidden page keeps none.
function open() {
  clearTimeout(reconnectTimer);
  if (!isWanted || source || document.hidden) return;
  source = new EventSource('/api/values/events');
  awaitEvents();
  source.addEventListener('ping', awaitEvents);
  source.onopen = () => {
    attempts = 0;
    awaitEvents();
    dispatch('open');
  };
  source.onerror = onError;
  for (const type of types) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      awaitEvents();
      dispatch(type, { data: JSON.parse(data), id: Number(lastEventId) });
    });
  }
}

// The browser reconnects from the last event it received, except if the response was an error.
function onError() {
  dispatch('disconnected');
  if (source.readyState !== EventSource.CLOSED) return;
  close();
  reconnectTimer = setTimeout(open, Math.min(500 * 2 ** attempts++, maxReconnectDelay));
}

function awaitEvents() {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => {
    dispatch('disconnected');
    close();
    open();
  }, maxSilence);
}

function close() {
  clearTimeout(reconnectTimer);
  clearTimeout(silenceTimer);
  source?.close();
  source = undefined;
}

function dispatch(type, detail) {
  events.dispatchEvent(new CustomEvent(type, { detail }));
}

document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
// Nor does a page in the back/forward cache.
addEventListener('pagehide', close);
addEventListener('pageshow', open);
