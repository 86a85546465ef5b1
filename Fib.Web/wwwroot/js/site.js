import { actOn } from './actions.js';
import { Board } from './board.js';
import { Live } from './live.js';
import { submitInPlace } from './submit.js';
import { showTerm } from './term.js';

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
