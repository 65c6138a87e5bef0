// The screen of the workbench: levers on one side, what they give on the other. All numbers come from the kernel.
const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 10000; // milliseconds after which a kernel that does not answer is reported
const PAUSE = 700; // milliseconds of rest after which a result is read out
let screens = 0;

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name in element && name !== "list") { element[name] = value; } else { element.setAttribute(name, value); }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function draw(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) { element.setAttribute(name, value); }
  if (text !== undefined) { element.textContent = text; }
  return element;
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// One lever: a slider and a number field that say the same, and a way back to the baseline.
class Lever {
  constructor(spec, words, prefix, moved) {
    this.spec = spec;
    this.words = words;
    this.value = Number(spec.baseline);
    const name = `${prefix}-${spec.key.replace(/\W/g, "-")}`;
    this.slider = make("input", { type: "range", id: name, min: spec.low, max: spec.high, step: spec.step });
    this.field = make("input", { type: "number", min: spec.least, max: spec.most, step: spec.finest });
    this.field.setAttribute("aria-label", filled(words.exact, { lever: spec.name }));
    this.back = make("button", { type: "button", className: "back", textContent: "↺" });
    this.back.title = filled(words.back, { lever: spec.name, value: spec.baseline_text });
    this.back.setAttribute("aria-label", this.back.title);
    const label = make("label", { htmlFor: name, textContent: spec.name, title: spec.hint });
    this.row = make("div", { className: "lever" }, label, this.slider, this.field, this.back);
    this.slider.addEventListener("input", () => { this.set(Number(this.slider.value)); moved(); });
    this.field.addEventListener("input", () => { if (this.read()) { moved(); } });
    this.field.addEventListener("change", () => { if (!this.read()) { this.show(); } });
    this.back.addEventListener("click", () => { this.reset(); this.slider.focus(); moved(); });
    this.show();
  }
  get moved() { return this.value !== Number(this.spec.baseline); }
  get text() { return this.value.toFixed(this.spec.decimals); }
  set(value) { this.value = value; this.show(); }
  reset() { this.set(Number(this.spec.baseline)); }
  read() {
    const valid = this.field.value !== "" && this.field.checkValidity();
    this.field.setAttribute("aria-invalid", String(!valid));
    if (valid) { this.value = Number(this.field.value); this.show(true); }
    return valid;
  }
  show(typing) {
    if (!typing) { this.field.value = String(Number(this.text)); this.field.setAttribute("aria-invalid", "false"); }
    this.slider.value = this.value;
    this.slider.setAttribute("aria-valuetext", this.text);
    this.row.classList.toggle("moved", this.moved);
    this.back.hidden = !this.moved;
  }
}

// The distribution: bars on a scale that holds still while levers move, and both cutoffs.
class Distribution {
  constructor(words, start) {
    this.words = words;
    this.start = start;
    this.span = this.room(start);
    this.svg = draw("svg", { role: "img", class: "distribution" });
    this.element = make("div", { className: "plot" }, this.svg);
    this.view = start;
    new ResizeObserver(() => this.show(this.view)).observe(this.element);
  }
  room(view) {
    const lower = view.bars.map((bar) => bar.lower), upper = view.bars.map((bar) => bar.upper);
    return { low: Math.min(...lower), high: Math.max(...upper), top: Math.max(...view.bars.map((bar) => bar.height)) };
  }
  show(view) {
    this.view = view;
    const width = Math.max(240, this.element.clientWidth), height = 250;
    const pad = { left: 46, right: 16, top: 34, bottom: 38 };
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("aria-label", filled(this.words.chart, { sentence: view.sentence }));
    if (!view.bars.length) {
      this.svg.replaceChildren(draw("text", { x: 8, y: 40, class: "axis" }, this.words.too_few));
      return;
    }
    const own = this.room(view), base = this.start.bars.length ? this.span : own;
    const low = Math.min(base.low, own.low), high = Math.max(base.high, own.high), top = Math.max(base.top, own.top) * 1.04;
    const x = (value) => pad.left + ((value - low) / (high - low)) * (width - pad.left - pad.right);
    const y = (value) => height - pad.bottom - (value / top) * (height - pad.top - pad.bottom);
    const parts = [...this.axes({ low, high, top, x, y, width, height, pad })];
    for (const bar of view.bars) {
      const left = x(bar.lower), right = x(bar.upper);
      const rect = draw("rect", {
        x: left + 0.5, y: y(bar.height), width: Math.max(0.5, right - left - 1), height: y(0) - y(bar.height),
        class: bar.admitted ? "admitted" : "pool",
      });
      rect.append(draw("title", {}, bar.tip));
      parts.push(rect);
    }
    // Of two lines beside each other, each has its name on its own side.
    const after = view.cutoff !== null && this.start.cutoff !== null && view.cutoff < this.start.cutoff;
    const room = { x, y, width };
    parts.push(...this.line(this.start, "was", after ? "start" : "end", room), ...this.line(view, "now", after ? "end" : "start", room));
    this.svg.replaceChildren(...parts);
  }
  line(view, kind, side, { x, y, width }) {
    if (view.cutoff === null) { return []; }
    const at = x(view.cutoff), row = kind === "now" ? 12 : 26, text = filled(this.words[`line_${kind}`], { cutoff: view.cutoff_text });
    const anchor = at > width - 100 ? "end" : at < 100 ? "start" : side;
    return [
      draw("line", { x1: at, x2: at, y1: row - 10, y2: y(0), class: `cutoff ${kind}` }),
      draw("text", { x: at + (anchor === "end" ? -5 : 5), y: row, "text-anchor": anchor, class: `cutoff ${kind}` }, text),
    ];
  }
  *axes({ low, high, top, x, y, width, height, pad }) {
    const wide = steps(high - low, (width - pad.left) / 60), tall = steps(top, 4);
    for (let value = tall; value <= top; value += tall) {
      yield draw("line", { x1: pad.left, x2: width - pad.right, y1: y(value), y2: y(value), class: "grid" });
      yield draw("text", { x: pad.left - 6, y: y(value) + 4, "text-anchor": "end", class: "axis" }, value.toLocaleString("en"));
    }
    for (let value = Math.ceil(low / wide) * wide; value <= high; value += wide) {
      yield draw("text", { x: x(value), y: y(0) + 15, "text-anchor": "middle", class: "axis" }, String(value));
    }
    yield draw("line", { x1: pad.left, x2: width - pad.right, y1: y(0), y2: y(0), class: "base" });
    yield draw("text", { x: (pad.left + width - pad.right) / 2, y: height - 5, "text-anchor": "middle", class: "axis" }, this.words.axis_x);
    yield draw("text", { x: 2, y: pad.top - 12, class: "axis" }, this.words.axis_y);
  }
}

