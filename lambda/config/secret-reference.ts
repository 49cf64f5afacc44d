// Where a secret is, as settings name it. A reference is shown in messages and stored in the template; what it leads
// to never is. So a value that looks like the secret itself is refused here, without repeating it.
import * as z from 'zod';

const environmentReference = /^env:[A-Za-z_][A-Za-z0-9_]*$/;
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; secrets that a service manages
// have its name and an exclamation mark in front: rds!db-...
const name = /^([a-z-]+!)?[A-Za-z0-9/_+=.@-]{1,512}$/;
const arn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:([a-z-]+!)?[A-Za-z0-9/_+=.@-]{1,519}$/;

const allowed =
  'expected the name or ARN of a Secrets Manager secret, such as "prod/pap-api/database", or "env:NAME" for an environment variable; the secret itself never stands in settings';

/** Settings field: the place of a secret. */
export const secretReference = z
  .string({ error: allowed })
  .refine((text) => environmentReference.test(text) || arn.test(text) || name.test(text), { error: allowed });
