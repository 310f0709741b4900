/** A share of 1 as a figure of per cent; a tenth tells something only of what is small. */
export function percentWord(share: number | null | undefined): string {
  if (share === null || share === undefined) return '–';
  const percent = 100 * share;
  return percent.toFixed(percent < 9.95 ? 1 : 0);
}
