import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';

/** Compiles words with values in them while the screens are built, so that no screen fetches the compiler (6 KiB). */
export function compiledWords(): Plugin {
  return {
    name: 'compiled-words',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!/\/client\/i18n\/([\w-]+\/)?(zh-CN|en)\.ts$/.test(id)) return undefined;
      const names = Object.entries((await import(id)) as Record<string, Words>);
      return names.map(([name, words]) => `export const ${name} = ${compiled(words)};`).join('\n');
    },
  };
}

interface Words {
  readonly [name: string]: string | Words;
}

const compiled = (words: Words): string =>
  JSON.stringify(words, (_, value: unknown) =>
    typeof value === 'string' && /[{@|]/.test(value)
      ? baseCompile(value, { jit: true, location: false, minify: true }).ast
      : value,
  );

/** Ways of writing components and messages that nothing here uses; the libraries leave them out when told. */
export const defines = (isBuild: boolean): Record<string, string> => ({
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_I18N_LEGACY_API__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'false',
  __INTLIFY_DROP_MESSAGE_COMPILER__: String(isBuild),
  __INTLIFY_PROD_DEVTOOLS__: 'false',
});

/** Its registry of formats and its checks of changes are for parsers, of which screens have none (fits-schema.ts). */
export const treeshake = {
  moduleSideEffects: [{ test: /node_modules\/typebox\//, sideEffects: false }],
};
