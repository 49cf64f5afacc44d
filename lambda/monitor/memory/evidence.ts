// What a run collected for the checks that did not pass, kept so that a notice can point to all of it and so that it can
// be judged again. Written once under the run's own keys, never changed.
import { EdgeError, failureFields } from '../../errors.ts';
import type { Telemetry } from '../../platform/ports.ts';
import type { Outcome } from '../outcome.ts';
import type { MemoryPlace } from './memory.ts';

const evidenceFormat = 1;

function evidenceKey(target: string, run: string, check: string): string {
  return `evidence/${target}/${run}/${check}.json`;
}

/** @returns the keys by check; what could not be stored is logged and left out, and holds nothing up */
export async function keepEvidence(
  place: MemoryPlace,
  { target, run, outcomes }: { target: string; run: string; outcomes: readonly Outcome[] },
  telemetry: Telemetry,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const telling = outcomes.filter(({ judgement, evidence }) => judgement.status !== 'pass' && evidence !== undefined);
  const kept = await Promise.all(
    telling.map(async ({ check, collectedAt, judgement, evidence }) => {
      const key = evidenceKey(target, run, check);
      const document = { format: evidenceFormat, target, check, run, collectedAt, judgement, evidence };
      try {
        await place.objects.put(place.bucket, key, JSON.stringify(document), {
          condition: { create: true },
          contentType: 'application/json',
          ...(signal && { signal }),
        });
      } catch (error) {
        // The key is this run's own: if it is there, an earlier attempt of this very write had arrived.
        if (!(error instanceof EdgeError && error.reason === 'conflict')) {
          telemetry.warn('evidence could not be stored', { target, check, key, ...failureFields(error) });
          return undefined;
        }
      }
      return [check, key] as const;
    }),
  );
  return Object.fromEntries(kept.filter((one) => one !== undefined));
}
