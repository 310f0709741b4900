import type { GridId } from '@maplewall/shared/domain/ids.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { riskStep } from './map-colours.ts';

/** Remembers which step of risk each grid is drawn with, so that only what looks different is drawn anew. */
export class DrawnRisks {
  readonly #steps = new Map<GridId, number>();

  /** Nothing is drawn any more: all risks are changes again. */
  forget(): void {
    this.#steps.clear();
  }

  /** The grids to draw anew, with their level; a grid that the world does not know any more goes back to 0. */
  changes({ risks }: Pick<World, 'risks'>): (readonly [GridId, number])[] {
    const changed: (readonly [GridId, number])[] = [];
    for (const gridId of this.#steps.keys())
      if (!risks.indexOf.has(gridId)) {
        this.#steps.delete(gridId);
        changed.push([gridId, 0]);
      }
    for (const [index, gridId] of risks.gridIds.entries()) {
      const level = risks.levels[index] ?? 0;
      const step = riskStep(level);
      if (this.#steps.get(gridId) === step) continue;
      this.#steps.set(gridId, step);
      changed.push([gridId, level]);
    }
    return changed;
  }
}
