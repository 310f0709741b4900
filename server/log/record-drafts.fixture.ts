import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { EventDraft, PositionsDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';

export function eventDraft(key: string, responder = 'r1'): EventDraft {
  return {
    type: 'event',
    at: epochMs(1_763_900_000_000),
    receivedAt: epochMs(1_763_900_000_500),
    source: 'test' as SourceId,
    mode: 'Test',
    key,
    event: { kind: 'responder.checkedOut', responderId: responder as ResponderId },
  };
}

export function positionsDraft(count: number): PositionsDraft {
  const column = Int32Array.from({ length: count }, (_, index) => index * 7 - 3);
  return {
    type: 'positions',
    at: epochMs(1_763_900_000_000),
    receivedAt: epochMs(1_763_900_000_500),
    source: 'test' as SourceId,
    mode: 'Test',
    key: '',
    fixes: {
      count,
      responders: ['r1', '龙志协-07'] as ResponderId[],
      who: Uint32Array.from({ length: count }, (_, index) => index % 2),
      lngE5: column,
      latE5: column.map((value) => -value),
      fixAtSeconds: new Uint32Array(count).fill(1_763_900_000),
      deviceAtSeconds: new Uint32Array(count).fill(1_763_900_001),
      speed: new Uint16Array(count).fill(65_535),
      course: new Uint16Array(count).fill(359),
      accuracy: new Uint16Array(count).fill(8),
      battery: new Uint8Array(count).fill(255),
    },
  };
}
