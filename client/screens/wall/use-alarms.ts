import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue';
import { AlarmSound } from './alarm-sound.ts';
import { alarmBoard, type AlarmBoard } from './alarms.ts';

const NO_ALARMS: AlarmBoard = { alarms: [], flood: 0, newest: undefined };

export interface Alarms {
  readonly board: ShallowRef<AlarmBoard>;
  /** Looks at a world anew. */
  look(world: World, at: EpochMs): void;
}

/** The alarms of the shown world; with `sound`, a new one is heard once. */
export function useAlarms(sound: boolean): Alarms {
  const board = shallowRef<AlarmBoard>(NO_ALARMS);
  const player = sound ? new AlarmSound() : undefined;
  let isFirstLook = true;
  onBeforeUnmount(() => player?.close());
  return {
    board,
    look: (world, at) => {
      const next = alarmBoard(world, at);
      // What was there when the screen was opened is not new.
      const isNew = !isFirstLook && next.newest !== board.value.newest && next.alarms.length > 0;
      isFirstLook = false;
      board.value = next;
      if (isNew) player?.play();
    },
  };
}
