// Draw every figure from the specification it holds, once the page's font is there to measure its labels with.
(function () {
  "use strict";
  function ready(spec) {
    var family = '16px "Jifen Sans"';
    return document.fonts && document.fonts.load ? document.fonts.load(family, JSON.stringify(spec)) : Promise.resolve();
  }
  function draw(name) {
    var figure = document.getElementById(name);
    if (!figure || figure.dataset.drawn || !window.vegaEmbed) { return; }
    figure.dataset.drawn = "1";
    var chart = figure.querySelector(".chart");
    var spec = JSON.parse(figure.querySelector("script.spec").textContent);
    var options = { mode: "vega-lite", renderer: "svg", actions: false, tooltip: { disableDefaultStyle: true } };
    ready(spec).then(function () {
      return window.vegaEmbed(chart, spec, options);
    }).catch(function (error) {
      chart.textContent = figure.dataset.failed;
      console.error(error);
    });
  }
  window.jifen = { draw: draw };
  function all() {
    document.querySelectorAll("figure.jifen").forEach(function (figure) { draw(figure.id); });
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", all); } else { all(); }
})();
