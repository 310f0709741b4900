import { onBeforeUnmount, ref, type Ref } from 'vue';
import { browserTimer } from '../../feed/timer.ts';
import { BackwardPlay, type Steppable } from './backward-play.ts';

/** A replay that can go back like a film as long as a screen is there; with its speed, 0 while it does not. */
export function useBackward(played: Steppable): {
  readonly backward: BackwardPlay;
  readonly backwardSpeed: Ref<number>;
} {
  const backwardSpeed = ref(0);
  const backward = new BackwardPlay(played, browserTimer, () => (backwardSpeed.value = backward.speed));
  onBeforeUnmount(() => backward.stop());
  return { backward, backwardSpeed };
}
