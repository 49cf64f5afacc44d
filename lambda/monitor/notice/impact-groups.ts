// Findings grouped by what they break, and the words for that: whoever is woken reads what users notice before what
// differs. Pure; knows no kind of finding.
import { type Finding, type Impact, impacts, type Severity, severities, worstFirst } from '../finding.ts';

const words: Readonly<Record<Impact, { heading: string; effect: string }>> = {
  availability: { heading: 'Users cannot use it', effect: 'users cannot use it' },
  'breaks-reads': { heading: 'Queries fail or give other results', effect: 'queries that read fail' },
  'breaks-writes': { heading: 'Writes fail', effect: 'queries that write fail' },
  integrity: { heading: 'Wrong data gets in, or data goes wrong', effect: 'wrong data can get in' },
  security: { heading: 'Less protected than it should be', effect: 'it is less protected than it should be' },
  recovery: { heading: 'Nothing to restore from', effect: 'there may be nothing to restore from' },
  monitoring: { heading: 'Other trouble can go unseen', effect: 'other trouble can go unseen' },
  performance: { heading: 'Slower, or stored differently', effect: 'it is slower than it should be' },
  cosmetic: { heading: 'Nothing that runs should notice', effect: 'none on what runs' },
};

/** As a title over findings. */
export function impactHeading(impact: Impact): string {
  return words[impact].heading;
}

/** As a clause in a sentence. */
export function impactEffect(impact: Impact): string {
  return words[impact].effect;
}

export interface ImpactGroup<F> {
  impact: Impact;
  heading: string;
  /** How many of each severity; none of a severity is 0. */
  counts: Record<Severity, number>;
  /** Worst first; what is equally bad keeps its order. */
  findings: F[];
}

type Weighed = Pick<Finding, 'severity' | 'impact'>;

/** The group with the worst finding first; of those that are equally bad, the one that breaks more. */
export function groupByImpact<F extends Weighed>(findings: readonly F[]): ImpactGroup<F>[] {
  const groups = Map.groupBy(worstFirst(findings), ({ impact }) => impact);
  return [...groups].map(([impact, members]) => ({
    impact,
    heading: impactHeading(impact),
    counts: countBySeverity(members),
    findings: members,
  }));
}

export function countBySeverity(findings: readonly Weighed[]): Record<Severity, number> {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return Object.fromEntries(severities.map((severity) => [severity, count(severity)])) as Record<Severity, number>;
}

/** "2 critical, 1 info"; severities that do not occur are left out. */
export function severityCounts(counts: Readonly<Record<Severity, number>>): string {
  return severities.flatMap((severity) => (counts[severity] > 0 ? [`${counts[severity]} ${severity}`] : [])).join(', ');
}

export function countByImpact(findings: readonly Weighed[]): Partial<Record<Impact, number>> {
  const present = impacts.map(
    (impact) => [impact, findings.filter((finding) => finding.impact === impact).length] as const,
  );
  return Object.fromEntries(present.filter(([, count]) => count > 0));
}
