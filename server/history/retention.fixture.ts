import { PositionsRemover } from '../log/forgotten.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { minuteNo, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import type { Archive } from './event-time.fixture.ts';
import { Retention } from './retention.ts';
import { verifyHistory, type VerifySummary } from './verify.ts';

/** Does so many steps of a retention that is opened for them alone, as after a kill. @returns whether it was done before */
export function retain(of: Archive, keepPositionsDays: number, steps = Number.POSITIVE_INFINITY): boolean {
  const log = new ReadOnlyLog(of.logFile);
  const remover = new PositionsRemover(of.logFile);
  try {
    const retention = new Retention({
      log,
      remover,
      store: of.store,
      knownSeq: () => log.lastSeq(),
      keepPositionsDays,
    });
    for (let step = 0; step < steps; step += 1) if (retention.step(of.now) !== 100) return true;
    return false;
  } finally {
    log.close();
    remover.close();
  }
}

/** What `history verify` says of an archive; faults with their minute counted from `first`. */
export function verified(
  of: Archive,
  first: MinuteNo,
): { readonly lines: readonly string[]; readonly summary: VerifySummary } {
  const lines: string[] = [];
  const summary = verifyHistory({
    file: of.file,
    logFile: of.logFile,
    from: minuteNo(0),
    to: minuteNo(100_000_000),
    onFault: (minute, sentence) => lines.push(`${minute - first} ${sentence}`),
  });
  return { lines, summary };
}
