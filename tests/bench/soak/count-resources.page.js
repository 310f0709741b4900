/**
 * Runs in the page before its own scripts. Keeps `window.liveResources`: how many timers wait and how many WebGL objects
 * were made and not deleted.
 */
{
  const live = { timers: 0, webgl: 0 };
  window.liveResources = live;

  const waiting = new Set();
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  const told = () => {
    live.timers = waiting.size;
  };
  window.setTimeout = (act, ms, ...given) => {
    const id = setTimeout(
      (...all) => {
        waiting.delete(id);
        told();
        if (typeof act === 'function') act(...all);
      },
      ms,
      ...given,
    );
    waiting.add(id);
    told();
    return id;
  };
  window.setInterval = (...given) => {
    const id = setInterval(...given);
    waiting.add(id);
    told();
    return id;
  };
  const forgets = (clear) => (id) => {
    clear(id);
    waiting.delete(id);
    told();
  };
  window.clearTimeout = forgets(clearTimeout);
  window.clearInterval = forgets(clearInterval);

  const { prototype } = WebGL2RenderingContext;
  const KINDS = [
    'Buffer',
    'Texture',
    'VertexArray',
    'Program',
    'Shader',
    'Framebuffer',
    'Renderbuffer',
    'Query',
  ];
  for (const kind of KINDS) {
    const create = prototype[`create${kind}`];
    const remove = prototype[`delete${kind}`];
    const held = new WeakSet();
    prototype[`create${kind}`] = function (...given) {
      const made = create.apply(this, given);
      if (made !== null) {
        held.add(made);
        live.webgl += 1;
      }
      return made;
    };
    prototype[`delete${kind}`] = function (made) {
      if (made !== null && held.delete(made)) live.webgl -= 1;
      remove.call(this, made);
    };
  }
}
