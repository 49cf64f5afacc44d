// What is wrong with the model itself: nobody published the version that runs, or nobody published for long. Pure.
import { formatDuration } from '../../config/duration.ts';
import type { Finding } from '../../monitor/finding.ts';
import type { ModelEvidence, SchemaEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';

export function versionNotPublished({
  model,
  running,
  newest,
}: Extract<SchemaEvidence, { state: 'version not published' }>): Finding {
  return {
    code: 'schema.model-outdated',
    severity: 'warning',
    impact: 'monitoring',
    subject: `model ${model}`,
    message:
      `${running.version} is running, and no snapshot of it was published (newest: ${newest ?? 'none'}): ` +
      'whether production has what this version needs is not known.',
    remedy: publishRemedy(model, running.version),
    details: { running: running.version, seenAt: running.seenAt, newest },
  };
}

/** Only where the newest counts because no version is known: nobody publishing must not look like no drift. */
export function staleModel(model: ModelEvidence, { maxModelAge }: SchemaSettings, now: Date): Finding | undefined {
  const ageMs = now.getTime() - Date.parse(model.confirmedAt);
  if (model.chosenBy === 'running version' || ageMs <= maxModelAge) return undefined;
  return {
    code: 'schema.model-outdated',
    severity: 'warning',
    impact: 'monitoring',
    subject: `model ${model.model}`,
    message:
      `The newest snapshot of ${model.model}, ${model.version}, was last confirmed ${formatDuration(ageMs)} ago ` +
      `(allowed: ${formatDuration(maxModelAge)}): drift may go unseen because nobody publishes the model.`,
    remedy: publishRemedy(model.model, model.version),
    details: { version: model.version, confirmedAt: model.confirmedAt },
  };
}

export function publishRemedy(model: string, version: string): string {
  return (
    'Take a snapshot of a database that the migrations of that version built, and publish it: ' +
    `driftwatch snapshot publish snapshot.json --model ${model} --version ${version}`
  );
}
