import source from 'maplibre-gl/dist/maplibre-gl-worker.mjs?raw';

/** The map library's worker, which elsewhere is a file of its own. */
export default URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
