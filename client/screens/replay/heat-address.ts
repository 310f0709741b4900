/** Which days and hours are looked at together. */
export interface HeatChoice {
  readonly from: string;
  readonly to: string;
  /** 1 is Monday; undefined: every day. */
  readonly weekday: number | undefined;
  readonly firstHour: number;
  /** Included; before the first one where an evening goes on behind midnight. */
  readonly lastHour: number;
}

export function heatAddress({ from, to, weekday, firstHour, lastHour }: HeatChoice): string {
  const words = new URLSearchParams({ from, to, hours: `${firstHour}-${lastHour}` });
  if (weekday !== undefined) words.set('weekday', String(weekday));
  return `/api/history/heat?${words.toString()}`;
}

/** So many days before a day of the calendar. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00Z`).getUTCDay() || 7;

/** The first and the last day of a day's month of the calendar. */
export function monthOf(day: string): { readonly from: string; readonly to: string } {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const to = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { from: `${to.slice(0, 8)}01`, to };
}
