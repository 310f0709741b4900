import { fitsSchema } from '@maplewall/shared/domain/fits-schema.ts';
import {
  briefingContentSchema,
  MOST_SCENES,
  type BriefingContent,
  type Scene,
} from '@maplewall/shared/domain/saved-briefing.ts';
import type { SavedBriefing } from '@maplewall/shared/wire/saved-briefings.ts';

export interface DraftScene {
  /** Tells a scene from the others as long as the draft lives, wherever it stands. */
  readonly key: number;
  readonly scene: Scene;
}

/** A briefing as somebody is making it. */
export interface Draft {
  readonly title: string;
  readonly scenes: readonly DraftScene[];
  /** The saved briefing that this becomes a version of. */
  readonly origin:
    | {
        readonly id: string;
        /** Its newest version that this draft knows of: the next one is based on it. */
        readonly newest: number;
        /** What that version holds, as text; '' where the draft began as an older version, or as one that was deleted. */
        readonly text: string;
      }
    | undefined;
}

export const EMPTY_DRAFT: Draft = { title: '', scenes: [], origin: undefined };

export const contentOf = ({ title, scenes }: Draft): BriefingContent => ({
  title: title.trim(),
  scenes: scenes.map(({ scene }) => scene),
});
const textOf = ({ title, scenes }: BriefingContent): string => JSON.stringify([title, scenes]);

export function isUnsaved(draft: Draft): boolean {
  if (draft.origin === undefined) return draft.title.trim() !== '' || draft.scenes.length > 0;
  return textOf(contentOf(draft)) !== draft.origin.text;
}

/** The draft that a saved version is opened as. Saving it makes it the newest, whichever it was. */
export function draftOf({ id, version, newest, deleted, title, scenes }: SavedBriefing): Draft {
  return {
    title,
    scenes: scenes.map((scene, index) => ({ key: index + 1, scene })),
    origin: { id, newest, text: version === newest && !deleted ? textOf({ title, scenes }) : '' },
  };
}

/** The same draft, now that this version of it is saved; what was written since then stays. */
export const savedAs = (draft: Draft, { id, newest, title, scenes }: SavedBriefing): Draft => ({
  ...draft,
  origin: { id, newest, text: textOf({ title, scenes }) },
});

/** Undefined when there are as many scenes as a briefing can have. */
export function withScene(draft: Draft, scene: Scene): Draft | undefined {
  if (draft.scenes.length >= MOST_SCENES) return undefined;
  const key = Math.max(0, ...draft.scenes.map((each) => each.key)) + 1;
  return { ...draft, scenes: [...draft.scenes, { key, scene }] };
}

export const withChanged = (draft: Draft, key: number, change: Partial<Scene>): Draft => ({
  ...draft,
  scenes: draft.scenes.map((each) =>
    each.key === key ? { key, scene: { ...each.scene, ...change } } : each,
  ),
});

export const without = (draft: Draft, key: number): Draft => ({
  ...draft,
  scenes: draft.scenes.filter((each) => each.key !== key),
});

/** The scene at another place of the list; beyond its ends it stays at the end. */
export function moved(draft: Draft, key: number, to: number): Draft {
  const scene = draft.scenes.find((each) => each.key === key);
  if (scene === undefined) return draft;
  const { scenes } = without(draft, key);
  return { ...draft, scenes: scenes.toSpliced(Math.max(0, to), 0, scene) };
}

/** As `draftText` wrote it; undefined where it cannot be read, as after another version of this page. */
export function readDraft(text: string | null): Draft | undefined {
  if (text === null) return undefined;
  try {
    const { title, scenes, origin } = JSON.parse(text) as Partial<Record<string, unknown>>;
    // A title that is still empty is none of the schema's.
    if (typeof title !== 'string' || !fitsSchema(briefingContentSchema, { title: `${title}.`, scenes }))
      return undefined;
    const kept = scenes as readonly Scene[];
    return {
      title,
      scenes: kept.map((scene, index) => ({ key: index + 1, scene })),
      origin: isOrigin(origin) ? origin : undefined,
    };
  } catch {
    return undefined;
  }
}

export const draftText = ({ title, scenes, origin }: Draft): string =>
  JSON.stringify({ title, scenes: scenes.map(({ scene }) => scene), origin });

const isOrigin = (value: unknown): value is NonNullable<Draft['origin']> =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'newest' in value &&
  typeof value.newest === 'number' &&
  'text' in value &&
  typeof value.text === 'string';
