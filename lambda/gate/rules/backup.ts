// There is a good backup that is recent enough to go back to, as the target's backup checks see it.
import type { BackupEvidence } from '../../checks/backup/collect.ts';
import { backup as check } from '../../checks/backup/index.ts';
import type { BackupSettings } from '../../checks/backup/settings.ts';
import { checksOf, contextOf, verdictOf } from '../check-context.ts';
import { joined, say, words } from '../prose.ts';
import { type GateRule, switchedOff, type Verdict } from '../rule.ts';

interface BackupCheck {
  id: string;
  settings: BackupSettings;
}

type Evidence = { id: string; evidence: BackupEvidence }[];

export const backup: GateRule<BackupCheck[], Evidence> = {
  plan({ target, gate }) {
    const own = gate.backup;
    if (own === false) return { off: switchedOff };
    const all = checksOf(target, 'backup');
    if (own === undefined && all.length === 0) return { off: words('the target has no backup check') };
    if (all.length === 0) return { verdict: nowhere };
    const chosen = all.filter(({ id }) => own?.checks?.includes(id) ?? true);
    return {
      settings: chosen.map(({ id, settings }) => {
        const written = settings as BackupSettings;
        return { id, settings: { ...written, maxAge: own?.maxAge ?? written.maxAge } };
      }),
    };
  },
  collect: ({ settings, input, signal }) =>
    Promise.all(
      settings.map(async (one) => ({ id: one.id, evidence: await check.collect(contextOf(input, one, signal)) })),
    ),
  judge(evidence, { settings, target, now }) {
    const verdicts = settings.flatMap(({ id, settings: own }) => {
      const found = evidence.find((one) => one.id === id);
      const judgement = found && check.judge(found.evidence, { target, check: id, settings: own, now });
      return judgement ? [verdictOf(judgement, settings.length > 1 ? say`${id}: ` : [])] : [];
    });
    return together(verdicts);
  },
};

const nowhere: Verdict = {
  status: 'unknown',
  summary: words('not verified: the target has no backup check, so nothing says where its backups are'),
  details: [],
  remedy: words('Give the target a backup check in the settings.'),
};

/** All of them have to pass; of those that do not, the worst is told first. */
function together(verdicts: readonly Verdict[]): Verdict {
  const [worst] = (['fail', 'unknown'] as const).flatMap((status) => verdicts.filter((one) => one.status === status));
  if (worst) {
    const others = verdicts.filter((one) => one !== worst);
    const details = [...worst.details, ...others.map(({ status, summary }) => ({ tag: status, text: summary }))];
    return { ...worst, details };
  }
  return {
    status: 'pass',
    summary: joined(
      verdicts.map(({ summary }) => summary),
      '; ',
    ),
    details: [],
  };
}
