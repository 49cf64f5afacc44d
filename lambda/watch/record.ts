// `watches/<target>.json`: the newest watch that was asked for, for whoever hands out its rounds, and for the round that
// finds the state without it. What a watch has seen is in the state of the target. The shape and its format number.
import * as z from 'zod';
import { watchRequest } from './watch.ts';

/** Grows when an older reader would misunderstand the document. */
export const watchRecordFormat = 1;

export const watchRoot = 'watches/';

const watchRecord = z.object({
  format: z.literal(watchRecordFormat),
  target: z.string(),
  watch: watchRequest,
  /** Its report is in the outbox: nothing is left to do. */
  over: z.boolean(),
});
export type WatchRecord = z.output<typeof watchRecord>;

export type ParsedRecord =
  | { kind: 'record'; record: WatchRecord }
  | { kind: 'newer'; format: number }
  | { kind: 'corrupt' };

export function watchKey(target: string): string {
  return `${watchRoot}${target}.json`;
}

const anyFormat = z.object({ format: z.int().positive() });

/** @returns what the stored bytes are; never throws */
export function parseRecord(body: Uint8Array): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { kind: 'corrupt' };
  }
  const format = anyFormat.safeParse(value).data?.format;
  if (format !== undefined && format > watchRecordFormat) return { kind: 'newer', format };
  const record = watchRecord.safeParse(value).data;
  return record ? { kind: 'record', record } : { kind: 'corrupt' };
}
