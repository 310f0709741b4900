import { parseArgs } from 'node:util';
import { PACK_FILES, type PackFile } from '@maplewall/shared/domain/city.ts';
import { makePack } from '../city/make-pack.ts';

export const packUsage = `maplewall pack --out DIR --id ID --name-zh 名 --name-en NAME --time-zone ZONE [files]

Makes a city pack (docs/spec/city-pack.md) of your own GeoJSON files. Use it with CITY_DIR=DIR npm start.

  --boundary FILE --water FILE --roads FILE --blocks FILE --buildings FILE
  --communities FILE --grids FILE --places FILE
  --boundary-where NAME=VALUE   take only the boundary feature with this property
  --bounds W,S,E,N              instead of the boundary's own; positions outside are refused
  --coordinate-system WGS84 | GCJ-02 | BD-09   of the files; default WGS84
  --attribution TEXT            shown on the map
`;

/** `maplewall pack`. Answers the exit code. */
export async function packCommand(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: text,
      id: text,
      'name-zh': text,
      'name-en': text,
      'time-zone': text,
      'boundary-where': text,
      bounds: text,
      'coordinate-system': text,
      attribution: text,
      help: { type: 'boolean', default: false },
      ...(Object.fromEntries(PACK_FILES.map((name) => [name, text])) as Record<PackFile, typeof text>),
    },
  });
  const { out, id, 'name-zh': zh, 'name-en': en, 'time-zone': timeZone } = values;
  if (values.help || out === undefined || id === undefined || timeZone === undefined) {
    console.log(packUsage);
    return values.help ? 0 : 1;
  }
  const coordinateSystem = values['coordinate-system'] ?? 'WGS84';
  if (coordinateSystem !== 'WGS84' && coordinateSystem !== 'GCJ-02' && coordinateSystem !== 'BD-09') {
    console.error(`--coordinate-system must be WGS84, GCJ-02 or BD-09, not ${coordinateSystem}.`);
    return 1;
  }
  const bounds = values.bounds?.split(',').map(Number);
  if (bounds !== undefined && (bounds.length !== 4 || bounds.some((value) => !Number.isFinite(value)))) {
    console.error('--bounds must be four numbers: west,south,east,north.');
    return 1;
  }
  const [property = '', value = ''] = values['boundary-where']?.split('=') ?? [];
  const files = Object.fromEntries(
    PACK_FILES.flatMap((name) => {
      const file: unknown = values[name];
      return typeof file === 'string' ? [[name, file]] : [];
    }),
  ) as Partial<Record<PackFile, string>>;
  try {
    const counts = await makePack(
      {
        id,
        name: { zh: zh ?? en ?? id, en: en ?? zh ?? id },
        timeZone,
        coordinateSystem,
        bounds: bounds as [number, number, number, number] | undefined,
        files,
        boundaryWhere: values['boundary-where'] === undefined ? undefined : { property, value },
        attribution: values.attribution,
      },
      out,
    );
    for (const [name, count] of counts) console.log(`${String(count).padStart(7)}  ${name}`);
    console.log(`The pack is in ${out}. Start with CITY_DIR=${out} npm start`);
    return 0;
  } catch (error) {
    console.error(`The pack cannot be made: ${error instanceof Error ? error.message : String(error)}.`);
    return 1;
  }
}
