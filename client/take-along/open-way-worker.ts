// oxlint-disable-next-line import/default -- Vite makes it, where the worker stands inside the page
import WayWorker from '../map/ways/way-worker.ts?worker&inline';

/** Takes the place of the worker that is a file of its own (client/map/ways/open-way-worker.ts). */
export const openWayWorker = (): Worker => new WayWorker();
