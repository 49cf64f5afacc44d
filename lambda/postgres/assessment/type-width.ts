// Whether one type holds every value of another, told from the names that format_type prints. Says `other` whenever
// that is not certain.

export type Width = 'equal' | 'narrower' | 'wider' | 'other';

interface Parsed {
  family: string;
  /** What can be held, dimension by dimension: a type is narrower when no dimension is larger and one is smaller. */
  room: number[];
  array: string;
}

const integers = ['smallint', 'integer', 'bigint'];
const floats = ['real', 'double precision'];

/** What `actual` can hold, seen from `expected`. */
export function compareWidth(expected: string, actual: string): Width {
  if (expected === actual) return 'equal';
  const wanted = parse(expected);
  const found = parse(actual);
  if (wanted.family !== found.family || wanted.array !== found.array) return 'other';
  const differences = wanted.room.map((room, dimension) => Math.sign((found.room[dimension] ?? 0) - room));
  const smaller = differences.includes(-1);
  const larger = differences.includes(1);
  if (smaller && larger) return 'other';
  if (smaller) return 'narrower';
  if (larger) return 'wider';
  return wanted.room.length > 0 ? 'equal' : 'other';
}

function parse(type: string): Parsed {
  const array = /(\[\])*$/.exec(type)?.[0] ?? '';
  const element = type.slice(0, type.length - array.length);
  return { ...parseElement(element), array };
}

function parseElement(type: string): Omit<Parsed, 'array'> {
  const modifier = /\((\d+)(?:,(-?\d+))?\)/.exec(type);
  const first = modifier ? Number(modifier[1]) : Number.POSITIVE_INFINITY;
  const name = type.replace(/\(.*?\)/, '');
  if (integers.includes(name)) return { family: 'integer', room: [integers.indexOf(name)] };
  if (floats.includes(name)) return { family: 'float', room: [floats.indexOf(name)] };
  if (name === 'character varying') return { family: 'text', room: [first] };
  if (name === 'text') return { family: 'text', room: [first] };
  if (name === 'numeric') {
    const scale = modifier ? Number(modifier[2] ?? 0) : Number.POSITIVE_INFINITY;
    return { family: 'numeric', room: modifier ? [first - scale, scale] : [first, first] };
  }
  if (/^(bit varying|timestamp|time|interval)\b/.test(name)) return { family: name, room: [first] };
  return { family: type, room: [] };
}
