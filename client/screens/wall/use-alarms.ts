import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue';
import { alarmBoard, NO_ALARMS, type AlarmBoard } from './alarms.ts';

export interface Alarms {
  readonly board: ShallowRef<AlarmBoard>;
  /** Looks at a world anew. */
  look(world: World, at: EpochMs): void;
}

/** The alarms of the shown world; with `sound`, a new one is heard once. */
export function useAlarms(sound: boolean): Alarms {
  const board = shallowRef<AlarmBoard>(NO_ALARMS);
  const player = sound ? import('./alarm-sound.ts').then(({ AlarmSound }) => new AlarmSound()) : undefined;
  let isFirstLook = true;
  onBeforeUnmount(() => void player?.then((each) => each.close()));
  return {
    board,
    look: (world, at) => {
      const next = alarmBoard(world, at);
      // What was there when the screen was opened is not new.
      const isNew = !isFirstLook && hasNew(next, board.value);
      isFirstLook = false;
      board.value = next;
      if (isNew) void player?.then((each) => each.play());
    },
  };
}

/** Whether something is presented that was not a moment ago: it came, became more urgent, or waited for the end of a flood. */
export function hasNew(now: AlarmBoard, before: AlarmBoard): boolean {
  const known = new Set(before.alarms.map(({ id }) => id));
  return now.alarms.some(({ id }) => !known.has(id));
}
