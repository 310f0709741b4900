import { momentWriter, type Column, type RowGroups } from './column.ts';

/** GeoJSON as RFC 7946 has it: a point for each row, longitude first, WGS84; an empty cell is null. */
export async function* toGeoJson<Row extends { readonly lng: number; readonly lat: number }>(
  columns: readonly Column<Row>[],
  rows: RowGroups<Row>,
  timeZone: string,
): AsyncGenerator<string> {
  const moment = momentWriter(timeZone);
  const property = (column: Column<Row>, row: Row): string | number | null => {
    const value = column.of(row);
    if (value === undefined || value === '') return null;
    return column.kind === 'moment' ? moment(Number(value)) : value;
  };
  // Where it is stands in the geometry.
  const told = columns.filter(({ name }) => name !== 'lng' && name !== 'lat');
  yield '{"type":"FeatureCollection","features":[';
  let comma = '';
  for await (const group of rows) {
    const features = group.map((row) =>
      JSON.stringify({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [row.lng, row.lat] },
        properties: Object.fromEntries(told.map((column) => [column.name, property(column, row)])),
      }),
    );
    if (features.length === 0) continue;
    yield `${comma}\n${features.join(',\n')}`;
    comma = ',';
  }
  yield '\n]}\n';
}
