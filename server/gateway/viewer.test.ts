import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameNo } from '@maplewall/shared/domain/units.ts';
import { CREDIT_FRAMES, hasCredit, newViewer, step, type Viewer, type ViewerEffect } from './viewer.ts';

const RUNS = { seed: 20_261_123, numRuns: 3_000 } as const;

/** What may happen to a viewer, in any order; an answer names one of its messages, or a number that is none. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: 'cut' } as const) },
  { weight: 1, arbitrary: fc.constant({ type: 'break' } as const) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('answer' as const), nth: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('absurd' as const),
      frame: fc.oneof(fc.constantFrom(-1, 0, 0.5, Number.NaN, Infinity, 2 ** 53), fc.integer()),
    }),
  },
);

interface Message {
  readonly from: number;
  readonly to: number;
}

/** A gateway and a viewer's line beside the machine, as simple as can be. */
class Model {
  viewer: Viewer;
  cut: number;
  /** Messages on their way or not answered, oldest first. */
  waiting: Message[] = [];
  readonly sent: Message[] = [];

  constructor(held: number, cut: number) {
    this.viewer = newViewer(frameNo(held));
    this.cut = cut;
  }

  makeCut(isBreak: boolean): ViewerEffect {
    const from = isBreak ? -1 : this.cut;
    this.cut += 1;
    const { viewer, effect } = step(this.viewer, {
      type: 'cut',
      from: frameNo(from),
      to: frameNo(this.cut),
    });
    this.viewer = viewer;
    if (effect.type !== 'none') {
      const message = { from: effect.type === 'frame' ? from : effect.from, to: effect.to };
      this.waiting.push(message);
      this.sent.push(message);
    }
    return effect;
  }

  answer(frame: number): void {
    const { viewer, effect } = step(this.viewer, { type: 'drawn', frame: frameNo(frame) });
    if (effect.type !== 'none') throw new Error('an answer makes nothing be sent');
    this.viewer = viewer;
    const place = this.waiting.findIndex(({ to }) => to === frame);
    if (place !== -1) this.waiting = this.waiting.slice(place + 1);
  }
}

describe('a viewer', () => {
  it('[VWR1] [VWR2] [VWR4] never has more than the credit unanswered, whatever happens, and misses nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(20),
        fc.array(happening, { maxLength: 120 }),
        (held, ahead, happenings) => {
          const model = new Model(held, held + ahead);
          let sentByCredit = true;
          for (const happened of happenings) {
            const before = model.viewer;
            if (happened.type === 'answer') model.answer(model.waiting[happened.nth]?.to ?? -7);
            else if (happened.type === 'absurd') model.answer(happened.frame);
            else {
              const effect = model.makeCut(happened.type === 'break');
              sentByCredit &&= (effect.type === 'none') !== hasCredit(before);
            }
            expect(model.waiting.length).toBeLessThanOrEqual(CREDIT_FRAMES);
            expect(model.viewer.unanswered).toEqual(model.waiting.map(({ to }) => to));
          }
          expect(sentByCredit).toBe(true);
          // Each message goes on where the one before ended, and brings the viewer to the newest frame of its time.
          let at = held;
          for (const { from, to } of model.sent) {
            expect(from).toBe(at);
            expect(to).toBeGreaterThan(at);
            at = to;
          }
        },
      ),
      RUNS,
    );
  });

  it('[VWR3] that answers gets all that it missed with the next cut, in one message', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (stalled) => {
        const model = new Model(10, 10);
        for (let cut = 0; cut < CREDIT_FRAMES + stalled; cut += 1) model.makeCut(false);
        expect(model.sent).toHaveLength(CREDIT_FRAMES);
        const newest = model.sent.at(-1)?.to ?? 0;
        model.answer(newest);
        expect(model.makeCut(false)).toEqual({ type: 'catchUp', from: newest, to: model.cut });
        expect(model.makeCut(false)).toEqual({ type: 'frame', to: model.cut });
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it('[VWR4] that holds nothing is sent what it missed first, also when nothing was cut yet', () => {
    expect(new Model(0, 0).makeCut(false)).toEqual({ type: 'catchUp', from: 0, to: 1 });
    expect(new Model(0, 5).makeCut(false)).toEqual({ type: 'catchUp', from: 0, to: 6 });
    expect(new Model(5, 5).makeCut(false)).toEqual({ type: 'frame', to: 6 });
    expect(new Model(5, 5).makeCut(true)).toEqual({ type: 'catchUp', from: 5, to: 6 });
  });

  it('[VWR5] is as before after an answer for a frame that was not sent, or an older one', () => {
    const model = new Model(1, 1);
    for (let cut = 0; cut < 3; cut += 1) model.makeCut(false);
    model.answer(3);
    const { viewer } = model;
    for (const frame of [2, 3, 1, 99, 0]) model.answer(frame);
    expect(model.viewer).toEqual(viewer);
    expect(model.viewer.unanswered).toEqual([4]);
  });
});
