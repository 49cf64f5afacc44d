// Nobody gets in with the credentials that everybody knows: they are posted to the login once, and have to be refused.
// Only a refusal that was seen passes: an application that fails to answer has refused nobody.

import type { ProbeEvidence } from '../../checks/probe/evidence.ts';
import { probe as check } from '../../checks/probe/index.ts';
import type { ProbeSettings } from '../../checks/probe/settings.ts';
import type { JsonValue } from '../../json.ts';
import { minuteOf } from '../../point-in-time.ts';
import { checksOf, contextOf } from '../check-context.ts';
import { say, words } from '../prose.ts';
import { type Detail, type GateRule, switchedOff } from '../rule.ts';
import { hasLogin } from '../sign-in.ts';
import { lastTried, rememberTried } from '../tried.ts';

interface Settings {
  /** The check whose login is used. */
  id: string;
  /** As that check has it, with these credentials, and one attempt. */
  probe: ProbeSettings;
}

type Evidence = {
  probe: ProbeEvidence;
  /** What kept the refusal from being remembered. */
  notRemembered: string | null;
};

export const defaultCredentials: GateRule<Settings, Evidence> = {
  plan({ target, gate }) {
    const own = gate.defaultCredentials;
    if (own === false) return { off: switchedOff };
    if (own === undefined) return { off: words('the settings name no credentials that must be refused') };
    const entry = checksOf(target, 'probe').find(
      (one) => hasLogin(one) && (own.probe === undefined || own.probe === one.id),
    );
    if (!entry) return { off: words('the target has no probe with a login') };
    return { settings: { id: entry.id, probe: onlyOnce(entry.settings as ProbeSettings, own.credentials) } };
  },

  async collect({ settings: { id, probe }, input, signal }) {
    const place = { objects: input.ports.objects, bucket: input.bucket, target: input.target.name };
    const memory = (await lastTried(place, signal)) as JsonValue | undefined;
    const evidence = await check.collect({ ...contextOf(input, { id, settings: probe }, signal), memory });
    const wasTried = evidence.steps.length > 0;
    const { refusal } = evidence;
    const notRemembered = wasTried && refusal ? await rememberTried(place, refusal, signal) : null;
    return { probe: evidence, notRemembered };
  },

  judge({ probe, notRemembered }) {
    const { obstacle, refusal, steps, tokenFound } = probe;
    const [step] = steps;
    if (refusal && obstacle === null) {
      const { place, said, refusedAt } = refusal;
      const summary = step
        ? say`${place} refused the default credentials with ${[said]}`
        : say`${place} refused the default credentials with ${[said]} on ${[minuteOf(refusedAt)]}; they are not tried again that day`;
      return { status: 'pass', summary, details: remarks(notRemembered) };
    }
    if (obstacle !== null) {
      const { message, remedy } = obstacle;
      return { status: 'unknown', summary: say`not verified: ${message}`, details: [], remedy: say`${remedy}` };
    }
    if (step?.outcome === 'answered' && tokenFound === true) {
      const summary = say`the default credentials are accepted: ${`${step.method} ${step.url}`} answered ${step.status} with a token`;
      const remedy = words('Change the password of that account in production before anything else.');
      return { status: 'fail', summary, details: [], remedy };
    }
    const saw =
      step?.outcome === 'answered'
        ? say`${`${step.method} ${step.url}`} answered ${step.status}, which neither accepts nor refuses`
        : say`${step?.message ?? 'nothing was asked'}`;
    return {
      status: 'unknown',
      summary: say`not verified: ${saw}`,
      details: [],
      remedy: words(
        'Sign in with them by hand: they have to be refused. See that the login works, then run the gate again.',
      ),
    };
  },
};

/** No second attempt of any kind, and nothing after the login. */
function onlyOnce(settings: ProbeSettings, credentials: string): ProbeSettings {
  const { version: _, ...probe } = settings;
  const { call: _call, ...login } = settings.login as NonNullable<ProbeSettings['login']>;
  return { ...probe, retries: 0, login: { ...login, credentials } };
}

function remarks(notRemembered: string | null): Detail[] {
  if (notRemembered === null) return [];
  return [{ tag: 'note', text: say`that they were tried could not be remembered: ${notRemembered}` }];
}
