/** A shift of a post by the clocks of the city, in minutes since midnight; one that ends where it begins or before ends a day later. */
export interface PostShift {
  readonly from: number;
  readonly to: number;
}

const MINUTES_A_DAY = 1_440;

/** Reads a shift as a pack writes it: `08:00-16:00`, `20:00-08:00`, `00:00-24:00`; undefined where it is none. */
export function postShiftOf(text: string): PostShift | undefined {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  if (fromMinute > 59 || toMinute > 59) return undefined;
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  // 08:00-08:00 could be no time at all or all day; a whole day is written 00:00-24:00.
  return from < MINUTES_A_DAY && to <= MINUTES_A_DAY && from !== to ? { from, to } : undefined;
}

/** Whether a shift is on at a minute of the day; when it ends it is on no more. */
export const isOn = ({ from, to }: PostShift, minute: number): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;
