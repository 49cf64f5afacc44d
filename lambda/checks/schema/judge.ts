// The verdict over a schema check's evidence. Pure: saved evidence can be judged again.
import type { JudgeContext, Judgement } from '../../monitor/check.ts';
import type { SchemaEvidence } from './evidence.ts';
import { judgeCompared } from './judge-compared.ts';
import { publishRemedy, versionNotPublished } from './model-findings.ts';
import type { SchemaSettings } from './settings.ts';

export function judge(evidence: SchemaEvidence, context: JudgeContext<SchemaSettings>): Judgement {
  switch (evidence.state) {
    case 'nothing published':
      return {
        status: 'unknown',
        summary: `no snapshot of model ${evidence.model} is published`,
        reason: `No snapshot of model ${evidence.model} was ever published, so there is nothing to compare production with.`,
        remedy: publishRemedy(evidence.model, '<version>'),
        measures: [],
      };
    case 'version not published':
      return {
        status: 'fail',
        summary: `no snapshot of running version ${evidence.running.version}`,
        findings: [versionNotPublished(evidence)],
        measures: [],
      };
    case 'nothing captured':
      return {
        status: 'unknown',
        summary: `no capture in ${evidence.place}`,
        reason: `There is no capture of the production schema in ${evidence.place}, so there is nothing to compare with the model.`,
        remedy: `Run \`driftwatch capture --to ${evidence.place}\` beside the database, regularly.`,
        measures: [],
      };
    case 'credentials refused':
      return {
        status: 'unknown',
        summary: `not verified: ${evidence.message}`,
        reason: evidence.message,
        remedy: evidence.remedy,
        measures: [],
      };
    case 'compared':
      return judgeCompared(evidence, context);
  }
}
