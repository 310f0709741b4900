import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import { PositionsRemover } from '../log/forgotten.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { PositionsThinner } from '../log/thinned.ts';
import { minuteNo, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { AREAS, type Archive } from './event-time.fixture.ts';
import { Retention, type NotRightMinutes } from './retention.ts';
import type { RetentionRules } from './retention-rules.ts';
import { verifyHistory, type VerifySummary } from './verify.ts';

/** What a step answers when there is more to do at once. */
const MORE_MS = 100;

/** A retention of an archive that goes on from step to step, while the archive may go on too. */
export function openRetention(
  of: Archive,
  { keepPositionsDays, thinPositions, keepSegmentsDays }: RetentionRules,
): {
  readonly told: readonly NotRightMinutes[];
  notRight(): NotRightMinutes | undefined;
  step(): number;
  close(): void;
} {
  const log = new ReadOnlyLog(of.logFile);
  const remover = new PositionsRemover(of.logFile);
  const thin = thinPositions && {
    thinner: new PositionsThinner(of.logFile, thinPositions.toSeconds),
    afterDays: thinPositions.afterDays,
  };
  const { store } = of;
  const told: NotRightMinutes[] = [];
  const retention = new Retention({
    log,
    remover,
    store,
    knownSeq: () => log.lastSeq(),
    keepPositionsDays,
    thin,
    keepSegmentsDays,
    timeZone: AREAS.timeZone,
    forgetKnown: () => false,
    onNotRight: (found) => told.push(found),
  });
  return {
    told,
    notRight: () => retention.notRight,
    step: () => retention.step(of.now),
    close: () => {
      log.close();
      remover.close();
      thin?.thinner.close();
    },
  };
}

/** Does so many steps of a retention that is opened for them alone, as after a kill. @returns whether it was done before */
export function retain(
  of: Archive,
  keepPositionsDays: number | undefined,
  steps = Number.POSITIVE_INFINITY,
  thinPositions?: RetentionRules['thinPositions'],
): boolean {
  const retention = openRetention(of, { keepPositionsDays, thinPositions });
  try {
    for (let step = 0; step < steps; step += 1) if (retention.step() !== MORE_MS) return true;
    return false;
  } finally {
    retention.close();
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

/** Somebody comes on duty. */
export const checkIn = (responder: string) =>
  ({
    kind: 'responder.checkedIn',
    responderId: responder as ResponderId,
    responderKind: 'sentry',
    callSign: responder,
  }) as const;
