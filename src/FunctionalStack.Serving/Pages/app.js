// Shows a form for the chosen model, and its predictions. Asks nobody but this server.
import { element, build, fill, row, mark } from "/form.js";
import { drawing, clear, pictureOf, pictureIn } from "/draw.js";

const find = id => document.getElementById(id);
const state = { card: null, asked: 0 };
const mostPreviewed = 10;
const mostReasons = 12;
const mostBars = 12;

class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `The server answered with status ${status}.`);
    Object.assign(this, { status, column: problem.column });
  }
}

async function ask(path, options) {
  const response = await fetch(path, options);
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401) find("key-form").hidden = false;
  throw new Problem(response.status, problem);
}

function say(text, isError = false) {
  find("status").textContent = text;
  find("status").classList.toggle("error", isError);
}

const failed = error => say(error instanceof Problem ? sentence(error.message) : "The server cannot be reached. Is it still running?", true);
const sentence = text => `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
const percent = share => `${(100 * share).toFixed(1)}%`;
const number = value => value == null ? "unbounded" : `${Number(value.toPrecision(6))}`;
const path = () => `/models/${encodeURIComponent(state.card.name)}`;

function bar(share, isAgainst = false) {
  const filled = element("span", isAgainst ? { class: "against" } : {});
  filled.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return element("div", { class: "rail", "aria-hidden": "true" }, filled);
}

function showPrediction(one) {
  const parts = [element("p", { class: "answer", id: "answer" },
    typeof one.prediction === "number" ? number(one.prediction) : `${one.prediction}`)];
  if (one.interval) {
    parts.push(element("p", { id: "interval" },
      `between ${number(one.interval.lower)} and ${number(one.interval.upper)}, at the level ${percent(find("level").value)}`));
  }
  if (one.set) parts.push(element("p", { id: "set" }, `at the level ${percent(find("level").value)}: ${one.set.join(" or ")}`));
  if (one.probabilities) {
    const sorted = Object.entries(one.probabilities).sort((a, b) => b[1] - a[1]);
    parts.push(element("ul", { class: "bars", id: "bars" }, ...sorted.slice(0, mostBars).map(([level, share]) => element("li", {},
      element("div", { class: "line" }, element("span", {}, level), element("span", {}, percent(share))), bar(share)))));
    if (sorted.length > mostBars) parts.push(element("p", { class: "muted" }, `and ${sorted.length - mostBars} less probable classes`));
  }
  find("result").replaceChildren(...parts);
}

function showReasons(explanation) {
  const box = find("reasons");
  box.hidden = !explanation;
  if (!explanation) return;
  const most = Math.max(...explanation.contributions.map(one => Math.abs(one.contribution)), 1e-300);
  const what = explanation.method === "shap"
    ? `How much each column adds to ${explanation.of} (Shapley values).`
    : `How much ${explanation.of} would change if the column had its typical value instead. Columns that act together share a change.`;
  box.replaceChildren(element("h3", {}, "Reasons"), element("p", { class: "muted" }, what),
    element("ul", { class: "bars" }, ...explanation.contributions.slice(0, mostReasons).map(one => element("li", {},
      element("div", { class: "line" }, element("span", {}, one.column),
        element("span", {}, `${one.contribution > 0 ? "+" : ""}${one.contribution.toFixed(3)}`)),
      bar(Math.abs(one.contribution) / most, one.contribution < 0)))));
}

function showNotes(notes) {
  find("notes").hidden = notes.length === 0;
  find("notes").replaceChildren(...notes.map(note => element("li", {}, note)));
}

function showAnswer(answer) {
  showPrediction(answer.predictions[0]);
  showReasons(answer.predictions[0].explanation);
  showNotes(answer.notes);
  say("");
}

/** Shows the answer of the last request only. */
async function predict(body, type) {
  const asked = ++state.asked;
  try {
    const response = await ask(`${path()}/predict`, { method: "POST", headers: { "Content-Type": type }, body });
    const answer = await response.json();
    if (asked === state.asked) showAnswer(answer);
  } catch (error) {
    if (asked !== state.asked) return;
    failed(error);
    if (error.column) mark(state.card.columns, error.column);
  }
}

async function predictRow(event) {
  event.preventDefault();
  const level = find("level-field").hidden ? "" : find("level").value;
  const request = { rows: [row(state.card.columns)], explain: find("explain").checked };
  if (level && state.card.intervals) request.intervals = Number(level);
  if (level && state.card.sets) request.sets = Number(level);
  find("predict").disabled = true;
  await predict(JSON.stringify(request), "application/json");
  find("predict").disabled = false;
}

/** Reads the lines of an answer in CSV. */
function lines(text, most) {
  const all = [];
  let [cells, cell, quoted] = [[], "", false];
  for (let i = 0; i < text.length && all.length <= most; i++) {
    const one = text[i];
    if (quoted) {
      if (one !== '"') cell += one;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (one === '"') quoted = true;
    else if (one === ",") { cells.push(cell); cell = ""; }
    else if (one === "\n") { all.push([...cells, cell]); [cells, cell] = [[], ""]; }
    else cell += one;
  }
  return all;
}

async function predictFile(file) {
  const box = find("batch");
  box.replaceChildren(element("p", {}, `Predicting ${file.name}…`));
  try {
    const response = await ask(`${path()}/predict`,
      { method: "POST", headers: { "Content-Type": "text/csv", Accept: "text/csv" }, body: file });
    const text = await response.text();
    const [header, ...rows] = lines(text, mostPreviewed);
    const count = text.split("\n").length - 2;
    const isNumber = cell => cell !== "" && !Number.isNaN(Number(cell));
    box.replaceChildren(
      element("p", {}, element("a", { class: "button", id: "download", download: "predictions.csv",
        href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) }, "Download the predictions")),
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "First predictions" },
        element("table", { id: "preview" },
          element("caption", {}, rows.length < count ? `The first ${rows.length} of ${count} rows` : `${count} ${count === 1 ? "row" : "rows"}`),
          element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "row"),
            ...header.map(cell => element("th", { scope: "col" }, cell)))),
          element("tbody", {}, ...rows.map((cells, at) => element("tr", {}, element("th", { scope: "row" }, `${at + 1}`),
            ...cells.map(cell => element("td", isNumber(cell) ? { class: "number" } : {},
              isNumber(cell) && cell.length > 8 ? number(Number(cell)) : cell))))))));
    say("");
  } catch (error) {
    box.replaceChildren(element("p", { class: "error" }, error instanceof Problem ? sentence(error.message) : "The file cannot be sent."));
  }
}

async function show(name) {
  try {
    state.card = await (await ask(`/models/${encodeURIComponent(name)}`)).json();
  } catch (error) {
    failed(error);
    return;
  }
  const { card } = state;
  const isImage = card.kind === "images";
  find("about").textContent = `Predicts ${card.target}${card.classes.length ? `: ${card.classes.slice(0, 12).join(", ")}` : ", a number"}. `
    + `Written by FunctionalStack ${card.library}, seed ${card.seed}, file ${card.digest.slice(0, 12)}.`;
  find("row-section").hidden = find("batch-section").hidden = isImage;
  find("image-section").hidden = !isImage;
  find("level-field").hidden = !card.intervals && !card.sets;
  find("level-label").textContent = card.sets ? "Level of the set of classes" : "Level of the interval";
  find("result").replaceChildren(element("p", { class: "muted" }, "Nothing is predicted yet."));
  find("batch").replaceChildren();
  showReasons(null);
  showNotes([]);
  state.asked++;
  if (isImage) clear(find("draw"));
  else build(card.columns, find("fields"));
  say("");
}

async function begin() {
  try {
    const list = await (await ask("/models")).json();
    find("key-form").hidden = true;
    find("model").replaceChildren(...list.models.map(one => element("option", { value: one.name }, one.name)));
    find("model").value = list.default;
    find("model-field").hidden = list.models.length < 2;
    await show(list.default);
  } catch (error) {
    failed(error);
  }
}

let waiting = 0;
drawing(find("draw"), () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const picture = await pictureOf(find("draw"), state.card.image);
    if (picture) await predict(picture, "image/png");
  }, 120);
});
find("clear").addEventListener("click", () => {
  clear(find("draw"));
  state.asked++;
  find("result").replaceChildren(element("p", { class: "muted" }, "Nothing is predicted yet."));
});
find("picture").addEventListener("change", async event => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const picture = await pictureIn(file, state.card.image);
    await predict(picture, picture.type);
  } catch {
    say("This file cannot be read as a picture.", true);
  }
});
find("model").addEventListener("change", event => show(event.target.value));
find("form").addEventListener("submit", predictRow);
find("reset").addEventListener("click", () => fill(state.card.columns));
find("csv").addEventListener("change", event => { if (event.target.files[0]) predictFile(event.target.files[0]); });
find("key-form").addEventListener("submit", event => {
  event.preventDefault();
  document.cookie = `fstack-api-key=${encodeURIComponent(find("key").value)}; path=/; SameSite=Strict`;
  find("key").value = "";
  begin();
});
for (const name of ["dragover", "dragleave", "drop"]) {
  find("drop").addEventListener(name, event => {
    event.preventDefault();
    find("drop").classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files[0]) predictFile(event.dataTransfer.files[0]);
  });
}

begin();
