// Parameters as SET names them and takes their values.
import { quoteLiteral } from '../literal.ts';
import { label } from './identifier.ts';

/** Parameters that hold a list of names, which are stored quoted as names: each is written by itself. */
const lists = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
  'shared_preload_libraries',
  'unix_socket_directories',
]);

export const settingName = (name: string): string => name.split('.').map(label).join('.');

/** @param value as the catalog has it */
export function settingValue(name: string, value: string): string {
  const values = lists.has(name.toLowerCase())
    ? [...value.matchAll(/"((?:[^"]|"")*)"|[^\s,"]+/g)].map(
        ([bare, quotedName]) => quotedName?.replaceAll('""', '"') ?? bare,
      )
    : [value];
  return values.map(quoteLiteral).join(', ');
}
