import { kindOf } from './capsule.ts';

/** Whether these bytes claim to be a frame or a keyframe; the decoder says whether they are. */
export function frameKind(bytes: Uint8Array): 'frame' | 'keyframe' | undefined {
  const kind = kindOf(bytes);
  return kind === 'segment' ? undefined : kind;
}
