import type { Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { Feed } from '../../feed/feed.ts';
import { beginRun, goOn, isOver, type Missing } from './scene-run.ts';
import { sceneAfter, showCommandOf, type ShowCommand } from './show-keys.ts';

const LOOK_EVERY_MS = 100;

export interface Show {
  readonly index: Ref<number>;
  readonly isBlack: Ref<boolean>;
  /** From 0 to 1. */
  readonly played: ComputedRef<number>;
  readonly isOver: ComputedRef<boolean>;
  readonly missing: ComputedRef<Missing | undefined>;
  command(command: ShowCommand): void;
  /** The feed is there: shows the scene that is due. */
  begin(feed: Feed): void;
}

/** Plays scene after scene. A scene plays for its seconds and then stands until somebody goes on; with `auto` it goes on by itself. */
export function useShow(parts: {
  readonly scenes: readonly Scene[];
  readonly first: number;
  readonly auto: boolean;
  /** A scene begins: the camera, the layers and the marks are another's to see to. */
  readonly onScene: (scene: Scene, index: number) => void;
  /** The last scene has played to its end. */
  readonly onOver: () => void;
  readonly onSecond: (at: EpochMs) => void;
}): Show {
  const { scenes } = parts;
  const index = ref(Math.max(0, Math.min(scenes.length - 1, parts.first)));
  const isBlack = ref(false);
  const run = shallowRef(beginRun(scenes[index.value] ?? { seconds: 0 }));
  let feed: Feed | undefined;
  let lookedAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const enter = (to: number): void => {
    const scene = scenes[to];
    if (scene === undefined || feed?.playback === undefined) return;
    index.value = to;
    run.value = beginRun(scene);
    parts.onScene(scene, to);
    feed.playback.setSpeed(scene.speed);
    feed.playback.seek(scene.at);
    if (!isBlack.value) feed.playback.play();
  };
  const command = (given: ShowCommand): void => {
    if (given === 'black') {
      isBlack.value = !isBlack.value;
      if (isBlack.value) feed?.playback?.pause();
      else if (!isOver(run.value)) feed?.playback?.play();
      return;
    }
    isBlack.value = false;
    enter(sceneAfter(given, index.value, scenes.length));
  };
  const look = (): void => {
    const now = performance.now();
    const passed = now - lookedAt;
    lookedAt = now;
    if (feed === undefined) return;
    parts.onSecond(feed.shownAt());
    if (isBlack.value || isOver(run.value)) return;
    run.value = goOn(run.value, passed, feed.state, feed.shownAt());
    if (!isOver(run.value)) return;
    feed.playback?.pause();
    if (index.value === scenes.length - 1) parts.onOver();
    else if (parts.auto) enter(index.value + 1);
  };
  const onKey = (event: KeyboardEvent): void => {
    // The space bar presses the button that has the focus.
    if (event.key === ' ' && event.target instanceof Element && event.target.closest('button, a') !== null)
      return;
    const given = showCommandOf(event);
    if (given === undefined) return;
    event.preventDefault();
    command(given);
  };
  onMounted(() => {
    lookedAt = performance.now();
    timer = setInterval(look, LOOK_EVERY_MS);
    window.addEventListener('keydown', onKey);
  });
  onBeforeUnmount(() => {
    clearInterval(timer);
    window.removeEventListener('keydown', onKey);
  });
  return {
    index,
    isBlack,
    played: computed(() => Math.min(1, run.value.playedMs / (run.value.scene.seconds * 1_000))),
    isOver: computed(() => isOver(run.value)),
    missing: computed(() => run.value.missing),
    command,
    begin: (started) => {
      feed = started;
      enter(index.value);
    },
  };
}
