// A report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): what code hosts show beside the code. Every
// kind of difference is a rule, every difference a result.
import { worstFirst } from '../../lambda/monitor/finding.ts';
import { defaultSettingsFile } from '../../lambda/platform/settings-file.ts';
import { assess } from '../../lambda/postgres/assessment/assess.ts';
import { lastPart, printable } from '../../lambda/postgres/assessment/prose.ts';
import type { NotVerified } from '../../lambda/postgres/drift.ts';
import { driftwatchVersion } from '../../lambda/version.ts';
import { codeSpan } from './code-text.ts';
import { detailOf } from './detail.ts';
import type { Difference, DriftReport, ReportedSide } from './report.ts';
import { describeRule } from './sarif-rules.ts';
import { formattedMessage, plainMessage, sarifLevels } from './sarif-text.ts';
import { alongText, counted, tenantsText } from './words.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * A file with more results is refused by GitHub as a whole:
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
const mostResults = 25_000;

export function reportSarif(report: DriftReport): string {
  const { model, production, differences, notVerified } = report;
  const told = worstFirst(differences).slice(0, mostResults);
  const left = differences.length - told.length;
  const rules = [...new Map(told.map(({ code, entry }) => [code, describeRule(code, entry)])).values()];
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const uri = artifactUri(model);
  const run = {
    tool: { driver: { name: 'Driftwatch', version: driftwatchVersion, semanticVersion: driftwatchVersion, rules } },
    // Code hosts replace the results of an earlier run of the same category: one for each model.
    automationDetails: { id: `driftwatch/${encodeURIComponent(model.source)}/` },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          ...notVerified.map(notification),
          ...(left > 0
            ? [warningOf(`${counted(left, 'more difference')} left out: code hosts take ${mostResults}.`)]
            : []),
        ],
      },
    ],
    results: told.map((difference) => resultOf(difference, uri, ruleIndex.get(difference.code) ?? -1)),
    properties: { model: sideOf(model), production: sideOf(production), equal: report.equal, scope: report.scope },
  };
  return JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2);
}

function resultOf(difference: Difference, uri: string, ruleIndex: number) {
  const { id, code, severity, impact, message, entry, repair } = difference;
  const { kind, subject, parent, verb, attribute, expected, actual, swallowed, tenants } = entry;
  return {
    ruleId: code,
    ruleIndex,
    level: sarifLevels[severity],
    message: {
      text: plainMessage([message, ...moreOf(difference, (text) => text)].join('\n')),
      markdown: formattedMessage(
        [assess(entry, { mark: codeSpan }).message, ...moreOf(difference, codeSpan)].join('\n\n'),
      ),
    },
    locations: [
      {
        // A database has no lines; code hosts refuse a result without a file.
        physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
        logicalLocations: [{ name: lastPart(subject), fullyQualifiedName: subject, kind }],
      },
    ],
    // The first is the one that GitHub reads.
    partialFingerprints: { primaryLocationLineHash: `${id}:1`, 'driftwatchDifference/v1': id },
    properties: {
      id,
      severity,
      impact,
      verb,
      ...(parent !== undefined && { parent }),
      ...(attribute !== undefined && { attribute }),
      expected,
      actual,
      ...(swallowed && { swallowed }),
      ...(tenants && { tenants }),
      repair: repair.map(({ place, step: { kind: _kind, subject: _subject, attribute: _attribute, ...step } }) => ({
        place,
        ...step,
      })),
    },
  };
}

function moreOf({ entry }: Difference, mark: (text: string) => string): string[] {
  const detail = detailOf(entry);
  return [
    alongText(entry, mark),
    tenantsText(entry, mark),
    ...(detail.form === 'pair' ? [`model: ${mark(detail.model)}`, `production: ${mark(detail.production)}`] : []),
  ].filter((text) => text !== undefined);
}

function notification({ kind, subject, reason }: NotVerified) {
  return warningOf(`Not verified: ${printable(kind)} ${printable(subject)}: ${printable(reason)}.`);
}

function warningOf(text: string) {
  return { level: 'warning', message: { text: plainMessage(text) } };
}

/**
 * The snapshot, where it is a file of the repository; else the settings file, which a repository that is watched has. A
 * path outside the repository means nothing to a code host, and one that changes makes every result a new one.
 */
function artifactUri({ path }: ReportedSide): string {
  const parts = path?.split(/[\\/]/).filter((part) => part !== '.') ?? [];
  const isInside = parts.length > 0 && !parts.includes('..') && !/^([\\/]|[a-z]:)/i.test(path ?? '');
  return isInside ? parts.map(encodeURIComponent).join('/') : defaultSettingsFile;
}

function sideOf({ path: _path, scope: _scope, ...side }: ReportedSide) {
  return side;
}
