const hopTime = 260;
const highlightTime = 700;
const maxQueued = 3;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

// The edge to Redis belongs to the second path: the event "accepted" does not prove that the index was queued.
const acceptedPath = ['browser gateway', 'gateway api', 'api postgres'];
const computedPath = ['api redis', 'redis worker', 'worker redis', 'redis api', 'api gateway', 'gateway browser'];

/** Animates events in the diagram of the system, one after the other and slowly enough to be seen. */
export class SystemDiagram {
  #svg;
  #dots;
  #queue = [];
  #playing = false;

  constructor(svg) {
    this.#svg = svg;
    this.#dots = svg.querySelector('.dots');
  }

  accepted() {
    this.#enqueue({ path: acceptedPath });
  }

  computed(term) {
    this.#enqueue({ path: computedPath, finished: () => this.setCaption('browser', term) });
  }

  failed() {
    this.#enqueue({ path: computedPath, isFailure: true, finished: () => this.setCaption('browser', 'failed') });
  }

  progress(percent) {
    this.setCaption('worker', `${percent} %`);
    this.#highlight(this.#node('worker'));
  }

  /** Sets the text below the name of a node. */
  setCaption(name, text) {
    this.#node(name).querySelector('.caption').textContent = text;
  }

  // Only the latest few of many events are animated, and none while the page is hidden.
  async #enqueue(animation) {
    if (document.hidden) return;
    this.#queue = [...this.#queue, animation].slice(-maxQueued);
    if (this.#playing) return;
    this.#playing = true;
    while (this.#queue.length > 0) await this.#play(this.#queue.shift());
    this.#playing = false;
  }

  async #play({ path, isFailure, finished }) {
    for (const edge of path) await this.#hop(edge, isFailure);
    finished?.();
  }

  async #hop(edge, isFailure) {
    const line = this.#svg.querySelector(`[data-edge="${edge}"]`);
    const [from, to] = edge.split(' ').map((name) => this.#node(name));
    this.#highlight(from);
    this.#highlight(line);
    await (reducedMotion.matches ? delay(hopTime) : this.#moveDot(line));
    this.#highlight(to, isFailure && to === this.#node('browser') ? 'failed' : 'highlighted');
  }

  #moveDot(line) {
    const dot = document.createElementNS(this.#svg.namespaceURI, 'circle');
    dot.setAttribute('r', '5');
    this.#dots.append(dot);
    const ends = [0, line.getTotalLength()].map((length) => line.getPointAtLength(length));
    const keyframes = ends.map(({ x, y }) => ({ transform: `translate(${x}px, ${y}px)` }));
    const animation = dot.animate(keyframes, { duration: hopTime, easing: 'ease-in-out' });
    return animation.finished.catch(() => {}).then(() => dot.remove());
  }

  #highlight(element, className = 'highlighted') {
    element.classList.add(className);
    clearTimeout(element.highlightTimer);
    element.highlightTimer = setTimeout(() => element.classList.remove('highlighted', 'failed'), highlightTime);
  }

  #node(name) {
    return this.#svg.querySelector(`[data-node="${name}"]`);
  }
}

const delay = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
