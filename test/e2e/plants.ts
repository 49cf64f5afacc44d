// Secrets that are easy to recognise wherever they turn up: whole or in part, in another encoding, in other letters'
// case. A text that holds twelve characters in a row of one holds it.
import { createHash } from 'node:crypto';

const length = 26;
const window = 12;

export interface Text {
  /** Where it was said. */
  place: string;
  text: string;
}

export interface Garden {
  /** A secret of that name, always the same: letters and digits, and what must be escaped in URLs, JSON and shells. */
  plant(name: string): string;
  /** The names of the secrets that are in the texts, each with the place and what stands around it. */
  search(texts: Iterable<Text>): string[];
}

export function createGarden(): Garden {
  const names = new Map<string, string>();
  return {
    plant(name) {
      const marker = markerOf(name);
      for (const form of formsOf(marker)) {
        for (let at = 0; at + window <= form.length; at += 1) names.set(form.slice(at, at + window), name);
      }
      return `${marker}/@:%"'#?`;
    },
    search: (texts) => [...texts].flatMap(({ place, text }) => findings(names, place, text)),
  };
}

function findings(names: ReadonlyMap<string, string>, place: string, text: string): string[] {
  const found = new Map<string, string>();
  for (const version of new Set([text, text.toLowerCase()])) {
    for (let at = 0; at + window <= version.length; at += 1) {
      const name = names.get(version.slice(at, at + window));
      if (name === undefined || found.has(name)) continue;
      found.set(name, `${name} in ${place}: ...${text.slice(Math.max(0, at - 80), at + 40)}...`);
    }
  }
  return [...found.values()];
}

function markerOf(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length);
}

/** As it is, in hex, and in base64 wherever in a text it begins. */
function formsOf(marker: string): string[] {
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), Buffer.from(marker)])
      .toString('base64')
      // The first and the last characters depend on what stands beside.
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [marker, Buffer.from(marker).toString('hex'), ...shifted, ...shifted.map(urlSafe)];
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
