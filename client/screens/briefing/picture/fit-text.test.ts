import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText, LINE_HEIGHT, linesOf } from './fit-text.ts';

/** A Latin letter is half as wide as a Chinese one. */
const widthOf = (text: string, size = 1): number =>
  [...text].reduce((sum, each) => sum + (/[\u4e00-\u9fff]/.test(each) ? size : size / 2), 0);

describe('the note on a picture', () => {
  it('breaks between words and between Chinese characters, and where a line ends', () => {
    expect(linesOf('the first arrival\nwas late', 5, widthOf)).toEqual(['the first', 'arrival', 'was late']);
    expect(linesOf('世纪大道一起警情', 4, widthOf).join('')).toBe('世纪大道一起警情');
    expect(linesOf('abcdefghij', 2, widthOf)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('has no line wider than the box, and loses no letter', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '世', '界', '\n') });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 12 }), (text, width) => {
        const lines = linesOf(text, width, widthOf);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });

  it('is as large as the box allows, and ends with dots where it does not fit at all', () => {
    const box = { width: 100, height: 10 * LINE_HEIGHT * 2 };
    expect(fitText('世'.repeat(20), box, [10, 5], widthOf)).toMatchObject({ size: 10 });
    expect(fitText('世'.repeat(60), box, [10, 5], widthOf)).toMatchObject({ size: 5 });
    const cut = fitText('世'.repeat(600), box, [10, 5], widthOf);
    expect(cut.lines).toHaveLength(4);
    expect(cut.lines.at(-1)).toBe('……');
  });
});
