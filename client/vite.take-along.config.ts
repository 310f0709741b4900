import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { compiledWords, defines, treeshake } from './vite.common.ts';

/**
 * Builds the page of a replay that is taken along: the screens of the wall as one classic script in one file, because browsers
 * refuse modules and whatever is fetched to a page from file:. The gateway puts in what the page shows (docs/spec/export.md).
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Modules that ask the gateway, or are files of their own, and what takes their place in a file. */
const STAND_INS = new Map([
  [here('feed/history-source.ts'), here('take-along/history-source.ts')],
  [here('map/city-file.ts'), here('take-along/city-file.ts')],
  [here('map/ways/open-way-worker.ts'), here('take-along/open-way-worker.ts')],
  [here('screens/replay/has-present.ts'), here('take-along/has-present.ts')],
]);
const MAP_WORKER = 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';

function standIns(): Plugin {
  return {
    name: 'stand-ins',
    enforce: 'pre',
    async resolveId(asked, importer, options) {
      if (asked === MAP_WORKER) return here('take-along/map-worker-url.ts');
      if (!asked.startsWith('.')) return undefined;
      const resolved = await this.resolve(asked, importer, { ...options, skipSelf: true });
      return resolved === null ? undefined : (STAND_INS.get(resolved.id) ?? resolved);
    },
  };
}

/**
 * A script as it may stand inside a page. What would end it, or open a comment of the page, is in texts of the code alone;
 * there the escaped sign is the same sign.
 */
function insidePage(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, String.raw`\x3c`);
}

/** This script alone may run, and nothing is asked of anybody: what a page makes itself is all that it reads. */
function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob: data:',
    'connect-src blob: data:',
    'img-src blob: data:',
    'font-src data:',
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="content-security-policy" content="${policy.join('; ')}" />`;
}

/** Writes the one file: page, style and script, with marks where the gateway puts the rest. */
function onePage(): Plugin {
  return {
    name: 'one-page',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const pieces = Object.values(bundle);
      const scripts = pieces.filter((piece): piece is Rolldown.OutputChunk => piece.type === 'chunk');
      const styles = pieces.filter(
        (piece): piece is Rolldown.OutputAsset => piece.type === 'asset' && piece.fileName.endsWith('.css'),
      );
      if (scripts.length !== 1 || pieces.length !== scripts.length + styles.length)
        throw new Error(`one script was expected: ${pieces.map(({ fileName }) => fileName).join(', ')}`);
      for (const { fileName } of pieces) delete bundle[fileName];
      const style = styles.map(({ source }) => source.toString()).join('\n');
      const template = await readFile(here('take-along/index.html'), 'utf8');
      const script = insidePage(scripts[0]?.code ?? '');
      // Functions, so that a dollar sign in the code is nothing but one.
      const source = template
        .replace('<!--head-->', () => `${policyFor(script)}\n<!--head-->\n<style>${style}</style>`)
        .replace('<!--player-->', () => `<script>${script}</script>`);
      this.emitFile({ type: 'asset', fileName: 'player.html', source });
    },
  };
}

export default defineConfig({
  plugins: [standIns(), vue(), compiledWords(), onePage()],
  // What would be found beside a script is in the page itself.
  define: { ...defines(true), 'import.meta.url': "''", 'import.meta.resolve': 'undefined' },
  publicDir: false,
  build: {
    target: 'es2024',
    outDir: 'take-along/dist',
    assetsInlineLimit: () => true,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 20_000,
    modulePreload: false,
    rolldownOptions: {
      treeshake,
      input: here('take-along/main.ts'),
      output: { format: 'iife', codeSplitting: false },
    },
  },
});
