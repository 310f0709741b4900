import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import { RESPONDER_KINDS, type Responder } from '@maplewall/shared/domain/responder.ts';
import type { AgeLimits, CityAgeLimits, FixAge } from '@maplewall/shared/rules/fix-age.ts';

/** What `fixAgeOf` answers in the shader. */
export const AGE_IN_SHADER = { fresh: 0, stale: 1, ghost: 2 } as const satisfies Record<FixAge, number>;

/** What a byte of `Whose` holds of the kind: its index in RESPONDER_KINDS. */
export const KIND_BITS = 0b11;
const SOURCE_SHIFT = 2;

/**
 * What a row of Motion says in one byte: the kind of responder, and above it whose limits of age hold, 0 those of the
 * kind, n those of the n-th source of the pack that has some. The card looks the limits up by it.
 */
export class Whose {
  /** Those of each kind, then those of each source. */
  readonly #limits: readonly AgeLimits[];
  readonly #placeOf: ReadonlyMap<SourceId, number>;

  constructor({ kinds, sources }: CityAgeLimits) {
    this.#limits = [...RESPONDER_KINDS.map((kind) => kinds[kind]), ...sources.values()];
    this.#placeOf = new Map([...sources.keys()].map((source, index) => [source, index + 1]));
  }

  byteOf({ kind, reportsThrough }: Pick<Responder, 'kind' | 'reportsThrough'>): number {
    const place = reportsThrough === '' ? 0 : (this.#placeOf.get(reportsThrough) ?? 0);
    return RESPONDER_KINDS.indexOf(kind) | (place << SOURCE_SHIFT);
  }

  limitsOf(byte: number): AgeLimits {
    const place = byte >> SOURCE_SHIFT;
    const limits = this.#limits[place === 0 ? byte & KIND_BITS : RESPONDER_KINDS.length - 1 + place];
    if (limits === undefined) throw new RangeError(`no limits of age for ${byte}`);
    return limits;
  }

  /** GLSL of `int fixAgeOf(int whose, float ageSeconds)`. */
  glsl(): string {
    const size = this.#limits.length;
    const list = (of: (limits: AgeLimits) => number): string =>
      `float[${size}](${this.#limits.map((limits) => of(limits).toFixed(1)).join(', ')})`;
    return `\
const float STALE_AFTER[${size}] = ${list(({ staleAfterSeconds }) => staleAfterSeconds)};
const float GHOST_AFTER[${size}] = ${list(({ ghostAfterSeconds }) => ghostAfterSeconds)};
int fixAgeOf(int whose, float ageSeconds) {
  int place = whose >> ${SOURCE_SHIFT};
  int row = place == 0 ? whose & ${KIND_BITS} : ${RESPONDER_KINDS.length - 1} + place;
  if (ageSeconds >= GHOST_AFTER[row]) return ${AGE_IN_SHADER.ghost};
  return ageSeconds < STALE_AFTER[row] ? ${AGE_IN_SHADER.fresh} : ${AGE_IN_SHADER.stale};
}
`;
  }
}
