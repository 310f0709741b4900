/** About how many figures are as wide as these words, rather too many than too few; Chinese signs are nearly two each. */
export const widthInFigures = (words: string): number =>
  [...words].reduce((width, sign) => width + (sign >= '\u2e80' ? 1.9 : 1.1), 0);
