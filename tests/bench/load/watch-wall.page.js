/**
 * Runs in the page before its own scripts, and keeps `window.wallWatch`: when the ground was last drawn, how many panels
 * show data, and when the last of them began to.
 */
{
  const seen = { groundAt: 0, panelsAt: 0, panels: 0 };
  window.wallWatch = seen;

  // Marks have a canvas of their own.
  const { prototype } = WebGL2RenderingContext;
  const { drawElements } = prototype;
  prototype.drawElements = function (...given) {
    drawElements.apply(this, given);
    if (this.canvas.classList?.contains('maplibregl-canvas')) seen.groundAt = performance.now();
  };

  const look = () => {
    const full = [...document.querySelectorAll('.wall .panel')].filter(
      (panel) =>
        panel.querySelector('.message') === null && panel.querySelector('canvas, svg, li, dl') !== null,
    );
    if (full.length > seen.panels) {
      seen.panels = full.length;
      seen.panelsAt = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
