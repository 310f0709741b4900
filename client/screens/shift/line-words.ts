import type { City } from '@maplewall/shared/domain/city.ts';
import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import { sayDuration, type Say } from '@maplewall/shared/rules/chapters/caption.ts';
import { percentWord } from '@maplewall/shared/rules/percent-word.ts';
import type { ShiftLine } from '@maplewall/shared/rules/shift/shift-lines.ts';

const NAMES_SHOWN = 3;
const SHARES = ['before', 'now', 'lowest'] as const;

/** The sentence of a line, in the language of `say`. */
export function lineWords(
  line: ShiftLine,
  say: Say,
  { posts, isEnglish }: { readonly posts: City['posts']; readonly isEnglish: boolean },
): string {
  const { kind, figures, incident } = line;
  const values: Record<string, string | number> = { ...figures };
  const list = (ids: readonly string[]): string => {
    if (ids.length === 0) return say('shift.none');
    const names = ids.slice(0, NAMES_SHOWN).map((id) => {
      const post = posts.find((one) => one.id === id);
      return post === undefined ? id : isEnglish ? post.name.en : post.name.zh;
    });
    const rest = ids.length > NAMES_SHOWN ? ` ${say('shift.more', { count: ids.length })}` : '';
    return `${names.join(isEnglish ? ', ' : '、')}${rest}`;
  };
  if (incident !== null) {
    values['place'] = incident.place;
    values['category'] = say(`category.${incident.category}`);
    values['priority'] = say(`priority.p${incident.priority}`);
  }
  if (figures['minutes'] !== undefined) values['minutes'] = sayDuration(figures['minutes'] * 60, say);
  if (figures['seconds'] !== undefined) values['seconds'] = sayDuration(figures['seconds'], say);
  if (kind === 'coverage') for (const name of SHARES) values[name] = `${percentWord(figures[name])} %`;
  if (kind === 'silent') values['names'] = list(line.left);
  if (kind === 'posts') {
    values['left'] = list(line.left);
    values['taken'] = list(line.taken);
  }
  if (kind === 'people')
    values['changes'] = RESPONDER_KINDS.flatMap((one) => {
      const change = figures[one] ?? 0;
      return change === 0 ? [] : [`${say(`kind.${one}`)} ${change > 0 ? '+' : '−'}${Math.abs(change)}`];
    }).join(isEnglish ? ', ' : '、');
  const isUnreached = kind === 'missed' && figures['seconds'] === undefined;
  return say(`shift.lines.${isUnreached ? 'nobody' : kind}`, values);
}
