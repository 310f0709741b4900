import type { TSchema } from './schema.ts';

/** The keywords of JSON Schema that the schemas of events use; what a schema has besides says nothing about values. */
interface Keywords {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Keywords;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Keywords>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

/** Keywords understood here, and those that are words for people. A test holds every event schema to this list. */
export const KNOWN_KEYWORDS: ReadonlySet<string> = new Set<keyof Keywords | 'description'>([
  'type',
  'const',
  'enum',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'items',
  'minItems',
  'maxItems',
  'properties',
  'required',
  'additionalProperties',
  'description',
]);

/**
 * Whether a value fits a schema: yes or no, without saying why. For screens, where schema.ts's parser (which names every
 * fault) would be a twentieth of all that they fetch. A test holds both to the same answers.
 */
export const fitsSchema = (schema: TSchema, value: unknown): boolean => fits(schema as Keywords, value);

function fits(schema: Keywords, value: unknown): boolean {
  if (schema.const !== undefined && value !== schema.const) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' && textFits(schema, value);
    case 'integer':
      return Number.isInteger(value) && numberFits(schema, value as number);
    case 'number':
      return Number.isFinite(value) && numberFits(schema, value as number);
    case 'array':
      return Array.isArray(value) && listFits(schema, value);
    case 'object':
      return (
        typeof value === 'object' && value !== null && !Array.isArray(value) && objectFits(schema, value)
      );
    default:
      return false;
  }
}

const patterns = new Map<string, RegExp>();

function textFits(
  { minLength = 0, maxLength = Number.MAX_SAFE_INTEGER, pattern }: Keywords,
  value: string,
): boolean {
  // A character outside the basic plane is two units of a string and counts as one.
  const least = value.length >> 1;
  const length = least > maxLength ? least : [...value].length;
  if (length < minLength || length > maxLength) return false;
  if (pattern === undefined) return true;
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known.test(value);
}

const numberFits = ({ minimum = -Infinity, maximum = Infinity }: Keywords, value: number): boolean =>
  value >= minimum && value <= maximum;

const listFits = (
  { items, minItems = 0, maxItems = Infinity }: Keywords,
  value: readonly unknown[],
): boolean =>
  value.length >= minItems &&
  value.length <= maxItems &&
  (items === undefined || value.every((each) => fits(items, each)));

function objectFits(
  { properties = {}, required = [], additionalProperties }: Keywords,
  value: object,
): boolean {
  const given = value as Readonly<Record<string, unknown>>;
  for (const name of required) if (!Object.hasOwn(given, name)) return false;
  for (const [name, each] of Object.entries(given)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema === undefined ? additionalProperties === false : !fits(schema, each)) return false;
  }
  return true;
}
