/** The day before one of the calendar; noon, so that the length of a day does not matter. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T12:00Z`) - 86_400_000).toISOString().slice(0, 10);
