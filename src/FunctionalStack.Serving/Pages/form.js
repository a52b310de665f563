// The form of a model's columns.

// More levels are typed, with suggestions.
const mostOptions = 200;

/** An element with attributes and children. Text is never read as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child != null));
  return made;
}

function input(column, id) {
  switch (column.kind) {
    case "categorical":
      if (column.levels.length > mostOptions) return element("input", { id, type: "text", list: `${id}-levels`, autocomplete: "off" });
      return element("select", { id }, element("option", { value: "" }, "(missing)"),
        ...column.levels.map((level, at) => element("option", { value: `${at + 1}` }, level === "" ? "(empty)" : level)));
    case "numeric": return element("input", { id, type: "text", inputmode: "decimal", autocomplete: "off" });
    case "date": return element("input", { id, type: "date" });
    case "time": return element("input", { id, type: "time" });
    default: return element("textarea", { id, rows: "3" });
  }
}

function hintOf(column) {
  if (column.typical == null) return null;
  return column.kind === "numeric" ? `a number; typical: ${column.typical}` : `typical: ${column.typical}`;
}

/** Creates the fields of the columns. Their ids are column-0, column-1 and so on. */
export function build(columns, into) {
  into.replaceChildren(...columns.map((column, at) => {
    const id = `column-${at}`;
    const made = input(column, id);
    made.dataset.column = column.name;
    const hint = hintOf(column);
    if (hint) made.setAttribute("aria-describedby", `${id}-hint`);
    const field = element("div", { class: "field" }, element("label", { for: id }, column.name), made,
      hint && element("p", { class: "hint", id: `${id}-hint` }, hint));
    if (made.hasAttribute("list")) {
      field.append(element("datalist", { id: `${id}-levels` }, ...column.levels.slice(0, 1000).map(level => element("option", { value: level }))));
    }
    return field;
  }));
  fill(columns);
}

/** Sets the typical values. */
export function fill(columns) {
  columns.forEach((column, at) => {
    const field = document.getElementById(`column-${at}`);
    field.removeAttribute("aria-invalid");
    field.value = column.typical == null ? ""
      : field.tagName === "SELECT" ? `${column.levels.indexOf(column.typical) + 1}` : `${column.typical}`;
  });
}

/** The row of the form. Empty fields are missing values. */
export function row(columns) {
  return Object.fromEntries(columns.map((column, at) => {
    const field = document.getElementById(`column-${at}`);
    field.removeAttribute("aria-invalid");
    if (field.tagName === "SELECT") return [column.name, field.value === "" ? null : column.levels[field.value - 1]];
    const text = field.value.trim();
    return [column.name, text === "" ? null : text];
  }));
}

/** Marks the field of a column as wrong, and moves the focus there. */
export function mark(columns, name) {
  const at = columns.findIndex(column => column.name === name);
  if (at < 0) return;
  const field = document.getElementById(`column-${at}`);
  field.setAttribute("aria-invalid", "true");
  field.focus();
}
