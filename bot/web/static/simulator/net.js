// What the phones ask of the server. Every call throws a Refusal when it is not taken.

export class Refusal extends Error {
  constructor(status) {
    super(`answered ${status}`);
    this.status = status;
  }
}

async function taken(answer) {
  if (!answer.ok) throw new Refusal(answer.status);
  return answer.json();
}

const post = (url, body, type) =>
  fetch(url, { method: "POST", body, headers: { "content-type": type } }).then(taken);

const json = (url, said) => post(url, JSON.stringify(said), "application/json");

export const say = (chat, event, content) => json("/simulator/say", { chat, event, content });

export const sendPhoto = (chat, event, file) =>
  post(`/simulator/photo?${new URLSearchParams({ chat, event })}`, file, file.type);

export const staffCode = (name) => json("/simulator/staff", { name }).then((told) => told.code);

export const hear = (chat, after, signal) =>
  fetch(`/simulator/feed?${new URLSearchParams({ chat, after })}`, { signal })
    .then(taken)
    .then((told) => told.items);

export const needs = () => fetch("/simulator/needs").then(taken).then((told) => told.needs);

// Outside https and localhost browsers have no randomUUID.
export function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
