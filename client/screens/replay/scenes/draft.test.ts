import type { Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { SavedBriefing } from '@maplewall/shared/wire/saved-briefings.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentOf,
  draftOf,
  draftText,
  EMPTY_DRAFT,
  isUnsaved,
  moved,
  readDraft,
  savedAs,
  withChanged,
  without,
  withScene,
  type Draft,
} from './draft.ts';

const scene = (note: string): Scene => ({
  at: epochMs(1_795_000_000_000),
  bounds: { west: 120.4, south: 27.4, east: 120.6, north: 27.6 },
  layers: ['incidents'],
  speed: 60,
  seconds: 20,
  note,
  marks: [],
});
const drafted = (...notes: readonly string[]): Draft =>
  notes.reduce((draft, note) => withScene(draft, scene(note)) ?? draft, EMPTY_DRAFT);
const notesOf = ({ scenes }: Draft): readonly string[] => scenes.map((each) => each.scene.note);
const saved = (version: number, newest: number, deleted = false): SavedBriefing => ({
  id: 'b',
  version,
  newest,
  basedOn: version - 1,
  savedAt: epochMs(0),
  deleted,
  title: '早会',
  scenes: [scene('一')],
});

describe('a briefing that is being made', () => {
  it('is unsaved from the first word on, and saved until it is changed again', () => {
    expect(isUnsaved(EMPTY_DRAFT)).toBe(false);
    const draft = drafted('一');
    expect(isUnsaved(draft)).toBe(true);
    const kept = savedAs({ ...draft, title: '早会' }, saved(1, 1));
    expect(isUnsaved(kept)).toBe(false);
    expect(isUnsaved(withChanged(kept, 1, { note: '二' }))).toBe(true);
    expect(isUnsaved(draftOf(saved(2, 2)))).toBe(false);
  });

  it('is unsaved when it was opened as an older version or a deleted one, and is based on the newest', () => {
    for (const opened of [draftOf(saved(1, 3)), draftOf(saved(3, 3, true))]) {
      expect(isUnsaved(opened)).toBe(true);
      expect(opened.origin?.newest).toBe(3);
    }
  });

  it('loses no scene, and keeps the others in their order, wherever one is moved', () => {
    const draft = drafted('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -2, max: 6 }), (key, to) => {
        const after = moved(draft, key, to);
        expect(after.scenes.findIndex((each) => each.key === key)).toBe(Math.max(0, Math.min(3, to)));
        expect(notesOf(without(after, key))).toEqual(notesOf(without(draft, key)));
      }),
    );
  });

  it('has a hundred scenes at most', () => {
    expect(withScene(drafted(...Array.from({ length: 100 }, () => '')), scene(''))).toBeUndefined();
  });

  it('comes back from the storage of the page as it was, and not from what is none', () => {
    const draft = { ...draftOf(saved(2, 2)), title: '' };
    expect(readDraft(draftText(draft))).toEqual(draft);
    expect(contentOf(readDraft(draftText(drafted('一', '二'))) ?? EMPTY_DRAFT)).toEqual(
      contentOf(drafted('一', '二')),
    );
    for (const text of [null, '', '{', '[]', '{"title":1,"scenes":[]}', '{"title":"a","scenes":[{"at":1}]}'])
      expect(readDraft(text)).toBeUndefined();
  });
});
