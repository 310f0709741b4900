/**
 * Runs in the page before its own scripts. Cuts each draw call down to one vertex of one instance, so that set-up and
 * upload calls stay and pixel work, which a machine without a graphics card does in software, goes. Keeps
 * `window.drawCounts`: animation frames, those in which marks were drawn, and the milliseconds from each binary message to
 * the end of the drawing of what it changed. Between `start` and `stop` each animation frame is asked for, and leaves a mark
 * in a trace.
 */
{
  let animationFrame = 0;
  const counts = {
    frames: 0,
    pictures: 0,
    updateToDrawnMs: [],
    start: () => {
      animationFrame ||= requestAnimationFrame(next);
    },
    stop: () => {
      cancelAnimationFrame(animationFrame);
      animationFrame = 0;
    },
  };
  window.drawCounts = counts;
  /** Shorter messages move nobody. */
  const LEAST_BYTES = 500;
  let messageAt = 0;
  let uploadedAt = 0;
  let lastPicture = -1;

  const next = () => {
    counts.frames += 1;
    performance.mark('animation-frame');
    performance.clearMarks('animation-frame');
    animationFrame = requestAnimationFrame(next);
  };

  // The ground is MapLibre's canvas, the marks have one of their own.
  const isMarks = ({ canvas }) =>
    canvas instanceof HTMLCanvasElement && !canvas.classList.contains('maplibregl-canvas');
  const drawn = (context) => {
    if (!isMarks(context)) return;
    if (lastPicture !== counts.frames) counts.pictures += 1;
    lastPicture = counts.frames;
    if (messageAt === 0 || uploadedAt < messageAt) return;
    counts.updateToDrawnMs.push(performance.now() - messageAt);
    messageAt = 0;
  };

  const { prototype } = WebGL2RenderingContext;
  const few = (count) => Math.min(1, count);
  const { drawArrays, drawElements, drawArraysInstanced, drawElementsInstanced, bufferSubData } = prototype;
  prototype.drawArrays = function (mode, first, count) {
    drawArrays.call(this, mode, first, few(count));
    drawn(this);
  };
  prototype.drawElements = function (mode, count, type, offset) {
    drawElements.call(this, mode, few(count), type, offset);
    drawn(this);
  };
  prototype.drawArraysInstanced = function (mode, first, count, instances) {
    drawArraysInstanced.call(this, mode, first, few(count), few(instances));
    drawn(this);
  };
  prototype.drawElementsInstanced = function (mode, count, type, offset, instances) {
    drawElementsInstanced.call(this, mode, few(count), type, offset, few(instances));
    drawn(this);
  };
  prototype.bufferSubData = function (...given) {
    if (isMarks(this)) uploadedAt = performance.now();
    bufferSubData.apply(this, given);
  };

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data instanceof ArrayBuffer && data.byteLength >= LEAST_BYTES && messageAt === 0)
          messageAt = performance.now();
      });
    }
  };
}
