/** Hours at which the three crews of a post or station begin, before they are staggered: early, late, night. */
export const SHIFT_BEGINS = [8, 16, 24] as const;
export const SHIFT_HOURS = 8;

/** −1/2 to 1/2 hour, in steps of a quarter; neighbours in the list differ: not the whole city changes at once. */
export const staggered = (index: number): number => (((index * 2) % 5) - 2) / 4;

/** The shifts of a post by its place in the list, as a pack writes them. */
export function shiftsOfPost(index: number): string[] {
  const later = staggered(index);
  return SHIFT_BEGINS.map((begins) => `${clockOf(begins + later)}-${clockOf(begins + later + SHIFT_HOURS)}`);
}

function clockOf(hours: number): string {
  const minutes = Math.round(hours * 60) % 1_440;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
