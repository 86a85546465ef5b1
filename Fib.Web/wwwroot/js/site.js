import { actOn } from './actions.js';
import { Board } from './board.js';
import { connect } from './events.js';
import { Live } from './live.js';
import { submitInPlace } from './submit.js';
import { SystemView } from './system.js';
import { showTerm } from './term.js';

const system = document.getElementById('system');
if (system) new SystemView(system).start();

const results = document.getElementById('results');
if (results) {
  const board = new Board(results.dataset);
  const live = new Live(board);
  submitInPlace(board, live);
  actOn(results);
}

const term = document.getElementById('term');
if (term) {
  showTerm(term);
  actOn(term);
}

if (system && !results) connect();
