export { percentWord } from '@maplewall/shared/rules/percent-word.ts';

/** By how many points of per cent one share is above another, with its sign; '' where one of them is not known. */
export function pointsWord(share: number | null | undefined, other: number | null | undefined): string {
  if (share === null || share === undefined || other === null || other === undefined) return '';
  const points = Math.round(1_000 * (share - other)) / 10;
  if (points === 0) return '±0';
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(1)}`;
}
