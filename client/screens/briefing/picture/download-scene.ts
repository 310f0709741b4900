import type { City } from '@maplewall/shared/domain/city.ts';
import type { Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import { i18n } from '../../../i18n/i18n.ts';
import type { MapTheme } from '../../../map/map-words.ts';
import { CityTime } from '../../../world/city-time.ts';
import { summarise } from '../../../world/summarise.ts';
import { missingSentence } from '../missing-sentence.ts';
import { beginRun, goOn } from '../scene-run.ts';
import { FOOT_UNITS, HEAD_UNITS, NOTE_UNITS } from '../use-stage.ts';
import { drawFrame, type PictureLook, type PictureWords } from './draw-frame.ts';
import { drawMap } from './draw-map.ts';
import { worldAt, type WorldThen } from './world-at.ts';

/** 4K UHD: the size of the design, in which a unit is a pixel. */
const WIDTH = 3_840;
const HEIGHT = 2_160;

export interface ScenePicture {
  readonly scene: Scene;
  readonly city: City;
  readonly title: string;
}

/**
 * Hands a scene to the person as a PNG of 3840 × 2160: the map at its moment, with the words of the scene and the frame
 * that says that it is a replay.
 * @throws when history cannot be read, or this browser cannot draw it
 */
export async function downloadScene({ scene, city, title }: ScenePicture): Promise<void> {
  const language = i18n.global.locale.value;
  const time = new CityTime(city.timeZone, language);
  const then = await worldAt(city, scene.at);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('there is no canvas to draw on');
  const { dataset } = document.documentElement;
  await drawMap(context, {
    city,
    scene,
    clientWorld: then.clientWorld,
    theme: (dataset['theme'] ?? 'dark') as MapTheme,
    language,
    width: WIDTH,
    height: HEIGHT,
    insets: {
      left: 0,
      right: scene.note === '' ? 0 : NOTE_UNITS,
      top: HEAD_UNITS,
      bottom: FOOT_UNITS,
    },
  });
  const words = wordsOf(scene, city, title, time, then);
  const look = lookInForce();
  // A canvas does not wait for the letters that it is given to draw.
  await document.fonts.load(`600 72px ${look.font}`, Object.values(words).flat().join(''));
  drawFrame(context, WIDTH, HEIGHT, words, look);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the picture could not be encoded');
  save(blob, `${time.day(scene.at)} ${time.clock(scene.at).replaceAll(':', '')}.png`);
}

function wordsOf(
  scene: Scene,
  city: City,
  title: string,
  time: CityTime,
  { clientWorld, state }: WorldThen,
): PictureWords {
  const { t, locale } = i18n.global;
  const language = locale.value === 'en' ? 'en' : 'zh';
  const { mode } = summarise(clientWorld.world, scene.at, time, undefined);
  const simulated = mode === 'Test' ? ` · ${t('mode.demo')}` : '';
  const { missing } = goOn(beginRun(scene), 0, state, scene.at);
  const clock = time.clock(scene.at);
  return {
    frame: `${t('mode.replay')}${simulated} ${t('mode.since', { time: clock })}`,
    title,
    city: city.name[language],
    clock,
    date: time.date(scene.at),
    note: scene.note,
    missing: missing === undefined ? '' : missingSentence(missing, time),
    foot: [city.notice?.[language], city.attribution].filter((line) => line !== undefined),
  };
}

/** The tokens as they are on this page; a canvas knows no CSS variables. */
function lookInForce(): PictureLook {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: read('--ground'),
    panel: read('--panel'),
    text: read('--text'),
    textSecond: read('--text-second'),
    warning: read('--warning'),
    replay: read('--replay'),
    hairline: read('--hairline'),
    font: read('--font'),
  };
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes the bytes after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
