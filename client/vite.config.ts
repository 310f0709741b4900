import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
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

type ModuleInfo = Pick<Rolldown.ModuleInfo, 'id' | 'importedIds'>;
let reached: ReadonlySet<string> | undefined;

/** All modules that a wall fetches before it shows anything: what its page and the entry import, and what these import. */
function ofWall(infoOf: (id: string) => ModuleInfo | null): ReadonlySet<string> {
  if (reached !== undefined) return reached;
  const found = new Set<string>();
  const waiting = ['main.ts', 'screens/wall/WallPage.vue'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(infoOf(id)?.importedIds ?? []));
  }
  reached = found;
  return found;
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
            // A dozen crumbs that several screens share compress worse than one piece; what the wall does not need is none of it.
            {
              debugName: 'common',
              name: (id, context) => (ofWall((one) => context.getModuleInfo(one)).has(id) ? 'common' : null),
              minShareCount: 3,
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
}));
