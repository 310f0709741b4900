import { epochMs } from '@maplewall/shared/domain/units.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock.ts';

const SERVER = 1_790_000_000_000;

describe('the server clock', () => {
  it('knows nothing before the first message', () => {
    expect(new ServerClock().at(123)).toBe(0);
  });

  it('believes the message that travelled fastest', () => {
    const clock = new ServerClock();
    for (const [second, latency] of [400, 20, 300, 250].entries())
      clock.addSample(epochMs(SERVER + second * 1000), second * 1000 + latency);
    for (let now = 4_000; now < 30_000; now += 100) clock.at(now);
    expect(clock.at(30_000)).toBeCloseTo(SERVER + 30_000 - 20, 0);
  });

  it('never steps back and never runs far ahead of the server, however messages are held up', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9_000), { minLength: 2, maxLength: 80 }), (latencies) => {
        const clock = new ServerClock();
        const arrivals = latencies
          .map((latency, second) => ({ sent: SERVER + second * 1000, here: second * 1000 + latency }))
          .toSorted((a, b) => a.here - b.here);
        let shown = 0;
        for (const { sent, here } of arrivals) {
          clock.addSample(epochMs(sent), here);
          const at = clock.at(here);
          expect(at).toBeGreaterThanOrEqual(shown);
          expect(at).toBeLessThanOrEqual(SERVER + here);
          shown = at;
        }
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('is right as soon as one of its first messages was not held up', () => {
    const clock = new ServerClock();
    clock.addSample(epochMs(SERVER), 1_500);
    clock.at(1_500);
    clock.addSample(epochMs(SERVER + 2_000), 2_010);
    expect(clock.at(2_010)).toBe(SERVER + 2_000);
  });

  it('takes one message that was held up for a minute as just that', () => {
    const clock = new ServerClock();
    clock.addSample(epochMs(SERVER), 0);
    clock.at(0);
    clock.addSample(epochMs(SERVER + 1_000), 61_000);
    expect(clock.at(61_000)).toBe(SERVER + 61_000);
  });

  it('follows a server whose clock was set back, and one that was set forward', () => {
    const clock = new ServerClock();
    clock.addSample(epochMs(SERVER), 0);
    clock.at(0);
    for (let second = 1; second <= 10; second++)
      clock.addSample(epochMs(SERVER - 3_600_000 + second * 1000), second * 1000);
    expect(clock.at(10_000)).toBe(SERVER - 3_600_000 + 10_000);
    clock.addSample(epochMs(SERVER + 11_000), 11_000);
    expect(clock.at(11_000)).toBe(SERVER + 11_000);
  });
});
