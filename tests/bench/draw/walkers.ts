import { CENTRE, EVENING, SmallCity, type Seen } from '@maplewall/client/world/small-city.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { seededRandom } from '@maplewall/mock/seeded-random.ts';
import { envelopeOf } from '@maplewall/server/gateway/encode-once.ts';

const KINDS = ['volunteer', 'sentry', 'officer', 'gridWorker'] as const;
/** Degrees; about eight kilometres. */
const CITY_SIZE = 0.08;
/** 1.4 metres in degrees of latitude. */
const STEP = 1.4 / 111_000;

interface Walker {
  readonly id: string;
  lng: number;
  lat: number;
  heading: number;
}

/**
 * So many people who all walk, and the envelopes that a gateway would send of them: first a keyframe, then a frame
 * for each of the following seconds with a fix of everybody.
 */
export function walkersEnvelopes(count: number, seconds: number): readonly Uint8Array[] {
  const city = new SmallCity();
  const random = seededRandom(count, 'walkers');
  const walkers: Walker[] = Array.from({ length: count }, (_, index) => ({
    id: `V-${index}`,
    lng: CENTRE.lng + random.between(-0.5, 0.5) * CITY_SIZE,
    lat: CENTRE.lat + random.between(-0.5, 0.5) * CITY_SIZE,
    heading: random.between(0, 2 * Math.PI),
  }));
  for (const [index, { id }] of walkers.entries())
    city.checksIn(EVENING, id, KINDS[index % 4] ?? 'volunteer');
  const at = (second: number): EpochMs => epochMs(EVENING + second * 1_000);
  const envelopes: Uint8Array[] = [];
  for (let second = 0; second <= seconds; second++) {
    for (const walker of walkers) {
      walker.heading += random.between(-0.25, 0.25);
      walker.lng += Math.sin(walker.heading) * STEP * 1.13;
      walker.lat += Math.cos(walker.heading) * STEP;
    }
    city.seen(at(second), walkers satisfies readonly Seen[]);
    // Two fixes of everybody make a keyframe from which each one is known to walk.
    if (second > 1) envelopes.push(envelopeOf(encodeFrame(city.frame(at(second)))));
    else if (second === 1) {
      const { keyframe } = city.keyframe(at(second));
      if (keyframe !== undefined) envelopes.push(envelopeOf(encodeKeyframe(keyframe.world, keyframe.frame)));
    }
  }
  return envelopes;
}
