import { handleActions } from './actions.js';
import { drawDigits } from './digitsChart.js';
import { connect } from './events.js';
import { LiveUpdates } from './liveUpdates.js';
import { ResultsList } from './resultsList.js';
import { submitInPlace } from './submit.js';
import { SystemOverview } from './systemOverview.js';
import { showTerm } from './term.js';

// The message is shown once: not again after a reload.
if (new URLSearchParams(location.search).has('accepted')) history.replaceState(null, '', '/');

const system = document.getElementById('system');
if (system) new SystemOverview(system).start();

const results = document.getElementById('results');
if (results) {
  const digits = document.getElementById('digits');
  const resultsList = new ResultsList(results.dataset, (indexes) => drawDigits(digits, indexes));
  const liveUpdates = new LiveUpdates(resultsList);
  submitInPlace(resultsList, liveUpdates);
  handleActions(results);
}

const term = document.getElementById('term');
if (term) {
  showTerm(term);
  handleActions(term);
}

if (system && !results) connect();
