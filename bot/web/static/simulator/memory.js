// What the browser remembers between visits: its chats, and what was said in each.
// A browser that keeps nothing (private mode, full) still works until the page closes.

const LONGEST = 120;
const kept = new Map();

function load(key, otherwise) {
  if (kept.has(key)) return kept.get(key);
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(key));
  } catch {
    // unreadable or forbidden: as if there were nothing
  }
  kept.set(key, found ?? otherwise);
  return kept.get(key);
}

function save(key, value) {
  kept.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full or forbidden: remembered until the page closes
  }
}

// The chats of a role: {ids, current}.
export const chatsOf = (role) => load(`cityvoice.${role}`, { ids: [], current: "" });
export const keepChats = (role, chats) => save(`cityvoice.${role}`, chats);

// One chat: {after, log, linked}; log entries are {mine, …} or what the feed told.
export const chatOf = (id) => load(`cityvoice.chat.${id}`, { after: 0, log: [], linked: false });

export function keepChat(id, chat) {
  chat.log = chat.log.slice(-LONGEST);
  save(`cityvoice.chat.${id}`, chat);
}