function steps(span, most) {
  const rough = span / Math.max(1, most), ten = 10 ** Math.floor(Math.log10(rough));
  return ten * [1, 2, 5, 10].find((factor) => factor * ten >= rough);
}

// Groups: one of them at a time, its levels with the admitted's share beside the baseline's.
class Groups {
  constructor(words, start) {
    this.words = words;
    this.view = start;
    this.choice = make("select", {}, ...start.groups.map((group) => make("option", { value: group.key, textContent: group.name })));
    this.table = make("table", {});
    const label = make("label", { className: "choice" }, words.group, " ", this.choice);
    this.element = make("section", { className: "groups" }, make("h3", { textContent: words.groups }), label, this.table);
    this.element.hidden = !start.groups.length;
    this.choice.addEventListener("change", () => this.show(this.view));
  }
  show(view) {
    this.view = view;
    const group = view.groups.find((one) => one.key === this.choice.value);
    if (!group) { return; }
    const most = Math.max(0.01, ...group.rows.flatMap((row) => [row.share || 0, row.was || 0]));
    const heads = ["level", "share", "was", "change"].map((name) => make("th", { scope: "col", textContent: this.words[`column_${name}`] }));
    heads.splice(1, 0, make("td", { className: "bar" }));
    const rows = group.rows.map((row) => this.row(row, most));
    const hides = group.rows.some((row) => row.share === null);
    this.table.replaceChildren(
      make("caption", {}, filled(this.words.caption, { group: group.name }), hides ? make("small", { textContent: this.words.hidden }) : null),
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...rows),
    );
  }
  row(row, most) {
    const bar = make("td", { className: "bar" });
    bar.setAttribute("aria-hidden", "true");
    if (row.share !== null) {
      const now = make("span", { className: "now" }), was = make("span", { className: "was" });
      now.style.width = `${(100 * row.share) / most}%`;
      was.style.left = `${(100 * row.was) / most}%`;
      bar.append(make("div", {}, now, was));
    }
    const cells = [row.share_text, row.was_text, row.change_text].map((text) => make("td", { textContent: text }));
    return make("tr", {}, make("th", { scope: "row", textContent: row.level }), bar, ...cells);
  }
}

// The conversation with the kernel: one question at a time, and of those that wait only the latest; what is to be
// saved waits in line and is never dropped.
class Talk {
  constructor(model, name, heard, silent) {
    this.model = model;
    this.name = name;
    this.silent = silent;
    this.next = null;
    this.line = [];
    this.open = false;
    this.count = 0;
    this.asked = null;
    // An answer that comes late is an answer still, unless something else was asked meanwhile.
    this.listen = (message) => {
      if (message.to !== name || !this.asked || message.id !== this.asked.id) { return; }
      const { kind, at, timer } = this.asked;
      clearTimeout(timer);
      this.open = false;
      heard(message, kind, at);
      this.send();
    };
    model.on("msg:custom", this.listen);
  }
  ask(question) { this.next = { question, at: performance.now() }; this.send(); }
  save(question) { this.line.push({ question, at: performance.now() }); this.send(); }
  send() {
    if (this.open || !(this.line.length || this.next)) { return; }
    const first = this.line.shift() || this.next;
    if (first === this.next) { this.next = null; }
    const { question, at } = first, id = ++this.count;
    const timer = setTimeout(() => { this.open = false; this.silent(); this.send(); }, PATIENCE);
    this.open = true;
    this.asked = { id, at, timer, kind: question.kind };
    this.model.send({ ...question, id, from: this.name });
  }
  close() { this.model.off("msg:custom", this.listen); if (this.asked) { clearTimeout(this.asked.timer); } }
}

