import type { View } from '../wall/layout.ts';
import type { WallOptions } from '../wall/wall-options.ts';

/** What the set-up page asks. */
export interface SetupForm {
  readonly width: number;
  readonly farthest: number;
  readonly columns: number;
  readonly rows: number;
  readonly column: number;
  readonly row: number;
  readonly view: View;
  readonly theme: WallOptions['theme'];
  readonly director: boolean;
  readonly sound: boolean;
  readonly ghost: boolean;
}

/** The words of an address that say what the form says; what is usual is left out. */
export function setupWords(form: SetupForm): string {
  const words: string[] = [`width=${form.width}`, `farthest=${form.farthest}`];
  if (form.columns * form.rows > 1)
    words.push(`span=${form.columns}x${form.rows}`, `tile=${form.column},${form.row}`);
  if (form.view !== 'whole') words.push(`view=${form.view}`);
  if (form.theme !== 'dark') words.push(`theme=${form.theme}`);
  for (const name of ['director', 'sound', 'ghost'] as const) if (form[name]) words.push(`${name}=on`);
  return words.join('&');
}
