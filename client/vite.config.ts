import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { baseCompile } from '@intlify/message-compiler';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

const compress = promisify(brotliCompress);

/** Puts a .br beside each file that shrinks, so that the gateway compresses nothing while it serves. */
function brotliBeside(): Plugin {
  let folder = 'dist';
  return {
    name: 'brotli-beside',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile() && /\.(js|mjs|css|html|svg|json)$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name));
      // At once: the highest quality takes a tenth off, and seconds, on as many cores as there are.
      await Promise.all(
        paths.map(async (path) => {
          const bytes = await readFile(path);
          const small = await compress(bytes, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
              [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
            },
          });
          if (small.length < bytes.length) await writeFile(`${path}.br`, small);
        }),
      );
    },
  };
}

/** Compiles words with values in them while the screens are built, so that no screen fetches the compiler (6 KiB). */
function compiledWords(): Plugin {
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

export default defineConfig(({ command }) => ({
  plugins: [vue(), compiledWords(), brotliBeside()],
  // Ways of writing components and messages that nothing here uses; the libraries leave them out when told.
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: String(command === 'build'),
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'es2024',
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      // Its registry of formats and its checks of changes are for parsers, of which screens have none (fits-schema.ts).
      treeshake: { moduleSideEffects: [{ test: /node_modules\/typebox\//, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules.*(echarts|zrender)/ },
            {
              name: 'map',
              test: /node_modules.*(maplibre-gl|@deck\.gl|@luma\.gl|@math\.gl|@loaders\.gl|@probe\.gl)/,
            },
            // A dozen crumbs that several screens share compress worse than one piece.
            { name: 'common', minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': 'http://localhost:8080',
      '/socket.io': { target: 'http://localhost:8080', ws: true },
    },
  },
}));
