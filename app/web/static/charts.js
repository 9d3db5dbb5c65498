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
  legend: { orientation: "h", y: -0.2 },
};

function open(address) {
  const target = address && address.startsWith("#") && document.getElementById(address.slice(1));
  if (!target) return;
  for (let parent = target; parent; parent = parent.parentElement) if (parent.tagName === "DETAILS") parent.open = true;
  for (const details of target.querySelectorAll("details")) details.open = true;
  location.hash = address;
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
    figure.dataset.drawn = "yes";
  });
}
