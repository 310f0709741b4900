import { oneStreetAt } from './one-street.ts';
import type { EventItem } from './post-events.ts';

/** Yesterday in China, which has no clock changes. */
export const TOLD_DAY = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
export const toldAt = (clock: string): number => Date.parse(`${TOLD_DAY}T${clock}+08:00`);

interface Told {
  readonly id: string;
  readonly clock: string;
  readonly priority: number;
  /** Times 50 m along the one street. */
  readonly east: number;
  readonly by: string;
  readonly arrivesAfter: number;
  readonly closesAfter: number;
  readonly place: string;
}

const TOLD: readonly Told[] = [
  {
    id: 'A',
    clock: '21:45:00',
    priority: 3,
    east: 1,
    by: 'S1',
    arrivesAfter: 28,
    closesAfter: 600,
    place: '东门街 1 号',
  },
  {
    id: 'B',
    clock: '21:55:00',
    priority: 3,
    east: 19,
    by: 'V1',
    arrivesAfter: 70,
    closesAfter: 600,
    place: '人民路 19 号',
  },
  {
    id: 'C',
    clock: '22:05:00',
    priority: 1,
    east: 12,
    by: 'V1',
    arrivesAfter: 25,
    closesAfter: 600,
    place: '甬江花园',
  },
  {
    id: 'D',
    clock: '22:15:00',
    priority: 3,
    east: 2,
    by: 'S1',
    arrivesAfter: 60,
    closesAfter: 600,
    place: '东门街 2 号',
  },
  {
    id: 'E',
    clock: '22:25:00',
    priority: 2,
    east: 18,
    by: 'S1',
    arrivesAfter: 400,
    closesAfter: 900,
    place: '龙港大道 18 号',
  },
  {
    id: 'F',
    clock: '22:35:00',
    priority: 3,
    east: 3,
    by: 'V1',
    arrivesAfter: 50,
    closesAfter: 4_800,
    place: '东门街 3 号',
  },
];

const checkedIn = (responderId: string, responderKind: string, postId?: string): EventItem => ({
  key: `in ${responderId}`,
  at: toldAt('21:40:00'),
  event: {
    kind: 'responder.checkedIn',
    responderId,
    responderKind,
    callSign: responderId,
    ...(postId === undefined ? {} : { postId }),
  },
});

/** An evening in the city of one street: six incidents, and a post that is left for half an hour. */
export function toldEvening(): readonly EventItem[] {
  const items = [checkedIn('S1', 'sentry', 'GATE'), checkedIn('V1', 'volunteer')];
  for (const { id, clock, priority, east, by, arrivesAfter, closesAfter, place } of TOLD) {
    const [lng, lat] = oneStreetAt(east, 0);
    const at = toldAt(clock);
    const after = (seconds: number, name: string, event: object): EventItem => ({
      key: `${id} ${name}`,
      at: at + seconds * 1_000,
      event,
    });
    items.push(
      after(0, 'received', {
        kind: 'incident.received',
        incidentId: id,
        category: 'help',
        priority,
        lng,
        lat,
        place,
        precinctId: 'P',
      }),
      after(2, 'offered', { kind: 'order.offered', orderId: `O${id}`, incidentId: id, responderId: by }),
      after(6, 'accepted', { kind: 'order.stage', orderId: `O${id}`, stage: 'accepted' }),
      after(arrivesAfter, 'onScene', { kind: 'order.stage', orderId: `O${id}`, stage: 'onScene' }),
      after(closesAfter - 1, 'done', { kind: 'order.stage', orderId: `O${id}`, stage: 'done' }),
      after(closesAfter, 'closed', { kind: 'incident.stage', incidentId: id, stage: 'closed' }),
    );
  }
  items.push(
    {
      key: 'left',
      at: toldAt('23:00:00'),
      event: { kind: 'responder.checkedOut', responderId: 'S1' },
    },
    { ...checkedIn('S1', 'sentry', 'GATE'), key: 'back', at: toldAt('23:30:00') },
  );
  return items;
}
