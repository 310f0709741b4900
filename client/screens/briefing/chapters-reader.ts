import type { DayChapters } from '@maplewall/shared/wire/briefing.ts';
import type { Answer } from '../../stores/gateway-answer.ts';

const AGAIN_MS = 2_000;
/** What is still being worked out then is not waited for. */
const PATIENCE_MS = 60_000;

export interface ChaptersReaderParts {
  readonly ask: () => Promise<Answer<DayChapters>>;
  readonly onChapters: (told: DayChapters) => void;
  /** `isTriedAgain`: it may pass, and nobody has to do anything. */
  readonly onTrouble: (answer: Answer<DayChapters>, isTriedAgain: boolean) => void;
}

/** Asks for the chapters of a day until they are worked out, or long enough. The answer ends it: nothing is asked any more. */
export function readChapters({ ask, onChapters, onTrouble }: ChaptersReaderParts): () => void {
  const since = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const load = async (): Promise<void> => {
    const answer = await ask();
    if (isOver) return;
    const again = (): void => {
      timer = setTimeout(() => void load(), AGAIN_MS);
    };
    if (!answer.ok) {
      const isTriedAgain = answer.code === 'unreachable' || answer.code === 'access.notPaired';
      onTrouble(answer, isTriedAgain);
      if (isTriedAgain) again();
      return;
    }
    const { expectations, coverageMinutes } = answer.value.waiting;
    if (expectations + coverageMinutes > 0 && performance.now() - since < PATIENCE_MS) again();
    else onChapters(answer.value);
  };
  void load();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
