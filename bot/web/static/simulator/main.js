// The page: two phones, the citizens who share the first, and the needs beside them.
import { need } from "./draw.js";
import { chatsOf, keepChats } from "./memory.js";
import * as net from "./net.js";
import { Phone } from "./phone.js";
import { choosePlace } from "./place.js";
import { fill, words } from "./words.js";

const NEEDS_EVERY = 15_000;
const NEEDS_SOON = 1500; // what a citizen just said needs a moment to be gathered

function start() {
  views();
  const told = needsPanel();
  citizens(told);
  staff(told);
}

function phone(role, who, heard) {
  return new Phone(document.getElementById(role), { who, choosePlace, heard });
}

function citizens(heard) {
  const own = phone("citizen", words.me, heard);
  const chats = chatsOf("citizen");
  const select = own.part("chats");
  const turn = (id) => {
    chats.current = id;
    keepChats("citizen", chats);
    select.value = id;
    own.turnTo(id);
  };
  const offer = (id, index) =>
    select.append(new Option(fill(words.citizen_n, { n: index + 1 }), id));
  const add = () => {
    const id = net.freshId();
    offer(id, chats.ids.push(id) - 1);
    turn(id);
  };
  chats.ids.forEach(offer);
  select.addEventListener("change", () => turn(select.value));
  own.part("new").addEventListener("click", () => {
    add();
    own.part("box").focus();
  });
  if (chats.ids.includes(chats.current)) turn(chats.current);
  else add();
}

function staff(heard) {
  const own = phone("staff", words.staff_me, heard);
  const chats = chatsOf("staff");
  if (!chats.current) {
    chats.current = net.freshId();
    keepChats("staff", chats);
  }
  own.turnTo(chats.current);
  const button = own.part("link");
  if (!button) return;
  own.part("unlinked").hidden = own.chat.linked;
  button.addEventListener("click", () => linkStaff(own, button));
}

// A staff member's phone is linked by saying a one-time code on it.
async function linkStaff(own, button) {
  button.disabled = true;
  try {
    own.sayText(await net.staffCode(words.staff.name));
    own.chat.linked = true;
    own.remember();
    own.part("unlinked").hidden = true;
    own.part("box").focus();
  } catch {
    own.state(words.staff.link_failed);
  }
  button.disabled = false;
}

// Gives what to call when there may be news.
function needsPanel() {
  const panel = document.getElementById("needs");
  if (!panel) return undefined;
  const list = panel.querySelector('[data-part="list"]');
  const none = panel.querySelector('[data-part="none"]');
  const look = async () => {
    const told = await net.needs().catch(() => null);
    if (!told) return;
    list.replaceChildren(...told.map(need));
    none.hidden = told.length > 0;
  };
  look();
  setInterval(() => document.hidden || look(), NEEDS_EVERY);
  let soon = 0;
  return () => {
    clearTimeout(soon);
    soon = setTimeout(look, NEEDS_SOON);
  };
}

// On a small screen one thing shows at a time.
function views() {
  const stage = document.querySelector("main.stage");
  const buttons = [...document.querySelectorAll(".views button")];
  for (const button of buttons)
    button.addEventListener("click", () => {
      stage.dataset.view = button.dataset.view;
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      const log = stage.querySelector(`#${button.dataset.view} .log`);
      if (log) log.scrollTop = log.scrollHeight;
    });
}

start();
