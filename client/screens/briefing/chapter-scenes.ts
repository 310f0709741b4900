import { SCENE_LAYERS, type Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import type { DayChapters } from '@maplewall/shared/wire/briefing.ts';
import { captionOf, type Say } from '@maplewall/shared/rules/chapters/caption.ts';
import type { Chapter, Focus } from '@maplewall/shared/rules/chapters/chapter.ts';
import { boundsOf } from '@maplewall/shared/rules/chapters/focus-bounds.ts';
import { coarseBox } from '../../world/coarse-place.ts';
import type { Mercator } from '../../world/mercator.ts';

/** A mark's text is no longer than this. */
const MARK_CHARACTERS = 40;

/** The chapters of a day as scenes, with what is said of each in the language of `say`; none where the day has none. */
export const scenesOfChapters = ({ chapters }: Pick<DayChapters, 'chapters'>, say: Say): readonly Scene[] =>
  chapters.map((chapter) => sceneOf(chapter, say));

/** The same without addresses, for visitors, and with a camera that points at squares and not at places. */
export const masked = (told: DayChapters, somewhere: string, mercator: Mercator): DayChapters => ({
  ...told,
  chapters: told.chapters.map((chapter) => ({
    ...chapter,
    focus: coarseFocus(chapter.focus, mercator),
    incident: chapter.incident === null ? null : { ...chapter.incident, place: somewhere },
  })),
});

function coarseFocus(focus: Focus, mercator: Mercator): Focus {
  if (focus.kind === 'point') {
    const [west, south, east, north] = coarseBox([focus.lng, focus.lat, focus.lng, focus.lat], mercator);
    return { ...focus, lng: (west + east) / 2, lat: (south + north) / 2 };
  }
  return { ...focus, box: coarseBox(focus.box, mercator) };
}

function sceneOf(chapter: Chapter, say: Say): Scene {
  const { focus, incident } = chapter;
  return {
    at: chapter.from,
    bounds: boundsOf(focus),
    layers: SCENE_LAYERS,
    speed: chapter.speed,
    seconds: Math.max(1, Math.round(chapter.seconds)),
    note: `${say(`briefing.kinds.${chapter.kind}`)}\n${captionOf(chapter, say)}`,
    marks:
      focus.kind === 'point' && incident !== null
        ? [{ lng: focus.lng, lat: focus.lat, text: incident.place.slice(0, MARK_CHARACTERS) }]
        : [],
  };
}
