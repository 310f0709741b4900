import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import type { FixAge } from '@maplewall/shared/rules/fix-age.ts';
import { expect, it } from 'vitest';
import type { CanvasColours } from '../../../design/tokens.ts';
import { drawResponder } from './draw-responder.ts';

const COLOURS = { present: 'present', ground: 'ground', textSecond: 'grey' } as CanvasColours;

/** What a canvas is told, with the colour and the dashes that are set at that moment. */
function drawn(kind: (typeof RESPONDER_KINDS)[number], age: FixAge): readonly string[] {
  const told: string[] = [];
  let dash = '';
  const context = new Proxy(
    { fillStyle: '', strokeStyle: '' },
    {
      get: (its, name: string) =>
        name in its
          ? Reflect.get(its, name)
          : (...given: readonly unknown[]) => {
              if (name === 'setLineDash') dash = 'dotted ';
              else if (name === 'fill') told.push(`fill ${its.fillStyle}`);
              else if (name === 'stroke') told.push(`${dash}stroke ${its.strokeStyle}`);
              else if (['arc', 'roundRect', 'lineTo'].includes(name))
                told.push(`${name} ${given.slice(0, 2).map(Number).join()}`);
            },
    },
  ) as unknown as CanvasRenderingContext2D;
  const responder = { kind, age, lng: 0, lat: 0, heading: 0, around: undefined };
  drawResponder(context, responder, COLOURS, { x: 0, y: 0, radius: 10 });
  return told;
}
const isShape = (word: string): boolean => /^(arc|roundRect|lineTo)/.test(word);

it('a fresh responder is filled, a stale one hollow, a ghost dotted, whatever kind they are', () => {
  for (const kind of RESPONDER_KINDS) {
    const painted = (age: FixAge): readonly string[] => drawn(kind, age).filter((word) => !isShape(word));
    expect(painted('fresh')).toEqual(['stroke ground', 'fill present']);
    expect(painted('stale')).toEqual(['fill ground', 'stroke grey']);
    expect(painted('ghost')).toEqual(['dotted stroke grey']);
  }
});

it('each kind has its own shape, at every age', () => {
  for (const age of ['fresh', 'stale', 'ghost'] as const) {
    const shapes = RESPONDER_KINDS.map((kind) => drawn(kind, age).filter(isShape).join());
    expect(new Set(shapes).size).toBe(RESPONDER_KINDS.length);
  }
});
