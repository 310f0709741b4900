import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MILLION = 1_000_000;
/** A million rows as objects would be several times as large. */
const HEAP_MIB = 56;
const PATIENCE_MS = 600_000;
const HOUR_AGO = Math.floor(Date.now() / 1_000) - 3_600;

const MAPPING = {
  formatVersion: 1,
  what: 'positions',
  time: { format: 'epochSeconds', zone: 'UTC' },
  coordinateSystem: 'WGS84',
  coordinates: { lng: '{lng}', lat: '{lat}' },
  mode: 'Actual',
  responderId: '{who}',
  fixAt: '{time}',
  speed: { number: '{speed}' },
};
const HEADER = 'who,lng,lat,time,speed\n';

let folder = '';
const inFolder = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-import-'));
  await writeFile(inFolder('mapping.json'), JSON.stringify(MAPPING));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `maplewall import` as a process of its own, whose heap cannot grow. */
async function runImportCommand(args: readonly string[]): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MIB}`,
      'server/cli/maplewall.ts',
      'import',
      '--mapping',
      inFolder('mapping.json'),
      ...args,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, stdout, stderr };
}

/** Rows of a thousand people who walk round; every fault below is one that somebody's export really has. */
const FAULTS = {
  1_000: { row: 'v1,east,27.55,100,1.2', kind: "lng: '…' is not a number" },
  2_000: { row: 'v1,120.55,27.55,yesterday,1.2', kind: "{time}: '…' is not a number of time" },
  3_000: { row: ',120.55,27.55,100,1.2', kind: '{who}: is empty' },
  4_000: { row: 'v1,120.55,27.55', kind: 'the row has more or fewer cells than the header' },
} as const;
type FaultLine = keyof typeof FAULTS;
const FAULT_LINES = Object.keys(FAULTS).map(Number) as readonly FaultLine[];

const soundRow = (line: number): string => {
  const who = line % 1_000;
  const step = Math.floor(line / 1_000);
  return `v${who},${(120.5 + who / 50_000 + step / 1e5).toFixed(5)},27.55000,${HOUR_AGO + step},1.2`;
};

describe('a million rows', () => {
  let server: Server;
  let url = '';
  let fixes = 0;
  let batches = 0;

  beforeAll(async () => {
    const file = createWriteStream(inFolder('million.csv'));
    file.write(HEADER);
    for (let line = 2; line < MILLION + 2; line += 10_000) {
      const rows = Array.from({ length: 10_000 }, (_, index) => {
        const at = line + index;
        return at in FAULTS ? FAULTS[at as FaultLine].row : soundRow(at);
      });
      if (!file.write(`${rows.join('\n')}\n`)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'close');
    // Answers as the gateway does, at once: what is measured here is the sender.
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const taken = Buffer.concat(chunks).toString('latin1').split('"responderId"').length - 1;
        fixes += taken;
        if (request.method === 'POST') batches += 1;
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ taken, refused: [] }));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }, PATIENCE_MS);
  afterAll(() => server.close());

  it(
    `are read and sent with a heap of ${HEAP_MIB} MiB, and the share that is done is told on the way`,
    async () => {
      const rejects = inFolder('million.rejects.csv');
      const outcome = await runImportCommand([
        '--file',
        inFolder('million.csv'),
        '--server',
        url,
        '--key',
        'any',
        '--rejects',
        rejects,
      ]);
      const sent = MILLION - FAULT_LINES.length;
      expect([outcome.code, fixes]).toEqual([0, sent]);
      expect(batches).toBeGreaterThan(sent / 1_500);
      expect(batches).toBeLessThan(sent / 700);
      // A row that is no record is not counted among the rows that could be read.
      expect(outcome.stdout).toContain(`rows ${MILLION - 1} · new ${sent} · known 0 · rejected 4\n`);
      for (const { kind } of Object.values(FAULTS)) expect(outcome.stdout).toContain(`  1  ${kind}\n`);
      const shares = [...outcome.stderr.matchAll(/(\d+) %/g)].map(([, share]) => Number(share));
      expect(shares.length).toBeGreaterThan(3);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(new Set(shares).size).toBeGreaterThan(3);
    },
    PATIENCE_MS,
  );
});

describe('a file with faults', () => {
  /** So many rows of each fault, between sound ones. */
  const EACH = 20;
  let gateway: TestGateway;
  const lineOf = (fault: number, index: number): number => 2 + fault + index * FAULT_LINES.length;
  const sound = 500;

  beforeAll(async () => {
    gateway = await startTestGateway();
    const faults = Array.from({ length: EACH * FAULT_LINES.length }, (_, index) => {
      const { row } = FAULTS[FAULT_LINES[index % FAULT_LINES.length] ?? 1_000];
      return row;
    });
    const outside = `v1,110.55,27.55,${HOUR_AGO},1.2`;
    const rows = [...faults, outside, ...Array.from({ length: sound }, (_, index) => soundRow(index))];
    await writeFile(inFolder('faults.csv'), `${HEADER}${rows.join('\n')}\n`);
  });
  afterAll(() => gateway.stop());

  it('is counted kind by kind in a dry run, which sends nothing', async () => {
    const outcome = await runImportCommand(['--file', inFolder('faults.csv'), '--dry-run']);
    expect(outcome.code).toBe(0);
    for (const { kind } of Object.values(FAULTS)) expect(outcome.stdout).toContain(`fault ${EACH}  ${kind}`);
    expect(outcome.stdout.match(/fault/g)?.length).toBe(FAULT_LINES.length);
    expect(outcome.stdout).toContain(`${sound + 1}  fix`);
    expect(gateway.gateway.keeper.world.seq).toBe(0);
  });

  it('is taken where it is sound, and every other row is listed with its line and the reason', async () => {
    const rejects = inFolder('faults.rejects.csv');
    const outcome = await runImportCommand([
      '--file',
      inFolder('faults.csv'),
      '--server',
      gateway.url,
      '--key',
      await gateway.addSource('walkers'),
      '--rejects',
      rejects,
    ]);
    const rejected = EACH * FAULT_LINES.length + 1;
    expect(outcome.stdout).toContain(`new ${sound} · known 0 · rejected ${rejected}\n`);
    const [header, ...lines] = (await readFile(rejects, 'utf8')).trimEnd().split('\n');
    expect(header).toBe('line,field,reason');
    const byLine = new Map(
      lines.map((line) => {
        const [number = '', field, reason] = line.split(/,(?=")/);
        return [Number(number), `${field} ${reason}`];
      }),
    );
    expect(byLine.size).toBe(rejected);
    for (let index = 0; index < EACH; index += 1) {
      expect(byLine.get(lineOf(0, index))).toBe(`"lng" "'east' is not a number"`);
      expect(byLine.get(lineOf(1, index))).toBe(`"{time}" "'yesterday' is not a number of time"`);
      expect(byLine.get(lineOf(2, index))).toBe(`"{who}" "is empty"`);
      expect(byLine.get(lineOf(3, index))).toBe(`"" "the row has more or fewer cells than the header"`);
    }
    expect(byLine.get(2 + EACH * FAULT_LINES.length)).toContain("outside the city's bounds");
  });
});
