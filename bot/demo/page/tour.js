/* The tour: its stops, each with a sentence, one phone to look at and one thing to do. It is skipped at any time, and by keyboard. */

import { make } from "./chat.js";

export class Tour {
  #at = -1; // -1: closed
  #parts = null;

  /** `words`, `lang`, `steps`: what is said; `leads(user, locks)`: show that phone; `does(step)`: do it; `ends`: it was closed. */
  constructor(page) {
    this.page = page;
  }

  wire(place, opener) {
    const parts = {
      place, opener,
      count: make("p.tour-count"), title: make("h2", { tabindex: "-1", id: "tour-title" }), text: make("p"),
      does: make("button.strong", { type: "button" }), before: make("button.quiet", { type: "button" }),
      after: make("button.quiet", { type: "button" }), skip: make("button.quiet", { type: "button" }),
    };
    this.#parts = parts;
    place.replaceChildren(make("div.tour-words", {}, parts.count, parts.title, parts.text), make("div.tour-buttons", {}, parts.does, parts.before, parts.after, parts.skip));
    opener.addEventListener("click", () => this.#goTo(0));
    parts.before.addEventListener("click", () => this.#goTo(this.#at - 1));
    parts.after.addEventListener("click", () => this.#goTo(this.#at + 1));
    parts.skip.addEventListener("click", () => this.close());
    parts.does.addEventListener("click", async () => {
      const { phone, locks } = this.page.steps()[this.#at];
      this.page.leads(phone, locks);
      parts.does.setAttribute("aria-busy", "true");
      await this.page.does(this.#at);
      parts.does.removeAttribute("aria-busy");
    });
    place.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  close() {
    this.#at = -1;
    this.draw();
    this.page.ends();
  }

  #goTo(step) {
    if (step >= this.page.steps().length) return this.close();
    this.#at = Math.max(step, 0);
    const { phone, locks } = this.page.steps()[this.#at];
    this.page.leads(phone, locks);
    this.draw();
    this.#parts.title.focus();
  }

  draw() {
    if (!this.#parts) return;
    const { place, opener, count, title, text, does, before, after, skip } = this.#parts;
    const steps = this.page.steps();
    const open = this.#at >= 0 && this.#at < steps.length;
    place.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const words = this.page.words();
    const say = (table) => table[this.page.lang()] ?? table.vi;
    const step = steps[this.#at];
    const last = this.#at === steps.length - 1;
    for (const [node, words_] of [[count, words.tourStep(this.#at + 1, steps.length)], [title, say(step.title)], [text, say(step.text)], [does, say(step.does)], [before, words.before], [after, last ? words.endTour : words.after], [skip, words.skipTour]]) {
      if (node.textContent !== words_) node.textContent = words_;
    }
    before.hidden = this.#at === 0;
    skip.hidden = last;
  }
}
