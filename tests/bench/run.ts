import { readdir } from 'node:fs/promises';
import { median, meets, type Bench, type Figures } from './bench.ts';

/**
 * `npm run bench -- NAME [--quick]`: a table for people, and as the last line one JSON object. Exit code 0 also when
 * a goal is missed: these are measurements, and machines differ.
 */
const RUNS = 5;
const QUICK_RUNS = 3;

const names = (await readdir(new URL('.', import.meta.url)))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
  .toSorted();
const [name = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const quick = process.argv.includes('--quick');
if (!names.includes(name)) {
  console.error(`npm run bench -- NAME [--quick]; NAME is one of: ${names.join(', ')}`);
  process.exit(1);
}

const { bench } = (await import(`./${name}.bench.ts`)) as { bench: Bench };
console.log(`${bench.name}: ${bench.what}`);
const { run, stop } = await bench.start({ quick });
const runs: Figures[] = [];
try {
  for (
    let count = quick ? (bench.quickRuns ?? bench.runs ?? QUICK_RUNS) : (bench.runs ?? RUNS);
    count > 0;
    count -= 1
  )
    runs.push(await run());
} finally {
  await stop();
}

const short = (value: number): number => Number(value.toPrecision(4));
const figures: Record<string, number> = {};
for (const figure of Object.keys(runs[0] ?? {})) {
  figures[figure] = short(median(runs.map((each) => each[figure] ?? Number.NaN)));
}
let met = true;
console.log(`${'figure'.padEnd(26)}${'median'.padStart(14)}  goal        runs`);
for (const [figure, value] of Object.entries(figures)) {
  const goal = bench.goals[figure];
  const reached = goal === undefined || meets(goal, value);
  met &&= reached;
  let wanted = '';
  if (goal !== undefined) wanted = 'max' in goal ? `≤ ${goal.max}` : `≥ ${goal.min}`;
  const mark = reached ? ' ' : '✗';
  const all = runs.map((each) => short(each[figure] ?? Number.NaN)).join('  ');
  console.log(`${figure.padEnd(26)}${String(value).padStart(14)} ${mark}${wanted.padEnd(12)} ${all}`);
}
console.log(JSON.stringify({ name: bench.name, figures, goals: bench.goals, met }));
process.exit(0);
