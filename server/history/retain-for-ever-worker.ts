import { PositionsRemover } from '../log/forgotten.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { Retention } from './retention.ts';
import { SegmentStore } from './segment-store.ts';

/** A process to be killed: takes old positions out, one step after the other, and says so at each. */
const [folder = '', now = '', keepDays = ''] = process.argv.slice(2);
const logFile = `${folder}/log.db`;
const log = new ReadOnlyLog(logFile);
const retention = new Retention({
  log,
  knownSeq: () => log.lastSeq(),
  remover: new PositionsRemover(logFile),
  store: new SegmentStore(`${folder}/history.db`),
  keepPositionsDays: Number(keepDays),
  thin: undefined,
  keepSegmentsDays: undefined,
  timeZone: 'Asia/Shanghai',
  forgetKnown: () => false,
  onNotRight: () => undefined,
});
for (let step = 0; ; step += 1) {
  retention.step(Number(now));
  console.log(step);
}
