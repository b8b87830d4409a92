// Entries of a chat as elements. Whatever anybody said goes in as text, never as markup.
import { fill, words } from "./words.js";

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function speaker(name) {
  return make("span", "sr", `${name}：`);
}

// What the bot said: a text or a card, and its buttons. `press(choice)` is called once.
export function theirs(item, press) {
  const row = make("div", "row theirs");
  const bubble = make("div", item.title ? "bubble card" : "bubble");
  bubble.append(speaker(words.bot));
  if (item.title) bubble.append(make("h3", "", item.title));
  if (item.facts?.length) bubble.append(facts(item.facts));
  if (item.text) bubble.append(make("p", "", item.text));
  row.append(bubble);
  if (item.choices?.length) row.append(choices(item.choices, press));
  return row;
}

function facts(pairs) {
  const list = make("dl");
  for (const [label, value] of pairs) {
    const pair = make("div");
    pair.append(make("dt", "", label), make("dd", "", value));
    list.append(pair);
  }
  return list;
}

function choices(offered, press) {
  const group = make("div", "choices");
  for (const choice of offered) {
    const button = make("button", `choice ${choice.style}`, choice.label);
    button.type = "button";
    if (choice.shares_location) button.prepend(icon("i-pin"));
    button.addEventListener("click", () => press(choice, group, button));
    group.append(button);
  }
  return group;
}

// A group of buttons of which one was pressed.
export function pressed(group, button) {
  for (const each of group.children) each.disabled = true;
  button.classList.add("pressed");
}

// What this phone said: {mine: "text" | "photo" | "place", text}; `photo` is a blob's address.
export function mine(entry, who, photo) {
  const row = make("div", "row mine");
  const bubble = make("div", "bubble");
  bubble.append(speaker(who));
  if (photo) {
    const image = make("img", "shot");
    image.src = photo;
    image.alt = words.sent_photo;
    bubble.append(image);
  } else {
    if (entry.mine !== "text") bubble.append(icon(entry.mine === "photo" ? "i-photo" : "i-pin"));
    bubble.append(make("p", "", entry.text));
  }
  row.append(bubble);
  return row;
}

// Under something that did not get through: why, and a way to try again.
export function failed(row, reason, again) {
  row.querySelector(".failed")?.remove();
  const note = make("p", "failed", reason);
  note.setAttribute("role", "alert");
  if (again) {
    const button = make("button", "", words.again);
    button.type = "button";
    button.addEventListener("click", () => {
      note.remove();
      again();
    });
    note.append(button);
  }
  row.append(note);
}

export function need(told) {
  const item = make("li", "need");
  item.append(make("h3", "", told.title || words.needs.untitled));
  const place = typeof told.place === "string" ? told.place : told.place?.name;
  const line = make("p", "need-line");
  const parts = [
    place,
    fill(words.needs.people, { n: told.people }),
    fill(words.needs.reports, { n: told.reports }),
  ];
  for (const part of parts) if (part) line.append(make("span", "", part));
  item.append(line);
  const stage = told.stage && (words.needs.stages[told.stage] ?? told.stage);
  if (stage) item.append(make("span", "need-stage", stage));
  return item;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}
