// The probe: does an endpoint answer as it should, does a login work, and for how long will the certificate hold?
import type * as z from 'zod';
import type { Check } from '../../monitor/check.ts';
import { collect } from './collect.ts';
import type { ProbeEvidence } from './evidence.ts';
import { judge } from './judge.ts';
import { type ProbeSettings, probeSettings } from './settings.ts';

export const probe: Check<ProbeSettings, ProbeEvidence, z.input<typeof probeSettings>> = {
  settings: probeSettings,
  needsDatabase: () => false,
  defaults: { every: '5m', timeout: '60s', failAfter: 2, passAfter: 2 },
  collect,
  judge,
  remember: (evidence) => evidence.refusal ?? undefined,
  capturedVersion: (evidence) => evidence.version ?? undefined,
  capturesVersion: (settings) => settings.version !== undefined,
  secretsGoTo: ({ url, headers, login }) => {
    const secretHeader = Object.values(headers).some((value) => typeof value !== 'string');
    return [
      ...(login || secretHeader ? [{ path: ['url'], url }] : []),
      ...(login?.call ? [{ path: ['login', 'call', 'url'], url: login.call.url }] : []),
    ];
  },
  unreachable: (evidence) => {
    const [first] = evidence.steps;
    return first?.outcome === 'failed' && (first.reason === 'unreachable' || first.reason === 'timeout');
  },
};
