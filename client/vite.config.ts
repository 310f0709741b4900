import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { compiledWords, defines, treeshake } from './vite.common.ts';

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

export default defineConfig(({ command }) => ({
  plugins: [vue(), compiledWords(), brotliBeside()],
  define: defines(command === 'build'),
  build: {
    target: 'es2024',
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      treeshake,
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
