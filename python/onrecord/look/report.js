"use strict";
// Reads the data below the page, draws the charts with Vega-Lite, and lists the quotes that the filters leave.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { articles, people, matters, periods, quotes, palette } = read("data");
  const specs = read("specs");
  const LABELS = ["support", "oppose", "mixed", "neutral"];
  const WORDS = ["▲ supports", "▼ opposes", "◆ is divided on", "○ speaks of"];
  const STYLES = ["support", "oppose", "divided", "neutral"];
  const PAGE = 40;
  const $ = (id) => document.getElementById(id);

  // Text only ever becomes text: nothing of an article is read as HTML. What reorders a line is shown by its number.
  const visible = (text) =>
    text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase()}⟩`);
  const element = (name, told = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(told)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    for (const child of inside) made.append(typeof child === "string" ? visible(child) : child);
    return made;
  };
  const number = (n) => n.toLocaleString("en");
  const day = (date) =>
    date && new Date(`${date}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const things = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;

  // Offsets count code points; JavaScript's strings count UTF-16 units.
  const units = (text, point) => {
    let place = 0;
    for (let n = 0; n < point && place < text.length; n++) place += text.codePointAt(place) > 0xffff ? 2 : 1;
    return place;
  };
  const part = (text, start, end) => {
    const from = units(text, start);
    return text.slice(from, from + units(text.slice(from, from + 2 * (end - start)), end - start));
  };
  const wordsOf = (quote) => {
    const [article, , , start, end, text] = quote;
    return text === 0 ? part(articles[article][5], start, end) : text || "";
  };
  const nameOf = (person) => (person === null ? "source not told" : people[person][0]);

  // ---- Filters

  const fields = { words: "", person: "", matter: "", outlet: "", side: "" };
  let period = null;
  let searched = null;
  const matches = (names, wanted, key) => {
    if (!wanted) return null;
    const whole = names.findIndex((name) => key(name) === wanted);
    if (whole >= 0) return new Set([whole]);
    const low = wanted.toLowerCase();
    return new Set(names.flatMap((name, n) => (key(name).toLowerCase().includes(low) ? [n] : [])));
  };
  const chosen = () => {
    const persons = matches(people, fields.person, (p) => p[0]);
    const topics = matches(matters, fields.matter, (m) => m);
    const words = fields.words.trim().toLowerCase();
    if (words && !searched) searched = quotes.map((quote) => wordsOf(quote).toLowerCase());
    const side = LABELS.indexOf(fields.side);
    return quotes.filter((quote, n) => {
      const [article, person, , , , , stances] = quote;
      return (
        (!persons || persons.has(person)) &&
        (!fields.outlet || articles[article][3] === fields.outlet) &&
        (period === null || articles[article][4] === period) &&
        (!(topics || side >= 0) ||
          stances.some(([m, label]) => (!topics || topics.has(m)) && (side < 0 || label === side))) &&
        (!words || searched[n].includes(words))
      );
    });
  };
  const choose = (told, when = null) => {
    Object.assign(fields, told);
    period = when;
    for (const id of Object.keys(fields)) $(id).value = fields[id];
    draw();
    $("quotes").scrollIntoView();
    $("heading").focus({ preventScroll: true });
  };

  // ---- Counts

  const side = (labels) => {
    const taken = labels[0] + labels[1] + labels[2];
    const supports = labels[0] + labels[2] / 2;
    if (!taken) return "speaks of";
    if (3 * supports >= 2 * taken) return "supports";
    return 3 * supports <= taken ? "opposes" : "is divided on";
  };
  const tally = (found, key) => {
    const cells = new Map();
    for (const quote of found) {
      for (const stance of quote[6]) {
        const place = key(quote, stance);
        if (!place) continue;
        const id = place.join();
        if (!cells.has(id)) cells.set(id, { place, labels: [0, 0, 0, 0] });
        cells.get(id).labels[stance[1]]++;
      }
    }
    return [...cells.values()].map(({ place, labels }) => {
      const [support, oppose, mixed, neutral] = labels;
      return { place, support, oppose, mixed, neutral, count: support + oppose + mixed + neutral, side: side(labels) };
    });
  };
  const commonest = (values, most, name) => {
    const counts = new Map();
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) || 0) + 1);
    const order = ([a, m], [b, n]) => n - m || (name(a) < name(b) ? -1 : 1);
    return [...counts].sort(order).slice(0, most).map(([value]) => value);
  };
  const person = (n) => people[n][0];
  const matter = (n) => matters[n];
  const sided = (found) =>
    found.flatMap((quote) => quote[6].filter(([m]) => quote[1] !== null && m !== null).map((s) => [quote[1], ...s]));

  // ---- Charts: the same specifications that onrecord.plot draws

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const coloured = (spec) =>
    JSON.parse(JSON.stringify(spec), (_, value) =>
      typeof value === "string" && value[0] === "@" ? palette[value.slice(1)][dark.matches ? 1 : 0] : value,
    );
  const views = {};
  const show = (id, chart) => {
    const figure = $(id);
    const heads = [element("h2", {}, chart.title), element("p", {}, chart.told)];
    views[id]?.finalize();
    views[id] = null;
    if (!chart.table.length) return figure.replaceChildren(...heads);
    const place = element("div", { class: "chart" });
    const spec = coloured(specs[chart.look]);
    for (const [channel, values] of Object.entries(chart.order || {})) {
      Object.assign(spec.encoding[channel], { sort: values, scale: { domain: values } });
    }
    Object.assign(spec, { datasets: chart.data, description: `${chart.title}. ${chart.told}` });
    const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "svg", container: place });
    view.addEventListener("click", (_, item) => item?.datum && chart.open(item.datum));
    view.tooltip((_, __, ___, value) => {
      place.title = value ? Object.entries(value).map(([k, v]) => `${k}: ${v}`).join("\n") : "";
    });
    views[id] = view;
    const table = element("details", {}, element("summary", {}, "As a table"));
    table.addEventListener("toggle", () => table.children.length < 2 && table.append(tableOf(chart)));
    figure.replaceChildren(...heads, place, table);
    return view.runAsync();
  };
  const tableOf = (chart) => {
    const heads = chart.heads.map((head, n) => element("th", { scope: "col", class: n > 1 ? "num" : "" }, head));
    const body = chart.table.map((row) => {
      const cells = chart.cells(row).map((cell, n) => element("td", { class: n > 1 ? "num" : "" }, String(cell)));
      cells[0].replaceChildren(
        element("button", { type: "button", onclick: () => chart.open(row) }, String(chart.cells(row)[0])),
      );
      return element("tr", {}, ...cells);
    });
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body));
    return element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": chart.title }, table);
  };

  const speakersChart = (found) => {
    const names = commonest(found.map((q) => q[1]), 15, person);
    const place = ["direct", "mixed", "indirect", null];
    const rows = [];
    for (const name of names) {
      place.forEach((kind, n) => {
        const count = found.filter((q) => q[1] === name && q[2] === kind).length;
        if (count) rows.push({ speaker: person(name), kind: kind || "kind not told", place: n, count });
      });
    }
    const all = new Set(found.map((q) => q[1]).filter((n) => n !== null)).size;
    return {
      look: "speakers",
      title: "Who spoke most",
      told: `${things(found.length, "quote")}; ${names.length} of ${things(all, "speaker")}`,
      data: { rows },
      order: { y: names.map(person) },
      table: rows,
      heads: ["Speaker", "Kind", "Quotes"],
      cells: (row) => [row.speaker, row.kind, row.count],
      open: (row) => row.speaker && choose({ person: row.speaker }),
    };
  };
  const cellsChart = (title, told, cells, names, columns, column, open) => {
    const sum = (place, n) => cells.reduce((total, c) => total + (c.place[place] === n ? c.count : 0), 0);
    const who = new Map(names.map((n) => [n, `${person(n)} (${number(sum(0, n))})`]));
    const what = new Map(columns.map((n) => [n, `${column(n)} (${number(sum(1, n))})`]));
    const rows = cells.map((cell) => {
      const [a, b] = cell.place;
      return { ...cell, speaker: person(a), column: column(b), who: who.get(a), what: what.get(b) };
    });
    return {
      look: "cells",
      title,
      told: `${told} Size and number: statements; hollow: one or two. A click opens the quotes.`,
      data: { rows },
      order: { y: [...who.values()], x: [...what.values()] },
      table: rows,
      heads: ["Speaker", "On", "Supports", "Opposes", "Divided", "Speaks of"],
      cells: (row) => [row.speaker, row.column, row.support, row.oppose, row.mixed, row.neutral],
      open: (row) => row.place && open(row),
    };
  };
  const matrixChart = (found) => {
    const all = sided(found);
    const about = new Set(commonest(all.filter(([, , label]) => label < 3).map(([, m]) => m), 12, matter));
    const on = all.filter(([, m]) => about.has(m));
    const columns = commonest(on.map(([, m]) => m), 12, matter);
    const names = commonest(on.map(([p]) => p), 15, person);
    const kept = new Set(names);
    const cells = tally(found, (q, [m]) => about.has(m) && kept.has(q[1]) && [q[1], m]);
    const told =
      `${names.length} of ${things(new Set(all.map(([p]) => p)).size, "speaker")}, ` +
      `${columns.length} of ${things(new Set(all.map(([, m]) => m)).size, "matter")}.`;
    return cellsChart("Who stands where", told, cells, names, columns, matter, (row) =>
      choose({ person: row.speaker, matter: row.column }),
    );
  };
  const timelineChart = (found) => {
    const asked = matches(matters, fields.matter, (m) => m);
    const positions = sided(found).filter(([, m, label]) => (asked ? asked.has(m) : label < 3));
    const [about = null] = commonest(positions.map(([, m]) => m), 1, matter);
    const when = (q) => articles[q[0]][4];
    const on = found.filter((q) => q[1] !== null && when(q) !== null && q[6].some(([m]) => m === about));
    const names = about === null ? [] : commonest(on.map((q) => q[1]), 12, person);
    const kept = new Set(names);
    const cells = tally(on, (q, [m]) => m === about && kept.has(q[1]) && [q[1], when(q)]);
    const told = cells.length
      ? `${names.length} of ${things(new Set(on.map((q) => q[1])).size, "speaker")}; a topic chosen above is shown here.`
      : "The quotes have no dates.";
    const title = about === null ? "Positions over time" : `Positions over time: ${matter(about)}`;
    const columns = periods.map((_, n) => n);
    return cellsChart(title, told, cells, names, columns, (n) => periods[n], (row) =>
      choose({ person: row.speaker, matter: matter(about) }, row.place[1]),
    );
  };
  const networkChart = (found) => {
    const all = sided(found).filter(([, , label]) => label < 3);
    const known = new Set(people.map(([name]) => name));
    const names = new Set(commonest(all.map(([p]) => p), 12, person));
    const ties = tally(found, (q, [m, label]) => q[1] !== null && m !== null && label < 3 && [q[1], m]);
    const kept = [];
    for (const people of [true, false]) {
      const about = all.map(([, m]) => m).filter((m) => known.has(matter(m)) === people);
      const most = new Set(commonest(about, 6, matter));
      const tied = ties.filter(({ place: [p, m] }) => names.has(p) && most.has(m) && person(p) !== matter(m));
      kept.push(...tied.sort((a, b) => b.count - a.count || (a.place.join() < b.place.join() ? -1 : 1)).slice(0, 15));
    }
    let left = [...new Set(kept.map((t) => t.place[0]))];
    let right = [...new Set(kept.map((t) => t.place[1]))];
    const at = (n, row) => (row.indexOf(n) + 0.5) / row.length;
    // Each name near the middle of those that it is tied to, so that few lines cross.
    const middled = (row, mine, theirs, other) => {
      const middle = (n) => {
        const places = kept.filter((t) => t.place[mine] === n).map((t) => at(t.place[theirs], other));
        return places.reduce((a, b) => a + b, 0) / places.length;
      };
      const middles = new Map(row.map((n) => [n, middle(n)]));
      return [...row].sort((a, b) => middles.get(a) - middles.get(b));
    };
    for (let n = 0; n < 4; n++) {
      left = middled(left, 0, 1, right);
      right = middled(right, 1, 0, left);
    }
    const edges = [];
    const ends = [];
    kept.forEach((tie, edge) => {
      const [begin, end] = [at(tie.place[0], left), at(tie.place[1], right)];
      const mark = 0.2 + 0.5 * end;
      const names = { speaker: person(tie.place[0]), column: matter(tie.place[1]) };
      edges.push({ ...tie, ...names, x: mark, y: begin + mark * (end - begin) });
      ends.push({ edge, side: tie.side, x: 0, y: begin, width: 1.5 + 1.5 * Math.sqrt(tie.count) });
      ends.push({ edge, side: tie.side, x: 1, y: end, width: 0.6 });
    });
    const nodes = [left, right].flatMap((row, x) =>
      row.map((n) => {
        const name = x ? matter(n) : person(n);
        const count = kept.reduce((total, t) => total + (t.place[x] === n ? t.count : 0), 0);
        return { name, x, y: at(n, row), count, label: `${name} (${number(count)})`, form: known.has(name) ? "speaker" : "matter" };
      }),
    );
    return {
      look: "network",
      title: "Who supports and opposes whom and what",
      told: `The ${kept.length} strongest of ${things(ties.length, "tie")}. Left, who speaks; right, of whom (○) or what (□).`,
      data: { nodes, edges, ends },
      table: edges,
      heads: ["Speaker", "On", "Supports", "Opposes", "Divided"],
      cells: (row) => [row.speaker, row.column, row.support, row.oppose, row.mixed],
      open: (row) => {
        if (row.speaker) choose({ person: row.speaker, matter: row.column });
        else if (row.name) choose(row.x ? { matter: row.name } : { person: row.name });
      },
    };
  };

  // ---- Quotes

  const card = (quote) => {
    const [article, who, kind, start, , , stances] = quote;
    const [id, title, date, outlet, , text] = articles[article];
    const role = who === null ? null : people[who][2];
    const name = who === null
      ? element("span", { class: "role" }, nameOf(who))
      : element("button", { type: "button", class: "plain", onclick: () => choose({ person: nameOf(who) }) }, nameOf(who));
    const told = stances.map(([m, label]) =>
      element("span", { class: `badge ${STYLES[label]}` }, m === null ? WORDS[label] : `${WORDS[label]} ${matters[m]}`),
    );
    told.push(element("span", {}, [kind, day(date), outlet, title || id].filter(Boolean).join(" · ")));
    if (text !== null && start !== null) {
      told.push(element("button", { type: "button", class: "plain place", onclick: () => open(quote) }, "In the article"));
    }
    return element(
      "article",
      { class: "quote" },
      element("div", { class: "who" }, name, element("div", { class: "role" }, role || "")),
      element("div", {}, element("blockquote", {}, element("mark", { class: kind || "" }, wordsOf(quote))), element("div", { class: "told" }, ...told)),
    );
  };
  const open = (quote) => {
    const [article, who] = quote;
    const [id, title, date, outlet, , text] = articles[article];
    const marks = quotes.filter((q) => q[0] === article && q[3] !== null).sort((a, b) => a[3] - b[3] || b[4] - a[4]);
    const inside = [];
    let [place, point] = [0, 0];
    for (const mark of marks) {
      // What overlaps the quote asked for, or one before, would hide it.
      if (mark !== quote && (mark[3] < point || (mark[3] < quote[4] && mark[4] > quote[3]))) continue;
      const from = place + units(text.slice(place), mark[3] - point);
      const to = from + units(text.slice(from), mark[4] - mark[3]);
      inside.push(visible(text.slice(place, from)));
      const style = `${mark[2] || ""}${mark === quote ? "" : " other"}`;
      inside.push(element("mark", mark === quote ? { class: style, id: "here" } : { class: style }, text.slice(from, to)));
      [place, point] = [to, mark[4]];
    }
    inside.push(visible(text.slice(place)));
    $("article-title").textContent = visible(title || id);
    $("article-told").textContent = visible([day(date), outlet, nameOf(who)].filter(Boolean).join(" · "));
    $("article-text").replaceChildren(...inside);
    $("article").showModal();
    $("here")?.scrollIntoView({ block: "center" });
  };

  let shown = PAGE;
  let current = quotes;
  const list = () => {
    $("list").replaceChildren(...current.slice(0, shown).map(card));
    $("more").hidden = current.length <= shown;
  };
  const charts = { speakers: speakersChart, matrix: matrixChart, timeline: timelineChart, network: networkChart };
  const draw = () => {
    current = chosen();
    shown = PAGE;
    $("count").textContent = `${number(current.length)} of ${things(quotes.length, "quote")}`;
    const told = Object.values(fields).filter(Boolean);
    if (period !== null) told.push(periods[period]);
    $("chosen").textContent = told.length ? visible(told.join(" · ")) : "";
    list();
    return Promise.all(Object.entries(charts).map(([id, chart]) => show(id, chart(current))));
  };

  // ---- The page

  const options = (id, values) =>
    $(id).append(...values.map((value) => element("option", { value }, value)));
  const dates = articles.map((a) => a[2]).filter(Boolean).sort();
  const told = [things(quotes.length, "quote"), things(people.length, "speaker"), things(articles.length, "article")];
  $("deck").textContent = told.join(", ") + (dates.length ? `, ${day(dates[0])} to ${day(dates.at(-1))}` : "");
  options("people", commonest(quotes.map((q) => q[1]), 500, person).map(person));
  options("matters", commonest(sided(quotes).map(([, m]) => m), 500, matter).map(matter));
  options("outlet", [...new Set(articles.map((a) => a[3]).filter(Boolean))].sort());
  let waiting;
  $("filters").addEventListener("input", (event) => {
    fields[event.target.id] = event.target.value;
    period = null;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => {
    for (const id of Object.keys(fields)) fields[id] = "";
    period = null;
    draw();
  });
  $("more").addEventListener("click", () => {
    shown += PAGE;
    list();
  });
  $("close").addEventListener("click", () => $("article").close());
  dark.addEventListener("change", draw);
  draw().then(() => {
    performance.mark("drawn");
    document.body.dataset.drawn = "yes";
  });
})();
