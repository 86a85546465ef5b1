import { Board } from './board.js';
import { Live } from './live.js';
import { submitInPlace } from './submit.js';

const form = document.querySelector('form');
if (form) {
  const board = new Board(document.getElementById('seen'), document.getElementById('terms'));
  const live = new Live(board, document.getElementById('live'));
  submitInPlace(form, () => live.refresh());
  live.start();
}
