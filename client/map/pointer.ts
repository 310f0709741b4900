import type { GridId } from '@maplewall/shared/domain/ids.ts';
import { gridFactors } from './grid-factors.ts';
import type { MapOptions, MapPick } from './map-handle.ts';
import type { Pointed } from './map-scene.ts';
import type { Marks } from './marks.ts';
import { pickAt } from './pick.ts';

/** Answers taps, and says what lies under the pointer when that changes. */
export class Pointer {
  readonly #options: MapOptions;
  readonly #marks: Marks;
  readonly #scale: () => number;
  #hovered = '';

  constructor(options: MapOptions, marks: Marks, scale: () => number) {
    this.#options = options;
    this.#marks = marks;
    this.#scale = scale;
  }

  tap(at: Pointed): void {
    const { lng, lat } = at;
    this.#options.onPick?.(this.#pick(at), { lng, lat });
  }

  /** `undefined`: the pointer left the map. */
  hover(at: Pointed | undefined): void {
    const { onHover } = this.#options;
    if (onHover === undefined) return;
    const pick = at === undefined ? undefined : this.#pick(at);
    const name = pick === undefined ? '' : `${pick.kind} ${pick.id}`;
    if (name === this.#hovered) return;
    this.#hovered = name;
    onHover(pick);
  }

  #pick({ lng, lat, pixelsPerUnit, gridAt }: Pointed): MapPick | undefined {
    const { clientWorld, now } = this.#options;
    const mark = pickAt({
      clientWorld,
      postMarks: this.#marks.posts,
      lng,
      lat,
      pixelsPerUnit,
      scale: this.#scale(),
      at: now(),
    });
    if (mark !== undefined) return mark;
    const id = gridAt();
    if (id === undefined) return undefined;
    const gridId = id as GridId;
    return { kind: 'grid', id: gridId, ...gridFactors(clientWorld.world, gridId, now()) };
  }
}
