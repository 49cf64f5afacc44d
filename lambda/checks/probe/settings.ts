// What the settings of a probe may say: which endpoint is asked, what its answer has to be, and for a login whose
// credentials are posted and what is then called with the token. No secret stands in them: places of secrets do.
import * as z from 'zod';
import { duration, parseDuration } from '../../config/duration.ts';
import { secretReference } from '../../config/secret-reference.ts';
import { parseSize, size } from '../../config/size.ts';
import { assertionProblem, expressionProblem } from './assertion.ts';

/** Names of query parameters and headers whose values are secrets, whatever the application. */
const secretName = /authorization|cookie|token|secret|passw|api[-_]?key|access[-_]?key|signature|credential/i;

const address = z
  .url({ protocol: /^https?$/, error: 'expected an absolute http or https URL' })
  .superRefine((text, context) => {
    if (!URL.canParse(text)) return;
    const url = new URL(text);
    const refuse = (message: string) => context.addIssue({ code: 'custom', message, input: url.origin });
    if (url.username !== '' || url.password !== '') refuse('expected no user or password in the URL');
    for (const name of url.searchParams.keys()) {
      if (secretName.test(name)) {
        refuse(`expected no secret in the URL: give "${name}" as a header with { secret: "..." } instead`);
      }
    }
  });

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected a header name')
  .refine((name) => !/^(connection|content-length|host|transfer-encoding|upgrade)$/i.test(name), {
    error: 'this header is set by the probe itself',
  });
// Visible ASCII, spaces and tabs (https://www.rfc-editor.org/rfc/rfc9110#section-5.5).
const headerText = z.string().regex(/^[\t\x20-\x7e]*$/, 'expected a header value: printable ASCII on one line');

const headers = z
  .record(headerName, z.union([headerText, z.strictObject({ secret: secretReference })]))
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      if (typeof value !== 'string' || !secretName.test(name)) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        input: 'a literal value',
        message:
          'expected { secret: "..." } with the place of the whole header value: a secret never stands in settings',
      });
    }
  });

const status = z.int().min(100).max(599);

const assertion = z.string().superRefine((text, context) => {
  const message = assertionProblem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message, input: text });
});

const expression = z.string().superRefine((text, context) => {
  const message = expressionProblem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message, input: text });
});

const expect = z
  .strictObject({
    /** The status, or the statuses, that are right. @default 200 */
    status: z.union([status.transform((one) => [one]), z.array(status).min(1)]).default([200]),
    /**
     * JMESPath expressions that must be exactly true of the JSON answer, such as "status == 'ok'" or
     * "length(checks[?state != 'up']) == `0`". Everything an expression reads must be there: a missing value never
     * satisfies it, whatever it is compared with. @default none
     */
    json: z.array(assertion).min(1).optional(),
    /** Texts the answer must contain. @default none */
    contains: z.array(z.string().min(1)).min(1).optional(),
    /** Texts the answer must not contain. @default none */
    excludes: z.array(z.string().min(1)).min(1).optional(),
    /** Longest time from start to the last byte, redirects included. @default any, within requestTimeout */
    maxLatency: duration.optional(),
    /** With https: fewest days that every certificate presented must still be valid. @default 14 */
    certificateDays: z.int().min(0).max(365).default(14),
  })
  .prefault({});

const login = z.strictObject({
  /** Place of the credentials: a secret that holds JSON `{"username": "...", "password": "..."}`. */
  credentials: secretReference,
  /** How they are posted: as a JSON object, or as a form (OAuth2's password flow). @default 'json' */
  encoding: z.enum(['json', 'form']).default('json'),
  /** @default 'username' */
  usernameField: z.string().min(1).default('username'),
  /** @default 'password' */
  passwordField: z.string().min(1).default('password'),
  /** Fields to post beside them, such as `{ grant_type: 'password' }`. @default none */
  fields: z.record(z.string().min(1), z.string()).default({}),
  /** Where the answer holds the token: a JMESPath expression. @default 'access_token' */
  tokenPath: expression.default('access_token'),
  /**
   * Statuses that mean that the credentials were refused. They are then not tried again for a day, or until their
   * secret has a new version, since repeated refusals lock accounts. @default 401 and 403
   */
  refusedStatus: z.array(status).min(1).default([401, 403]),
  /** A call made with the token as `Authorization: Bearer`. @default none */
  call: z.strictObject({ url: address, expect }).optional(),
});

export const probeSettings = z
  .strictObject({
    /** Asked by the probe; with `login`, the credentials are posted to it. */
    url: address,
    /** @default 'GET'; with `login` always 'POST' */
    method: z.enum(['GET', 'HEAD', 'POST', 'OPTIONS']).optional(),
    /** Sent to `url`: a text, or `{ secret: "..." }` for the place of the value. @default none */
    headers: headers.default({}),
    expect,
    login: login.optional(),
    /**
     * Where the JSON answer holds the version of the running application: a JMESPath expression, such as "version".
     * @default not captured
     */
    version: expression.optional(),
    /** Further attempts when no answer comes (refused, reset, timed out); a wrong answer is not asked for again. @default 1 */
    retries: z.int().min(0).max(5).default(1),
    /**
     * Longest time one attempt may take. The `timeout` of the check has to hold all attempts of all its requests.
     * @default 10s
     */
    requestTimeout: duration.default(parseDuration('10s')),
    /** An answer longer than this is not read further, and fails what is expected of its body. @default 1MB */
    maxBody: size.refine((bytes) => bytes <= 10_000_000, { error: 'expected at most 10MB' }).default(parseSize('1MB')),
    /** Certificate authorities to trust beside the public ones, as PEM text. @default none */
    ca: z
      .string()
      .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'expected certificates as PEM text')
      .optional(),
  })
  .superRefine((settings, context) => {
    if (settings.login !== undefined && settings.method !== undefined && settings.method !== 'POST') {
      context.addIssue({
        code: 'custom',
        path: ['method'],
        input: settings.method,
        message: 'expected "POST", or none: a login posts its credentials',
      });
    }
  });

export type ProbeSettings = z.output<typeof probeSettings>;
export type Expectation = ProbeSettings['expect'];
export type LoginSettings = NonNullable<ProbeSettings['login']>;
