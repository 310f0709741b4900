import { expect, it } from 'vitest';
import type { CityEvent } from '../domain/event.ts';
import type { ResponderId, SourceId } from '../domain/ids.ts';
import { epochMs, seqNo } from '../domain/units.ts';
import { emptyWorld } from './empty-world.ts';
import { applyEvent } from './fold.ts';
import { worldHash } from './world-hash.ts';

const START = Date.UTC(2026, 10, 23, 8);
const responderId = 'V-1' as ResponderId;

it('[FLD20] a responder reports through the source that was named last, and it is forgotten at check-out', () => {
  const world = emptyWorld();
  const happens = (event: CityEvent): boolean => {
    const seq = seqNo(world.seq + 1);
    const at = epochMs(START + seq * 1_000);
    const head = {
      seq,
      at,
      receivedAt: at,
      source: '110' as SourceId,
      mode: 'Actual',
      key: `k${seq}`,
    } as const;
    return applyEvent(world, { ...head, type: 'event', event }).changed;
  };
  const checkIn = (callSign: string): boolean =>
    happens({ kind: 'responder.checkedIn', responderId, responderKind: 'volunteer', callSign });
  const through = (source?: string): boolean =>
    happens({
      kind: 'responder.reportsThrough',
      responderId,
      ...(source === undefined ? {} : { source: source as SourceId }),
    });
  const said = (): string | undefined => world.responders.get(responderId)?.reportsThrough;

  expect(through('tags')).toBe(false);
  checkIn('Falcon');
  const before = worldHash(world);
  expect(through()).toBe(false);
  expect([through('tags'), through('tags')]).toEqual([true, false]);
  expect(said()).toBe('tags');
  const withTags = worldHash(world);
  expect(withTags).not.toEqual(before);
  checkIn('Eagle');
  expect(said()).toBe('tags');
  expect([through('radios'), said()]).toEqual([true, 'radios']);
  expect(worldHash(world)).not.toEqual(withTags);
  expect([through(), said()]).toEqual([true, '']);
  through('radios');
  happens({ kind: 'responder.checkedOut', responderId });
  checkIn('Eagle');
  expect(said()).toBe('');
});
