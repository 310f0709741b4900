import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import { FixGroup } from './fix-group.ts';
import { FixRow } from './fix-row.ts';
import { fixesNotIn } from './fixes-not-in.ts';

interface Sent {
  readonly who: number;
  readonly second: number;
}

function columnsOf(sent: readonly Sent[]): FixColumns {
  const group = new FixGroup(4);
  const row = new FixRow();
  for (const { who, second } of sent) {
    row.clear();
    row.responderId = `r${who}`;
    group.add(row, who, who * 10, second, 1_000 + second);
  }
  return group.columns();
}

const namesIn = ({ count, responders, who, lngE5, latE5, fixAtSeconds }: FixColumns): string[] =>
  Array.from(
    { length: count },
    (_, at) => `${responders[who[at] ?? -1]} ${lngE5[at]} ${latE5[at]} ${fixAtSeconds[at]}`,
  );

describe('the fixes that a record does not hold', () => {
  it('are all others, each still with its own responder', () => {
    const sent = fc.uniqueArray(fc.record({ who: fc.nat(4), second: fc.nat(6) }), {
      maxLength: 30,
      selector: ({ who, second }) => who * 10 + second,
    });
    fc.assert(
      fc.property(sent, sent, (all, known) => {
        const rest = fixesNotIn(columnsOf(all), columnsOf(known));
        const knownNames = new Set(namesIn(columnsOf(known)));
        expect(namesIn(rest)).toEqual(namesIn(columnsOf(all)).filter((name) => !knownNames.has(name)));
        expect(new Set(rest.who).size).toBe(rest.responders.length);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
