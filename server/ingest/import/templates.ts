import { FIGURES, type FieldValue, type Mapping } from './mapping-form.ts';

/** A text of a mapping in which `{Column}` is filled from the row, and where it stands. */
export interface Template {
  readonly field: string;
  readonly text: string;
}

/** Finds the columns in a template. */
export const COLUMN = /\{([^{}]+)\}/g;

/** Every template of a mapping. */
export function templatesOf(mapping: Mapping): readonly Template[] {
  return [...coordinateTemplates(mapping), ...otherTemplates(mapping)];
}

/** The columns that a mapping reads. Events that tell of no coordinate leave those of `coordinates` alone. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const templates = needsCoordinates(mapping) ? templatesOf(mapping) : otherTemplates(mapping);
  const columns = templates.flatMap(({ text }) =>
    [...text.matchAll(COLUMN)].map(([, column = '']) => column),
  );
  return [...new Set(columns)];
}

function coordinateTemplates({ coordinates }: Mapping): readonly Template[] {
  if ('of' in coordinates) return [{ field: 'coordinates.of', text: coordinates.of }];
  return [
    { field: 'coordinates.lng', text: coordinates.lng },
    { field: 'coordinates.lat', text: coordinates.lat },
  ];
}

function otherTemplates(mapping: Mapping): readonly Template[] {
  if (mapping.what === 'positions')
    return [
      { field: 'responderId', text: mapping.responderId },
      { field: 'fixAt', text: mapping.fixAt },
      ...FIGURES.flatMap((name) => valueTemplates(name, mapping[name])),
    ];
  return mapping.records.flatMap(({ at, key, fields }, index) => [
    { field: `records.${index}.at`, text: at },
    { field: `records.${index}.key`, text: key },
    ...Object.entries(fields).flatMap(([name, value]) =>
      valueTemplates(`records.${index}.fields.${name}`, value),
    ),
  ]);
}

function valueTemplates(field: string, value: FieldValue | undefined): readonly Template[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [{ field, text: value }];
  if ('of' in value) return [{ field: `${field}.of`, text: value.of }];
  return 'number' in value ? [{ field: `${field}.number`, text: value.number }] : [];
}

const needsCoordinates = (mapping: Mapping): boolean =>
  mapping.what === 'positions' ||
  mapping.records.some(({ fields }) =>
    Object.values(fields).some((value) => typeof value === 'object' && 'coordinate' in value),
  );