// The form that writes a reform: a title, a file, and what came of it.
class Saving {
  constructor(words, prefix, save) {
    this.title = make("input", { type: "text", id: `${prefix}-title`, required: true });
    this.file = make("input", { type: "text", id: `${prefix}-file`, value: words.save_default, required: true });
    this.said = make("p", { className: "said", role: "status" });
    this.notes = make("ul", {});
    this.toml = make("pre", { tabIndex: 0, hidden: true });
    this.toml.setAttribute("aria-label", words.save_file);
    const button = make("button", { type: "submit", textContent: words.save_button });
    const title = make("label", { htmlFor: this.title.id, textContent: words.save_title });
    const file = make("label", { htmlFor: this.file.id, textContent: words.save_file });
    const form = make("form", {}, title, this.title, file, this.file, button);
    form.addEventListener("submit", (event) => { event.preventDefault(); save({ title: this.title.value, file: this.file.value }); });
    this.element = make("details", { className: "saving" }, make("summary", { textContent: words.save }), form, this.said, this.notes, this.toml);
  }
  show({ refused, saved, notes, toml }) {
    this.said.textContent = refused || saved;
    this.said.classList.toggle("wrong", Boolean(refused));
    this.notes.replaceChildren(...(notes || []).map((note) => make("li", { textContent: note })));
    this.toml.textContent = toml || "";
    this.toml.hidden = !toml;
  }
}

class Facts {
  constructor() { this.element = make("dl", { className: "facts" }); }
  show(view) {
    this.element.replaceChildren(...view.facts.map((fact) => {
      const note = fact.note ? make("span", { className: "note", textContent: fact.note }) : null;
      return make("div", { className: fact.key }, make("dt", { textContent: fact.name }), make("dd", {}, fact.value, note));
    }));
  }
}

function section(title, levers, note) {
  const rows = levers.map((lever) => lever.row);
  return make("fieldset", {}, make("legend", { textContent: title }), note ? make("p", { className: "hint", textContent: note }) : null, ...rows);
}

function render({ model, el }) {
  const words = model.get("words"), start = model.get("start"), name = `jifen-${Date.now()}-${++screens}`;
  const facts = new Facts(), distribution = new Distribution(words, start), groups = new Groups(words, start);
  const sentence = make("p", { className: "sentence" }), aloud = make("p", { className: "aloud", role: "status" });
  const trouble = make("p", { className: "trouble", role: "alert", hidden: true });
  let rest = null;

  function tell(text) { trouble.textContent = text; trouble.hidden = !text; }
  function show(view) {
    tell("");
    sentence.textContent = view.sentence;
    for (const part of [facts, distribution, groups]) { part.show(view); }
    clearTimeout(rest);
    rest = setTimeout(() => { aloud.textContent = view.sentence; }, PAUSE);
  }
  const talk = new Talk(model, name, (answer, kind, at) => {
    if (kind === "save") { saving.show(answer); return; }
    if (answer.refused) { tell(answer.refused); return; }
    show(answer);
    performance.measure("jifen-answer", { start: at });
  }, () => tell(words.silent));

  const levers = model.get("levers").map((spec) => new Lever(spec, words, name, moved));
  function positions() {
    return Object.fromEntries(levers.filter((lever) => lever.moved).map((lever) => [lever.spec.key, lever.text]));
  }
  function moved() {
    reset.disabled = !levers.some((lever) => lever.moved);
    talk.ask({ kind: "ask", moved: positions() });
  }
  const reset = make("button", { type: "button", className: "reset", textContent: words.reset, disabled: true });
  reset.addEventListener("click", () => { levers.forEach((lever) => lever.reset()); levers[0].slider.focus(); moved(); });

  const saving = new Saving(words, name, (form) => talk.save({ kind: "save", moved: positions(), ...form }));

  const of = (kind) => levers.filter((lever) => lever.spec.section === kind);
  const rates = of("rates");
  const form = make("form", { className: "levers" }, section(words.quota, of("quota")),
    section(words.weights, of("weights"), words.weights_hint),
    rates.length ? section(words.rates, rates, words.rates_hint) : make("p", { className: "hint", textContent: words.no_rates }), reset);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.setAttribute("aria-label", words.levers);
  const results = make("div", { className: "results" }, sentence, trouble, facts.element, distribution.element, groups.element, aloud);
  const notices = model.get("notices").map(([role, text]) => make("p", { className: role, textContent: text }));
  const root = make("div", { className: "jifen-workbench", lang: model.get("lang") }, ...notices, make("div", { className: "halves" }, make("div", { className: "moving" }, form, saving.element), results), make("p", { className: "protected", textContent: model.get("protected") }));
  // A key that moves a lever is not for the notebook around it.
  root.addEventListener("keydown", (event) => event.stopPropagation());
  el.append(root);
  show(start);
  return () => talk.close();
}

export default { render };
