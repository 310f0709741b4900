import { workerData } from 'node:worker_threads';
import { startOfMinute, type EpochMs, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import type { NotRight, StorageReport } from '@maplewall/shared/wire/storage.ts';
import { PositionsRemover } from '../log/forgotten.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { PositionsThinner } from '../log/thinned.ts';
import { answerQuestions, warn } from '../thread/answer-questions.ts';
import type { CityAreas } from './city-areas.ts';
import { KnownKeeper } from './known-keeper.ts';
import { KnownStore } from './known-store.ts';
import { HistoryKeeper } from './history-keeper.ts';
import { localDayOf, minuteName } from './local-day.ts';
import { Retention, type NotRightMinutes } from './retention.ts';
import { wholePositionsDays, type RetentionRules } from './retention-rules.ts';
import { StorageMeter } from './storage-meter.ts';
import { SegmentStore } from './segment-store.ts';

/** The thread of history: works half of the time at most while there is much to do, so that live has the machine. */
export interface HistoryQuestions {
  /** Seals one minute; answers whether there is anything of it. */
  readonly seal: { readonly ask: MinuteNo; readonly answer: boolean };
  /** The segment of a minute as the wall knew it, up to a moment of it. */
  readonly known: {
    readonly ask: { readonly minute: MinuteNo; readonly until: EpochMs };
    readonly answer: Uint8Array | undefined;
  };
  /** What is kept, and how long the disk suffices. */
  readonly storage: { readonly ask: undefined; readonly answer: StorageReport };
}

export interface HistoryThreadData {
  readonly file: string;
  readonly knownFile: string;
  readonly logFile: string;
  readonly areas: CityAreas;
  readonly sealsAhead: boolean;
  readonly rules: RetentionRules;
  /** What else is kept in files of SQLite, to be counted. */
  readonly otherFiles: readonly string[];
  readonly coverageFile: string | undefined;
}

const IDLE_MS = 1_000;
const KNOWN_PER_STEP = 200;

const { file, knownFile, logFile, coverageFile, otherFiles, areas, sealsAhead, rules } =
  workerData as HistoryThreadData;
const store = new SegmentStore(file);
const log = new ReadOnlyLog(logFile);
const keeper = new HistoryKeeper(log, store, areas);
const knownStore = new KnownStore(knownFile);
const known = new KnownKeeper(log, knownStore);
const remover = wholePositionsDays(rules) === undefined ? undefined : new PositionsRemover(logFile);
const { keepPositionsDays, thinPositions, keepSegmentsDays } = rules;
const thin =
  thinPositions === undefined
    ? undefined
    : {
        thinner: new PositionsThinner(logFile, thinPositions.toSeconds),
        afterDays: thinPositions.afterDays,
      };
const retention =
  remover === undefined
    ? undefined
    : new Retention({
        log,
        remover,
        store,
        knownSeq: () => knownStore.indexedSeq(),
        keepPositionsDays,
        thin,
        keepSegmentsDays,
        timeZone: areas.timeZone,
        onNotRight: (found) =>
          warn(
            inWords(found),
            'old minutes do not say what their records say: their positions stay, and the replay of days from the first on does not end; `maplewall history verify` tells more',
          ),
        forgetKnown: (before) => knownStore.forgetSome(before, KNOWN_PER_STEP),
      });
const meter = new StorageMeter({
  logFile,
  file,
  knownFile,
  coverageFile,
  otherFiles,
  timeZone: areas.timeZone,
  rules,
});
let timer: NodeJS.Timeout | undefined;
let retaining: NodeJS.Timeout | undefined;
let metering: NodeJS.Timeout | undefined;

function inWords({ first, minutes }: NotRightMinutes): NotRight {
  const at = startOfMinute(first);
  return {
    day: localDayOf(at, areas.timeZone).day,
    minute: minuteName(at, areas.timeZone),
    minutes,
  };
}

function work(): void {
  const started = performance.now();
  const now = Date.now();
  const more = sealsAhead ? [keeper.step(now), known.step()].includes(true) : keeper.count(now);
  const took = performance.now() - started;
  timer = setTimeout(work, more ? Math.min(500, Math.max(1, took)) : IDLE_MS);
}

/** Beside the work above, a step at a time. */
function retain(): void {
  if (retention !== undefined) retaining = setTimeout(retain, retention.step(Date.now()));
}

/** For the administrator; it only reads. */
function measure(): void {
  metering = setTimeout(measure, meter.step(Date.now()));
}

answerQuestions<HistoryQuestions>(
  {
    seal: (minute) => keeper.sealNow(minute, Date.now()) !== undefined,
    known: ({ minute, until }) => known.segment(minute, until),
    storage: () => meter.report(retention?.notRight === undefined ? null : inWords(retention.notRight)),
  },
  () => {
    clearTimeout(timer);
    clearTimeout(retaining);
    clearTimeout(metering);
    meter.close();
    remover?.close();
    thin?.thinner.close();
    store.close();
    knownStore.close();
    log.close();
  },
);
work();
retain();
measure();
