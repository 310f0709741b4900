import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

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
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|mjs|css|html|svg|json)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = await readFile(path);
        const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
        if (small.length < bytes.length) await writeFile(`${path}.br`, small);
      }
    },
  };
}

export default defineConfig({
  plugins: [vue(), brotliBeside()],
  build: {
    target: 'es2024',
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules.*(echarts|zrender)/ },
            {
              name: 'map',
              test: /node_modules.*(maplibre-gl|@deck\.gl|@luma\.gl|@math\.gl|@loaders\.gl|@probe\.gl)/,
            },
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
});
