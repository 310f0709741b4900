import { percentWord } from '../percent-word.ts';
import type { Chapter, Figure } from './chapter.ts';

/** Says a word of the language tables by its path, with its values filled in. */
export type Say = (path: string, values?: Readonly<Record<string, string | number>>) => string;

const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;
/** Up to here seconds are said as such. */
const SECONDS_SAID = 120;

/** A length of time as people say it. */
export function sayDuration(seconds: number, say: Say): string {
  const whole = Math.round(seconds);
  if (whole < SECONDS_SAID) return say('briefing.duration.seconds', { count: whole });
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE);
  if (minutes >= 2 * MINUTES_PER_HOUR)
    return say('briefing.duration.hours', {
      hours: Math.floor(minutes / MINUTES_PER_HOUR),
      minutes: minutes % MINUTES_PER_HOUR,
    });
  return whole % SECONDS_PER_MINUTE === 0
    ? say('briefing.duration.minutes', { count: minutes })
    : say('briefing.duration.minutesSeconds', { minutes, seconds: whole % SECONDS_PER_MINUTE });
}

function sayFigure({ value, unit }: Figure, say: Say): string {
  switch (unit) {
    case 'seconds':
      return sayDuration(value, say);
    case 'minutes':
      return sayDuration(Math.round(value) * SECONDS_PER_MINUTE, say);
    case 'share':
      return `${percentWord(value)} %`;
    default:
      return String(Number(value.toFixed(1)));
  }
}

/** The sentence of a chapter, in the language of `say`. */
export function captionOf({ kind, incident, responder, figures }: Chapter, say: Say): string {
  const values: Record<string, string | number> = {};
  for (const figure of figures) {
    values[figure.name] = sayFigure(figure, say);
    if (figure.sample !== null) values[`${figure.name}Sample`] = figure.sample;
  }
  if (incident !== null) {
    values['place'] = incident.place;
    values['category'] = say(`category.${incident.category}`);
    values['priority'] = say(`priority.p${incident.priority}`);
  }
  if (responder !== null) values['responder'] = say(`briefing.responder.${responder.kind}`);
  const caption = say(`briefing.captions.${kind}`, values);
  return values['expected'] === undefined
    ? caption
    : `${caption} ${say('briefing.expected', { expected: values['expected'] })}`;
}
