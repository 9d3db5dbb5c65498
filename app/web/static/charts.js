// Draws every figure of a page from the data beside it. A click on a mark goes to the sentences behind it.
"use strict";
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const signColours = { more: colour("--more"), less: colour("--less"), none: colour("--quiet") };
const marks = ["circle", "square", "diamond", "triangle-up", "cross", "star", "pentagon", "hexagram", "x"];
const common = {
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
  font: { family: "system-ui, sans-serif", size: 13, color: colour("--ink") },
  margin: { l: 60, r: 16, t: 16, b: 48 },
  colorway: ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8", "--c9"].map(colour),
  legend: { orientation: "h", yref: "container", y: 0, yanchor: "bottom" },
};

function open(address) {
  const target = address && address.startsWith("#") && document.getElementById(address.slice(1));
  if (!target) return;
  for (let parent = target; parent; parent = parent.parentElement) if (parent.tagName === "DETAILS") parent.open = true;
  for (const details of target.querySelectorAll("details")) details.open = true;
  location.hash = address;
}

// A name in at most two lines of so many letters.
function inTwoLines(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= letters || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const cut = (line) => (line.length > letters ? `${line.slice(0, letters - 1)}…` : line);
  return lines.length < 3 ? lines.map(cut).join("<br>") : `${cut(lines[0])}<br>${cut(`${lines[1]} ${lines[2]}…`)}`;
}

// The names of what flows end in stand in the margin, not on the flows that come from the left.
function moveLastNames(place) {
  for (const node of place.querySelectorAll(".sankey-node")) {
    const name = node.querySelector(".node-label");
    if (name.getAttribute("text-anchor") !== "end") continue;
    name.setAttribute("text-anchor", "start");
    const right = node.querySelector(".node-rect").getBoundingClientRect().right;
    name.style.translate = `${right + 4 - name.getBoundingClientRect().left}px 0`;
  }
}

for (const figure of document.querySelectorAll("figure.chart")) {
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const place = figure.querySelector(".plot");
  const narrow = place.clientWidth < 520;
  spec.data.forEach((trace, number) => {
    if (trace.type === "sankey") {
      trace.link.color = spec.signs.map((sign) => signColours[sign] + "66");
      trace.node.color = colour("--accent");
      trace.textfont = { size: narrow ? 10 : 13 };
      const { l, r } = spec.layout.margin;
      const letters = Math.max(8, Math.floor(Math.min(r, (place.clientWidth - l - r) / Math.max(spec.steps - 1, 1)) / (narrow ? 6.2 : 7.6)) - 2);
      trace.node.label = trace.node.label.map((text) => inTwoLines(text, letters));
    } else if (trace.type === "box") {
      trace.line = { color: common.colorway[number % common.colorway.length] };
    } else if (trace.mode === "markers") {
      trace.marker = { size: 9, opacity: 0.8, symbol: marks[number % marks.length] };
    }
  });
  const layout = { ...common, ...spec.layout };
  for (const axis of ["xaxis", "yaxis"]) {
    if (layout[axis]) layout[axis] = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), linecolor: colour("--line"), ...layout[axis] };
  }
  const options = {
    responsive: true,
    displaylogo: false,
    modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"],
    toImageButtonOptions: { format: "svg", filename: figure.id },
  };
  Plotly.newPlot(place, spec.data, layout, options).then(() => {
    place.on("plotly_click", (event) => open(event.points[0].customdata));
    if (spec.signs) {
      moveLastNames(place);
      place.on("plotly_afterplot", () => moveLastNames(place));
    }
    figure.dataset.drawn = "yes";
  });
}
