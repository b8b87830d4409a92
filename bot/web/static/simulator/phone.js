// One phone: what is said on it goes out in order, what the bot says comes in by long poll.
import { failed, mine, pressed, theirs } from "./draw.js";
import { chatOf, keepChat } from "./memory.js";
import * as net from "./net.js";
import { fill, words } from "./words.js";

const PHOTO_BYTES = 10 * 1024 * 1024;
const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp"];
const TYPING_MOST = 10_000;
const FIRST_RETRY = 1000;
const LAST_RETRY = 15_000;

export class Phone {
  // `root` is the phone's section, `choosePlace` asks for {lat, lon, label} or null.
  // `heard` is called after news.
  constructor(root, { who, choosePlace, heard }) {
    this.root = root;
    this.who = who;
    this.choosePlace = choosePlace;
    this.heard = heard;
    this.going = Promise.resolve(); // so that what is typed first arrives first
    this.wire();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  wire() {
    const box = this.part("box");
    this.part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.sayBox();
    });
    box.addEventListener("keydown", (event) => {
      // Enter that picks a candidate of an input method is not a send (229 in Safari).
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
        return;
      event.preventDefault();
      this.sayBox();
    });
    box.addEventListener("input", () => grow(box));
    for (const button of this.root.querySelectorAll(".try"))
      button.addEventListener("click", () => this.sayText(button.textContent));
    this.part("place")?.addEventListener("click", () => this.sayPlace());
    const file = this.part("file");
    this.part("photo")?.addEventListener("click", () => file.click());
    file?.addEventListener("change", () => this.sayPhoto(file));
  }

  // Turn to a chat: show what was said in it and listen to it from there.
  turnTo(id) {
    this.listening?.abort();
    this.id = id;
    this.chat = chatOf(id);
    this.typing(false);
    const log = this.part("log");
    log.setAttribute("aria-live", "off"); // what is only repeated is not read out
    log.replaceChildren();
    for (const entry of this.chat.log) this.show(entry);
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    this.listen();
    if (!this.chat.greeted) {
      this.chat.greeted = true;
      this.remember();
      this.send(null, (event) => net.say(id, event, this.content({ kind: "followed" })));
    }
  }

  async listen() {
    const { signal } = (this.listening = new AbortController());
    let wait = FIRST_RETRY;
    while (!signal.aborted) {
      try {
        const items = await net.hear(this.id, this.chat.after, signal);
        if (signal.aborted) return;
        this.state("");
        wait = FIRST_RETRY;
        this.take(items);
      } catch {
        if (signal.aborted) return;
        this.state(words.offline);
        await net.pause(wait);
        wait = Math.min(wait * 2, LAST_RETRY);
      }
    }
  }

  take(items) {
    if (!items.length) return;
    for (const item of items) {
      this.chat.log.push(item);
      this.chat.after = item.seq;
      this.show(item);
    }
    this.typing(false);
    this.remember();
    this.heard?.();
  }

  show(entry, photo) {
    const row = entry.mine
      ? mine(entry, this.who, photo)
      : theirs(entry, (choice, group, button) => this.press(choice, group, button));
    const log = this.part("log");
    for (const old of log.querySelectorAll(".choices:not(.old)")) old.classList.add("old");
    log.append(row);
    log.scrollTop = log.scrollHeight;
    return row;
  }

  async press(choice, group, button) {
    if (choice.shares_location) return this.sayPlace();
    pressed(group, button);
    this.part("box").focus({ preventScroll: true });
    this.out({ mine: "text", text: choice.label }, { kind: "tap", data: choice.data });
  }

  sayBox() {
    const box = this.part("box");
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    grow(box);
    this.sayText(text);
  }

  sayText(text) {
    this.out({ mine: "text", text }, { kind: "text", text });
  }

  async sayPlace() {
    const place = await this.choosePlace();
    if (!place) return;
    const text = fill(words.sent_place, { place: place.label });
    this.out({ mine: "place", text }, { kind: "location", ...place });
  }

  sayPhoto(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const entry = { mine: "photo", text: words.sent_photo };
    const row = this.show(entry, URL.createObjectURL(file));
    if (!PHOTO_TYPES.includes(file.type)) return failed(row, words.not_photo);
    if (file.size > PHOTO_BYTES) return failed(row, words.too_large);
    this.keep(entry);
    const { id } = this;
    this.send(row, (event) => net.sendPhoto(id, event, file));
  }

  out(entry, content) {
    const row = this.show(entry);
    this.keep(entry);
    const { id } = this;
    this.send(row, (event) => net.say(id, event, this.content(content)));
  }

  // The message's number goes along: a message can be edited and taken back by it.
  content(said) {
    return { ...said, ref: net.freshId(), locale: document.documentElement.lang };
  }

  // One event keeps its id over all its tries, so that a repeat is known for one.
  send(row, call, event = net.freshId()) {
    this.typing(true);
    this.going = this.going
      .then(() => call(event))
      .catch((refusal) => {
        this.typing(false);
        if (!row) return;
        const reason = refusal.status === 413 ? words.too_large : words.not_sent;
        failed(row, reason, () => this.send(row, call, event));
      });
    return this.going;
  }

  keep(entry) {
    this.chat.log.push(entry);
    this.remember();
  }

  remember() {
    keepChat(this.id, this.chat);
  }

  typing(on) {
    clearTimeout(this.typingEnds);
    this.part("typing").hidden = !on;
    if (!on) return;
    this.part("log").scrollTop = this.part("log").scrollHeight;
    this.typingEnds = setTimeout(() => this.typing(false), TYPING_MOST);
  }

  state(said) {
    this.part("state").textContent = said;
  }
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 120)}px`;
}
