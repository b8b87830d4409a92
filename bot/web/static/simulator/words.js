// The page's words in its language, as the server wrote them into it.
export const words = JSON.parse(document.getElementById("words").textContent);

// "{n} people" with its places filled.
export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
