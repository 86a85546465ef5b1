const step = 260;
const glow = 700;
const most = 3;

const still = matchMedia('(prefers-reduced-motion: reduce)');

// Only when a term comes is it known that its index was queued: one that was there already is not.
const there = ['browser gateway', 'gateway api', 'api postgres'];
const back = ['api redis', 'redis worker', 'worker redis', 'redis api', 'api gateway', 'gateway browser'];

/** Lights up the drawing of the system: one journey after another, slow enough to be seen. */
export class Drawing {
  #svg;
  #dots;
  #waiting = [];
  #playing = false;

  constructor(svg) {
    this.#svg = svg;
    this.#dots = svg.querySelector('.dots');
  }

  accepted() {
    this.#play({ hops: there });
  }

  computed(term) {
    this.#play({ hops: back, arrived: () => this.say('browser', term) });
  }

  failed() {
    this.#play({ hops: back, wrong: true, arrived: () => this.say('browser', 'failed') });
  }

  progress(percent) {
    this.say('worker', `${percent} %`);
    this.#light(this.#node('worker'));
  }

  /** What stands below the name of a node. */
  say(name, text) {
    this.#node(name).querySelector('.does').textContent = text;
  }

  // Of many at once the latest few are shown, and nothing where nobody looks.
  async #play(journey) {
    if (document.hidden) return;
    this.#waiting = [...this.#waiting, journey].slice(-most);
    if (this.#playing) return;
    this.#playing = true;
    while (this.#waiting.length > 0) await this.#travel(this.#waiting.shift());
    this.#playing = false;
  }

  async #travel({ hops, wrong, arrived }) {
    for (const edge of hops) await this.#hop(edge, wrong);
    arrived?.();
  }

  async #hop(edge, wrong) {
    const path = this.#svg.querySelector(`[data-edge="${edge}"]`);
    const [from, to] = edge.split(' ').map((name) => this.#node(name));
    this.#light(from);
    this.#light(path);
    await (still.matches ? pause(step) : this.#move(path));
    this.#light(to, wrong && to === this.#node('browser') ? 'wrong' : 'lit');
  }

  #move(path) {
    const dot = document.createElementNS(this.#svg.namespaceURI, 'circle');
    dot.setAttribute('r', '5');
    this.#dots.append(dot);
    const places = [0, path.getTotalLength()].map((length) => path.getPointAtLength(length));
    const moved = dot.animate(places.map(({ x, y }) => ({ transform: `translate(${x}px, ${y}px)` })), { duration: step, easing: 'ease-in-out' });
    return moved.finished.catch(() => {}).then(() => dot.remove());
  }

  #light(element, how = 'lit') {
    element.classList.add(how);
    clearTimeout(element.glowing);
    element.glowing = setTimeout(() => element.classList.remove('lit', 'wrong'), glow);
  }

  #node(name) {
    return this.#svg.querySelector(`[data-node="${name}"]`);
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
