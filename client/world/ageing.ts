import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import type { AgeLimits, AgeLimitsByKind, FixAge } from '@maplewall/shared/rules/fix-age.ts';

/** What `fixAgeOf` answers in the shader. */
export const AGE_IN_SHADER = { fresh: 0, stale: 1, ghost: 2 } as const satisfies Record<FixAge, number>;

/** GLSL of `int fixAgeOf(int kind, float ageSeconds)`, with `kind` an index in RESPONDER_KINDS. */
export function ageGlsl(limits: AgeLimitsByKind): string {
  const list = (of: (limits: AgeLimits) => number): string =>
    `vec4(${RESPONDER_KINDS.map((kind) => of(limits[kind]).toFixed(1)).join(', ')})`;
  return `\
int fixAgeOf(int kind, float ageSeconds) {
  if (ageSeconds >= ${list(({ ghostAfterSeconds }) => ghostAfterSeconds)}[kind]) return ${AGE_IN_SHADER.ghost};
  return ageSeconds < ${list(({ staleAfterSeconds }) => staleAfterSeconds)}[kind] ? ${AGE_IN_SHADER.fresh} : ${AGE_IN_SHADER.stale};
}
`;
}
