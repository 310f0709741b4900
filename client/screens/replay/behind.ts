import type { AlarmBoard } from '../wall/alarms.ts';

/** A screen that was rewound and that nobody touches for so long goes back to the present by itself. */
export const RETURN_AFTER_MS = 600_000;

/** What of the present's alarms is news to somebody who looks at the past since a moment. */
export function announcedSince(board: AlarmBoard, since: number): AlarmBoard {
  const alarms = board.alarms.filter(({ newestAt }) => newestAt >= since);
  return { ...board, alarms };
}
