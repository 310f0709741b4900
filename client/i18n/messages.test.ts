import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of a language file by their path. */
function flat(words: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...flat(value as object, `${path}${key}.`)],
    ),
  );
}
/** Words that only some screens fetch have a folder of their own, and stand under its name. */
const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
async function wordsOf(folder: string, language: 'zh-CN' | 'en'): Promise<Readonly<Record<string, object>>> {
  const name = folder.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const words = (await import(`./${folder}/${language}.ts`)) as Readonly<Record<string, object>>;
  return Object.fromEntries(Object.values(words).map((each) => [name, each]));
}
const together = async (common: object, language: 'zh-CN' | 'en'): Promise<ReadonlyMap<string, string>> =>
  flat(Object.assign({}, common, ...(await Promise.all(folders.map((folder) => wordsOf(folder, language))))));
const chinese = await together(zhCN, 'zh-CN');
const english = await together(en, 'en');

const client = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(client, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(vue|ts)$/.test(path) && !/(^|\/)(node_modules|dist|i18n)\/|\.test\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(`${client}/${path}`, 'utf8') }));

describe('the words on the screens', () => {
  it('are there in both languages, under the same names, and none is empty', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
    for (const words of [chinese, english])
      expect([...words].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('name the same values in both languages', () => {
    const valuesOf = (text: string): readonly string[] =>
      [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].toSorted();
    for (const [name, text] of chinese)
      expect([name, valuesOf(english.get(name) ?? '')]).toEqual([name, valuesOf(text)]);
  });

  it('are there for every name that a screen asks for', () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)]
        .map(([, name = '']) => name)
        .filter((name) => !chinese.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('name a switch of the wall alike on each page that has it', () => {
    for (const [one, other] of [
      ['setup.director', 'admin.director'],
      ['setup.sound', 'admin.sound'],
      ['setup.theme', 'admin.theme'],
      ['setup.ghost', 'admin.ghostHeat'],
    ] as const)
      for (const words of [chinese, english])
        expect(words.get(other)?.toLowerCase()).toBe(words.get(one)?.toLowerCase());
    expect(chinese.get('visitor.note')).toContain(chinese.get('admin.visitor'));
  });

  it('call what is not ended open, for it may still be waiting', () => {
    for (const name of ['wall.sentence', 'wall.calm', 'legend.open', 'grid.incidents', 'compare.open'])
      expect([name, chinese.get(name)]).toEqual([name, expect.stringContaining('未结')]);
  });

  it('stand nowhere else: no template holds Chinese', () => {
    const spoken = sources
      .filter(({ path }) => path.endsWith('.vue'))
      .filter(({ text }) =>
        /[\u4e00-\u9fff]/.test(text.slice(text.indexOf('<template>'), text.lastIndexOf('</template>'))),
      )
      .map(({ path }) => path);
    expect(spoken).toEqual([]);
  });

  it('stand nowhere else: no code holds Chinese, nor the letter of a priority', () => {
    const spoken = sources
      .filter(({ text }) => /[\u4e00-\u9fff]|\bP\{\{/.test(text.replaceAll(/\/\*[^]*?\*\/|^ *\/\/.*$/gm, '')))
      .map(({ path }) => path);
    // A sign that is never seen, and what a page without a gateway answers in its place.
    expect(spoken.toSorted()).toEqual(['map/style-names.ts', 'take-along/fetch-from-page.ts']);
  });
});
